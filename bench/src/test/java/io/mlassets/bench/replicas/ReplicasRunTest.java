package io.mlassets.bench.replicas;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.bench.Report;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each fault once or twice; the benchmark does it two hundred times. */
@Tag("I-04")
class ReplicasRunTest {
  /** The bars are of a minute, though here they come faster. */
  private static final double BAR_SECONDS = 60;

  @Test
  @Timeout(900)
  void each_bar_of_each_pair_is_decided_once_whatever_happens_to_the_replicas(@TempDir Path folder)
      throws Exception {
    Findings found = ReplicasRun.run(Plan.of(true), folder);

    assertThat(found.once().broken()).isEmpty();
    assertThat(found.bars()).isGreaterThanOrEqualTo(5);
    assertThat(found.takeovers()).containsOnlyKeys(Fault.values());
    assertThat(found.takeovers().values().stream().mapToInt(List::size).sum()).isEqualTo(5);
    found
        .takeovers()
        .values()
        .forEach(seconds -> assertThat(Collections.max(seconds)).isLessThanOrEqualTo(BAR_SECONDS));
    assertThat(Collections.max(found.decided())).isLessThanOrEqualTo(BAR_SECONDS);
  }

  @Test
  void a_plan_has_each_fault_and_the_same_ones_for_the_same_seed() {
    Plan plan = Plan.of(false);
    assertThat(plan.faults()).hasSize(220).isEqualTo(Plan.of(false).faults());
    assertThat(Collections.frequency(plan.faults(), Fault.LEAVE)).isEqualTo(20);
    assertThat(Collections.frequency(plan.faults(), Fault.KILL)).isBetween(80, 120);
    assertThat(plan.with(2, 9).faults()).contains(Fault.KILL, Fault.PAUSE).hasSize(22);
  }

  private static Findings findings(long bad, double seconds) {
    return new Findings(
        Duration.ofSeconds(4),
        30,
        new Ledger.Decisions(bad, bad, bad),
        bad,
        Map.of(Fault.KILL, List.of(1.0, seconds), Fault.PAUSE, List.of(2.0)),
        List.of(0.1, seconds),
        9);
  }

  @Test
  void the_report_names_each_thing_that_should_not_be() {
    Report good = findings(0, 3.9).report();
    assertThat(good.broken()).isEmpty();
    assertThat(good.fields())
        .containsEntry("due", 1_200L)
        .containsEntry("missing", 0L)
        .containsEntry("takeover_median_s", 2.0)
        .containsEntry("takeover_max_s", 3.9)
        .containsEntry("faults", Map.of("KILL", 2, "PAUSE", 1));

    assertThat(findings(3, 4.4).report().broken())
        .containsExactly(
            "3 bars of a pair have no decision",
            "3 decisions were made twice",
            "3 decisions are on bars that were not fed",
            "3 decisions do not begin with what the one before left",
            "a take-over took 1.10 bars, at most 1",
            "a decision came 1.10 bars after its bar, at most 1");
  }
}
