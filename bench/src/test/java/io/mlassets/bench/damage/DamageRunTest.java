package io.mlassets.bench.damage;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.bench.Report;
import io.mlassets.bench.damage.Decisions.Decided;
import io.mlassets.bench.damage.OfferRun.Offers;
import io.mlassets.bench.damage.Tally.Counts;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each kind of damage, a few times; the benchmark does it a hundred thousand times. */
@Tag("I-06")
@Tag("I-07")
class DamageRunTest {

  @Test
  @Timeout(900)
  void no_damaged_bundle_decides_and_a_lost_one_costs_no_decision(@TempDir Path folder)
      throws Exception {
    DamageRun run = DamageRun.run(new Plan(1_200, 48, 3, 1), folder);

    assertThat(DamageBench.report(run).broken()).isEmpty();
    assertThat(run.offers().tally().counts()).containsOnlyKeys(Damage.values());
    assertThat(run.offers().tally().total()).isEqualTo(new Counts(1_200, 1_200, 0, 0, 0));
    assertThat(run.live().tally().total()).isEqualTo(new Counts(48, 48, 0, 0, 0));
    assertThat(run.live().tally().sound()).isEqualTo(2);
    assertThat(run.live().decided().due()).isPositive();
    assertThat(run.live().back().rising()).hasSize(3);
    assertThat(run.live().restarted().rising()).hasSize(1);
  }

  @Test
  void every_kind_comes_by_turns_and_those_that_take_megabytes_seldom() {
    List<Damage> kinds = LongStream.range(0, 10_000).mapToObj(Damage::of).toList();
    assertThat(kinds).contains(Damage.values());
    assertThat(kinds.stream().filter(Damage.BOMB::equals)).hasSize(25);
  }

  @Test
  void the_report_names_each_thing_that_should_not_be() {
    Report good = DamageBench.report(run(0, 5.9));
    assertThat(good.broken()).isEmpty();
    assertThat(good.fields()).containsEntry("process_deaths", 0L).containsEntry("bars_due", 90L);

    Report bad = DamageBench.report(run(1, 60.1));
    assertThat(bad.broken())
        .contains(
            "1 of 5 offered bundles were refused for their damage",
            "2 offered bundles were loaded though damaged",
            "1 live bundles met no clear refusal",
            "1 live sound bundles were lost",
            "2 processes died",
            "1 bars have no decision",
            "1 decisions were made twice",
            "1 decisions were made by what may not decide")
        .anyMatch(line -> line.startsWith("a lost file was back after 60.10 s"))
        .anyMatch(line -> line.startsWith("the first decision came 60.10 s"))
        .anyMatch(line -> line.contains("BIT_FLIPPED failed: of something"))
        .anyMatch(line -> line.contains("TREE_CYCLE refused: a word too few"));
  }

  private static DamageRun run(long bad, double seconds) {
    Times times = new Times(List.of(seconds, 0.1));
    return new DamageRun(
        new Offers(tally(bad), bad, 0.1, 9),
        new LiveFindings(
            tally(bad), bad, times, times, new Decided(90, bad, bad, bad, times, times, times)));
  }

  private static Tally tally(long bad) {
    Tally tally = new Tally();
    tally.refused(Damage.TREE_CYCLE, "ai1.txt: tree 1: node 1 is reached twice");
    tally.sound(true, "");
    if (bad > 0) {
      tally.refused(Damage.TREE_CYCLE, "a word too few");
      tally.failed(Damage.BIT_FLIPPED, "of something");
      tally.loaded(Damage.PAIRS, "number 1");
      tally.loaded(Damage.PAIRS, "number 2");
      tally.sound(false, "one");
    }
    return tally;
  }
}
