package io.mlassets.bench.honesty;

import io.mlassets.bench.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What became of one kind of markets without an edge.
 *
 * @param kind of the markets
 * @param searchTrials parameter trials per engine and model
 * @param truth what simple rules truly earn there
 * @param results of the markets
 */
record NoEdge(MarketKind kind, int searchTrials, Truth truth, List<MarketResult> results) {
  /** The share that may be adopted. */
  static final double SHARE = 0.05;

  /** Standard errors a measured figure may lie off. */
  static final double ERRORS = 3;

  /** A Sharpe ratio, or a difference of two, that is as good as none. */
  static final double NEGLIGIBLE = 0.1;

  NoEdge {
    results = List.copyOf(results);
  }

  int adopted() {
    return (int) results.stream().filter(MarketResult::adopted).count();
  }

  /** Markets with as many trades as adoption needs: only there luck had a chance. */
  int traded() {
    return (int) results.stream().filter(MarketResult::traded).count();
  }

  /** Most adoptions that chance explains where one in twenty of those that traded is adopted. */
  int mayBe() {
    return Theory.atMost(traded(), SHARE);
  }

  double meanTrades() {
    return results.stream().mapToInt(MarketResult::trades).average().orElse(0);
  }

  /**
   * What the pipeline's own strategies truly earn, over markets that traded: none has seen the fold
   * it is judged on. Null of fewer than two.
   */
  @Nullable Estimate outOfFold() {
    double[] sharpes =
        results.stream().filter(MarketResult::traded).mapToDouble(MarketResult::sharpe).toArray();
    return sharpes.length < 2 ? null : Estimate.of(sharpes);
  }

  /** How often each rule failed. */
  Map<String, Integer> refusals() {
    Map<String, Integer> refusals = new TreeMap<>();
    results.forEach(result -> result.refusedBy().forEach(r -> refusals.merge(r, 1, Integer::sum)));
    return refusals;
  }

  int refusedByOne() {
    return (int) results.stream().filter(result -> result.refusedBy().size() == 1).count();
  }

  /** What does not hold. */
  List<String> broken() {
    List<String> broken = new ArrayList<>();
    if (adopted() > mayBe()) {
      broken.add(
          "%s: %d adopted of %d that traded, chance explains %d"
              .formatted(name(), adopted(), traded(), mayBe()));
    }
    if (truth.best().mean() > ERRORS * truth.best().standardError() + NEGLIGIBLE) {
      broken.add(
          "%s: a simple rule truly earns a Sharpe ratio of %s: not without an edge"
              .formatted(name(), truth.best().text(2)));
    }
    Estimate outOfFold = outOfFold();
    if (outOfFold != null && outOfFold.errorsFrom(0) > ERRORS) {
      broken.add(
          "%s: the pipeline's Sharpe ratio out of fold is %s where nothing can be earned"
              .formatted(name(), outOfFold.text(2)));
    }
    return broken;
  }

  /** In tables. */
  String name() {
    return kind.wire().replace('_', ' ') + ", %d trials".formatted(searchTrials);
  }

  /** As the report has it. */
  SequencedMap<String, @Nullable Object> fields() {
    return Report.fields(
        "kind", kind.wire(),
        "search_trials", searchTrials,
        "markets", results.size(),
        "traded", traded(),
        "adopted", adopted(),
        "may_be_adopted", mayBe(),
        "mean_trades", meanTrades(),
        "mean_sharpe", outOfFold(),
        "true_sharpe", truth.every(),
        "true_sharpe_best_rule", truth.best(),
        "refused_by", refusals(),
        "refused_by_one_rule", refusedByOne());
  }
}
