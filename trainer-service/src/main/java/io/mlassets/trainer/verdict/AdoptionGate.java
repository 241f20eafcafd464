package io.mlassets.trainer.verdict;

import io.mlassets.policy.RetrainPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The adoption gate (requirement R-03). Without a champion the out-of-fold Sharpe ratio after costs
 * must be above zero with the policy's one-sided confidence; a good AUC proves nothing, because the
 * return of a rolling z-score can be predicted on a random walk too. With a champion both are
 * compared on bars the champion has not seen.
 */
public final class AdoptionGate {
  /** Fewer lucky trades have a lower bound above zero too: resampled, they stay lucky. */
  private static final int LEAST_TRADES = 30;

  private final RetrainPolicy policy;

  /** A gate by policy. */
  public AdoptionGate(RetrainPolicy policy) {
    this.policy = policy;
  }

  /** The verdict over a candidate with these figures over all its out-of-fold bars. */
  public Verdict judge(Figures candidate, Opposition opposition) {
    return switch (opposition) {
      case Opposition.None() -> alone(candidate, List.of());
      case Opposition.Unusable(var champion, var why) ->
          alone(candidate, List.of("champion_unusable: %s: %s".formatted(champion, why)));
      case Opposition.NothingNew(var champion, var trainedTo) ->
          new Verdict.Held(
              List.of(
                  "no_new_bars: no candidate entry after %s, where champion %s's training ends"
                      .formatted(trainedTo, champion)));
      case Opposition.Compared(var comparison) -> against(comparison);
    };
  }

  private Verdict alone(Figures candidate, List<String> remarks) {
    List<String> reasons = new ArrayList<>(remarks);
    Double low = candidate.sharpeLow();
    if (candidate.trades() == 0) {
      reasons.add("no_trades: no threshold pair led to a trade out of fold");
      return new Verdict.Rejected(reasons);
    }
    if (low == null || candidate.trades() < LEAST_TRADES) {
      reasons.add(
          "too_few_trades: %d trades out of fold, proof needs %d"
              .formatted(candidate.trades(), LEAST_TRADES));
      return new Verdict.Rejected(reasons);
    }
    String numbers =
        "out-of-fold Sharpe %s after costs, lower bound %s at %s confidence, %d trades"
            .formatted(
                number(candidate.sharpe()),
                number(low),
                policy.adoptionConfidence(),
                candidate.trades());
    if (low > 0) {
      reasons.add("sharpe_above_zero: " + numbers);
      return new Verdict.Adopted(reasons);
    }
    reasons.add("sharpe_not_above_zero: " + numbers);
    return new Verdict.Rejected(reasons);
  }

  private Verdict against(Comparison comparison) {
    Figures candidate = comparison.candidate();
    Figures champion = comparison.incumbent();
    List<String> faults = new ArrayList<>();
    String bars =
        "on bars from %s to %s not seen by champion %s"
            .formatted(comparison.period().from(), comparison.period().to(), comparison.champion());
    Double sharpe = candidate.sharpe();
    if (sharpe == null) {
      return new Verdict.Rejected(List.of("no_trades: the candidate made no trade " + bars));
    }
    // A champion that did not trade earned nothing and risked nothing.
    double previous = champion.sharpe() == null ? 0 : champion.sharpe();
    double least = previous > 0 ? policy.sharpeRatioMin() * previous : previous;
    if (sharpe < least) {
      faults.add(
          "sharpe_fell: Sharpe %s against %s, needs at least %s, %s"
              .formatted(number(sharpe), number(previous), number(least), bars));
    }
    addAucDrop(faults, "AI1", candidate.returnAuc(), champion.returnAuc(), bars);
    addAucDrop(faults, "AI2", candidate.riskAuc(), champion.riskAuc(), bars);
    if (!faults.isEmpty()) {
      return new Verdict.Rejected(faults);
    }
    String numbers =
        "Sharpe %s against %s, AI1 AUC %s against %s, AI2 AUC %s against %s, %s"
            .formatted(
                number(sharpe),
                number(previous),
                number(candidate.returnAuc()),
                number(champion.returnAuc()),
                number(candidate.riskAuc()),
                number(champion.riskAuc()),
                bars);
    return sharpe > previous
        ? new Verdict.Adopted(List.of("improvement: " + numbers))
        : new Verdict.Held(List.of("no_improvement: " + numbers));
  }

  private void addAucDrop(
      List<String> faults,
      String model,
      @Nullable Double now,
      @Nullable Double before,
      String bars) {
    if (now != null && before != null && before - now >= policy.aucDropMax()) {
      faults.add(
          "auc_fell: %s AUC %s against %s, may fall by less than %s, %s"
              .formatted(model, number(now), number(before), policy.aucDropMax(), bars));
    }
  }

  private static String number(@Nullable Double value) {
    return value == null ? "none" : String.format(Locale.ROOT, "%.3f", value);
  }
}
