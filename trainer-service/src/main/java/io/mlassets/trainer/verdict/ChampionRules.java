package io.mlassets.trainer.verdict;

import io.mlassets.policy.AdoptionRules;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a candidate has to show against the model in force (requirement R-03): its Sharpe ratio and
 * AUCs may not fall by much, and the ratio has to rise.
 */
final class ChampionRules {
  private final AdoptionRules rules;

  ChampionRules(AdoptionRules rules) {
    this.rules = rules;
  }

  /**
   * What refuses the candidate when it does not hold.
   *
   * @param where on which bars, in words
   * @param notes told which AUC there was none of to compare
   */
  List<Check> kept(Figures candidate, Figures champion, String where, List<String> notes) {
    Double sharpe = candidate.sharpe();
    if (sharpe == null) {
      return List.of(
          new Check(
              "no_trades",
              false,
              0.0,
              null,
              "adoption_sharpe_ratio_min",
              "the candidate made no trade " + where));
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
                .formatted(number(sharpe), number(previous), number(least), where)));
    auc("AI1", candidate.returnAuc(), champion.returnAuc(), where, checks, notes);
    auc("AI2", candidate.riskAuc(), champion.riskAuc(), where, checks, notes);
    return checks;
  }

  private void auc(
      String model,
      @Nullable Double now,
      @Nullable Double before,
      String where,
      List<Check> checks,
      List<String> notes) {
    if (now == null || before == null) {
      notes.add(
          "auc_not_compared: %s has AUC %s against %s, %s"
              .formatted(model, number(now), number(before), where));
      return;
    }
    boolean kept = before - now < rules.aucDropMax();
    checks.add(
        new Check(
            kept ? "auc_kept" : "auc_fell",
            kept,
            now,
            before - rules.aucDropMax(),
            "adoption_auc_drop_max",
            "%s AUC %s against %s, may fall by less than %s, %s"
                .formatted(model, number(now), number(before), rules.aucDropMax(), where)));
  }

  /** What holds the candidate back when it does not hold. */
  Check improvement(Figures candidate, Figures champion, String where) {
    Double sharpe = candidate.sharpe();
    double limit = previous(champion) + rules.improvementMin();
    boolean better = sharpe != null && sharpe > limit;
    return new Check(
        better ? "improvement" : "no_improvement",
        better,
        sharpe,
        limit,
        "adoption_improvement_min",
        "Sharpe %s against %s, has to be more than %s higher, %s"
            .formatted(number(sharpe), number(previous(champion)), rules.improvementMin(), where));
  }

  /** No improvement can be shown, so that the candidate is held. */
  static Check unshown(String rule, String text) {
    return new Check(rule, false, null, null, "adoption_improvement_min", text);
  }

  /** A champion that did not trade earned nothing and risked nothing. */
  private static double previous(Figures champion) {
    return champion.sharpe() == null ? 0 : champion.sharpe();
  }

  private static String number(@Nullable Double value) {
    return AloneRules.number(value);
  }
}
