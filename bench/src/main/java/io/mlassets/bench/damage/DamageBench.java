package io.mlassets.bench.damage;

import io.mlassets.bench.Benchmark;
import io.mlassets.bench.Bounds;
import io.mlassets.bench.Report;
import io.mlassets.bench.Table;
import io.mlassets.bench.damage.Decisions.Decided;
import io.mlassets.bench.damage.OfferRun.Offers;
import io.mlassets.bench.damage.Tally.Counts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** Whether no damaged bundle ever decides, and a lost one costs no decision. */
@Command(
    name = "damage",
    mixinStandardHelpOptions = true,
    description =
        "Damages bundles outside and inside, hashed and signed anew, puts them before a live"
            + " process and the code it loads them with, and loses bundle files while bars flow.")
public final class DamageBench extends Benchmark {
  private static final double BAR_SECONDS = 60;

  /** Inference looks every five seconds, and a look takes a moment. */
  private static final double MOST_BACK_SECONDS = 6;

  @Override
  protected Report measure(boolean quick) throws Exception {
    return report(DamageRun.run(Plan.of(quick), directory().resolve("damage")));
  }

  static Report report(DamageRun run) {
    Offers offers = run.offers();
    LiveFindings live = run.live();
    return new Report(
        List.of(kinds(run), done(run), times(live)),
        Report.fields(
            "offered", fields(offers.tally()),
            "process_deaths", offers.deaths() + live.deaths(),
            "slowest_refusal_s", offers.slowest(),
            "seconds", offers.seconds(),
            "live", fields(live.tally()),
            "bars_due", live.decided().due(),
            "bars_undecided", live.decided().missing(),
            "bars_decided_twice", live.decided().doubled(),
            "decided_by_refused", live.decided().strangers(),
            "bar_s", BAR_SECONDS,
            "file_back_s", live.back().fields(),
            "kill_to_decision_s", live.restarted().fields(),
            "bar_to_commit_while_damaged_s", live.decided().whileDamaged().fields(),
            "bar_to_commit_while_lost_s", live.decided().whileLost().fields(),
            "bar_to_commit_while_killed_s", live.decided().whileKilled().fields()),
        broken(run));
  }

  private static SequencedMap<String, @Nullable Object> fields(Tally tally) {
    SequencedMap<String, @Nullable Object> kinds = new LinkedHashMap<>();
    tally
        .counts()
        .forEach((kind, counts) -> kinds.put(kind.name().toLowerCase(Locale.ROOT), fields(counts)));
    SequencedMap<String, @Nullable Object> fields = fields(tally.total());
    fields.put("sound", tally.sound());
    fields.put("sound_lost", tally.soundLost());
    fields.put("kinds", kinds);
    fields.put("examples", tally.examples());
    return fields;
  }

  private static SequencedMap<String, @Nullable Object> fields(Counts counts) {
    return Report.fields(
        "bundles", counts.offered(),
        "refused", counts.refused(),
        "refused_otherwise", counts.vague(),
        "failed", counts.failed(),
        "loaded", counts.loaded());
  }

  private static Table kinds(DamageRun run) {
    Table table =
        new Table(
            "Damaged bundles",
            "damage",
            "offered",
            "refused for it",
            "otherwise",
            "failed",
            "loaded",
            "live",
            "refused",
            "loaded");
    for (Damage kind : Damage.values()) {
      row(table, kind.what(), count(run.offers().tally(), kind), count(run.live().tally(), kind));
    }
    row(table, "all", run.offers().tally().total(), run.live().tally().total());
    return table;
  }

  private static Counts count(Tally tally, Damage kind) {
    return tally.counts().getOrDefault(kind, Counts.NONE);
  }

  private static void row(Table table, String what, Counts offered, Counts live) {
    table.row(
        what,
        offered.offered(),
        offered.refused(),
        offered.vague(),
        offered.failed(),
        offered.loaded(),
        live.offered(),
        live.refused(),
        live.loaded());
  }

  private static Table done(DamageRun run) {
    Decided decided = run.live().decided();
    return new Table("What came of it", "what", "count")
        .row("sound bundles among those offered", run.offers().tally().sound())
        .row("  lost", run.offers().tally().soundLost())
        .row("sound rows among those live, file damaged", run.live().tally().sound())
        .row("  lost", run.live().tally().soundLost())
        .row("processes that died", run.offers().deaths() + run.live().deaths())
        .row("decisions due meanwhile, a bar of a pair each", decided.due())
        .row("  not made", decided.missing())
        .row("  made twice", decided.doubled())
        .row("  made by what may not decide", decided.strangers());
  }

  private static Table times(LiveFindings live) {
    Table table =
        new Table("Seconds; a bar has " + (int) BAR_SECONDS, "from", "times", "p50", "p99", "max");
    live.back().row(table, "file lost, to file back");
    live.restarted().row(table, "kill, file lost, to first decision");
    live.decided().whileDamaged().row(table, "bar to commit, while bundles are damaged");
    live.decided().whileLost().row(table, "bar to commit, while files are lost");
    live.decided().whileKilled().row(table, "bar to commit, while the process is killed");
    return table;
  }

  private static List<String> broken(DamageRun run) {
    Decided decided = run.live().decided();
    Bounds bounds = new Bounds();
    judge(bounds, "offered ", run.offers().tally());
    judge(bounds, "live ", run.live().tally());
    return bounds
        .none(run.offers().deaths() + run.live().deaths(), "processes died")
        .none(decided.missing(), "bars have no decision")
        .none(decided.doubled(), "decisions were made twice")
        .none(decided.strangers(), "decisions were made by what may not decide")
        .atMost(
            "a lost file was back after %.2f s, at most %.0f",
            run.live().back().longest(), MOST_BACK_SECONDS)
        .atMost(
            "the first decision came %.2f s after a kill, at most %.0f",
            run.live().restarted().longest(), BAR_SECONDS)
        .atMost(
            "a bar was decided %.2f s late while bundles were damaged, at most %.0f",
            decided.whileDamaged().longest(), BAR_SECONDS)
        .atMost(
            "a bar was decided %.2f s late while files were lost, at most %.0f",
            decided.whileLost().longest(), BAR_SECONDS)
        .broken();
  }

  private static void judge(Bounds bounds, String which, Tally tally) {
    Counts all = tally.total();
    bounds
        .all(all.refused(), all.offered(), which + "bundles were refused for their damage")
        .none(all.failed(), which + "bundles met no clear refusal")
        .none(all.loaded(), which + "bundles were loaded though damaged")
        .none(tally.soundLost(), which + "sound bundles were lost")
        .with(which, tally.examples());
  }
}
