package io.mlassets.trainer.verdict;

import io.mlassets.policy.AdoptionRules;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The adoption gate. A candidate must pass {@link AloneRules} whoever is in force; with a champion
 * both are also compared on bars the champion has not seen (requirement R-03).
 */
public final class AdoptionGate {
  private final AdoptionRules rules;

  /** A gate by policy. */
  public AdoptionGate(AdoptionRules rules) {
    this.rules = rules;
  }

  /**
   * The verdict.
   *
   * @param remarks worth knowing and no reason for or against
   */
  public Verdict judge(Evidence candidate, Opposition opposition, List<String> remarks) {
    List<Check> checks = new ArrayList<>(new AloneRules(rules).checks(candidate));
    List<String> notes = new ArrayList<>(remarks);
    Check improvement = null;
    switch (opposition) {
      case Opposition.None() -> {}
      case Opposition.Unusable(var champion, var why) ->
          notes.add("champion_unusable: %s: %s".formatted(champion, why));
      case Opposition.NothingNew nothing -> improvement = nothingNew(nothing);
      case Opposition.Compared(var comparison) -> {
        checks.addAll(againstChampion(comparison));
        improvement = improvement(comparison);
      }
    }
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

  private static Check nothingNew(Opposition.NothingNew nothing) {
    return new Check(
        "no_new_bars",
        false,
        null,
        null,
        null,
        "no candidate entry after %s, where champion %s's training ends"
            .formatted(nothing.trainedTo(), nothing.champion()));
  }

  private List<Check> againstChampion(Comparison comparison) {
    Figures candidate = comparison.candidate();
    Figures champion = comparison.incumbent();
    Double sharpe = candidate.sharpe();
    String bars = bars(comparison);
    if (sharpe == null) {
      return List.of(
          new Check("no_trades", false, 0.0, null, null, "the candidate made no trade " + bars));
    }
    double previous = previous(champion);
    double least = previous > 0 ? rules.sharpeRatioMin() * previous : previous;
    List<Check> checks = new ArrayList<>();
    checks.add(
        new Check(
            sharpe >= least ? "sharpe_kept" : "sharpe_fell",
            sharpe >= least,
            sharpe,
            least,
            "adoption_sharpe_ratio_min",
            "Sharpe %s against %s, needs at least %s, %s"
                .formatted(number(sharpe), number(previous), number(least), bars)));
    addAuc(checks, "AI1", candidate.returnAuc(), champion.returnAuc(), bars);
    addAuc(checks, "AI2", candidate.riskAuc(), champion.riskAuc(), bars);
    return checks;
  }

  private void addAuc(
      List<Check> checks,
      String model,
      @Nullable Double now,
      @Nullable Double before,
      String bars) {
    if (now != null && before != null) {
      boolean kept = before - now < rules.aucDropMax();
      checks.add(
          new Check(
              kept ? "auc_kept" : "auc_fell",
              kept,
              now,
              before - rules.aucDropMax(),
              "adoption_auc_drop_max",
              "%s AUC %s against %s, may fall by less than %s, %s"
                  .formatted(model, number(now), number(before), rules.aucDropMax(), bars)));
    }
  }

  private static Check improvement(Comparison comparison) {
    Double sharpe = comparison.candidate().sharpe();
    double previous = previous(comparison.incumbent());
    boolean better = sharpe != null && sharpe > previous;
    return new Check(
        better ? "improvement" : "no_improvement",
        better,
        sharpe,
        previous,
        null,
        "Sharpe %s against %s, %s".formatted(number(sharpe), number(previous), bars(comparison)));
  }

  /** A champion that did not trade earned nothing and risked nothing. */
  private static double previous(Figures champion) {
    return champion.sharpe() == null ? 0 : champion.sharpe();
  }

  private static String bars(Comparison comparison) {
    return "on bars from %s to %s not seen by champion %s"
        .formatted(comparison.period().from(), comparison.period().to(), comparison.champion());
  }

  private static String number(@Nullable Double value) {
    return AloneRules.number(value);
  }
}
