package io.mlassets.trainer.verdict;

import io.mlassets.policy.AdoptionRules;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The adoption gate. A candidate must pass {@link AloneRules} whoever is in force; with a champion
 * it must also pass {@link ChampionRules}, on bars the champion has not seen where it can still
 * decide, by its stored figures where it cannot.
 */
public final class AdoptionGate {
  private final AloneRules alone;
  private final ChampionRules against;

  /** A gate by policy. */
  public AdoptionGate(AdoptionRules rules) {
    alone = new AloneRules(rules);
    against = new ChampionRules(rules);
  }

  /**
   * The verdict.
   *
   * @param remarks worth knowing and no reason for or against
   */
  public Verdict judge(Evidence candidate, Opposition opposition, List<String> remarks) {
    List<Check> checks = new ArrayList<>(alone.checks(candidate));
    List<String> notes = new ArrayList<>(remarks);
    Check improvement = meet(opposition, checks, notes);
    if (checks.stream().anyMatch(check -> !check.passed())) {
      return new Verdict.Rejected(checks, notes);
    }
    if (improvement == null) {
      return new Verdict.Adopted(checks, notes);
    }
    checks.add(improvement);
    return improvement.passed()
        ? new Verdict.Adopted(checks, notes)
        : new Verdict.Held(checks, notes);
  }

  /** Adds what can refuse the candidate and returns what can hold it back. */
  private @Nullable Check meet(Opposition opposition, List<Check> checks, List<String> notes) {
    return switch (opposition) {
      case Opposition.None() -> null;
      case Opposition.Unknown(var champion, var why) -> {
        notes.add(
            "champion_unusable: %s: %s; nothing is stored to compare with"
                .formatted(champion, why));
        yield null;
      }
      case Opposition.NothingNew(var champion, var trainedTo) ->
          ChampionRules.unshown(
              "no_new_bars",
              "no candidate entry after %s, where champion %s's training ends"
                  .formatted(trainedTo, champion));
      case Opposition.OtherPairs(var champion, var missing) ->
          ChampionRules.unshown(
              "champion_pairs_missing",
              "champion %s also decides for %s, which the candidate was not trained on"
                  .formatted(champion, missing));
      case Opposition.Recorded(var champion, var why, var now, var before) -> {
        notes.add(
            "champion_unusable: %s: %s; compared by the out-of-fold figures stored of it, on other"
                    .formatted(champion, why)
                + " bars than the candidate's");
        String where = "out of fold, each on its own bars, champion %s".formatted(champion);
        checks.addAll(against.kept(now, before, where, notes));
        yield against.improvement(now, before, where);
      }
      case Opposition.Compared(var comparison) -> {
        String where =
            "on bars from %s to %s not seen by champion %s"
                .formatted(
                    comparison.period().from(), comparison.period().to(), comparison.champion());
        checks.addAll(against.kept(comparison.candidate(), comparison.incumbent(), where, notes));
        yield against.improvement(comparison.candidate(), comparison.incumbent(), where);
      }
    };
  }
}
