package io.mlassets.bench.honesty;

import io.mlassets.backtest.Backtest;
import io.mlassets.backtest.ThresholdsAt;
import io.mlassets.decision.Scores;
import io.mlassets.decision.Thresholds;
import io.mlassets.policy.CorePolicy;
import io.mlassets.trainer.Workers;
import io.mlassets.trainer.dataset.TrainingSet;
import io.mlassets.trainer.pipeline.Histories;
import io.mlassets.trainer.pipeline.OutOfFold;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * What rules without any model truly earn, measured over long simulated histories: to trade every
 * candidate at full size, and to trade only those far from the mean.
 *
 * @param every annual Sharpe ratio of trading every candidate
 * @param best that of the best of such rules: above zero, a kind is not without an edge
 */
record Truth(Estimate every, Estimate best) {
  private static final double YEARS = 12;
  private static final double[] LEAST_Z = {0, 2.5, 3, 3.5, 4};
  private static final ThresholdsAt ALWAYS = ThresholdsAt.always(new Thresholds(0.5, 0.5));

  /** The truth of every kind, over so many histories of twelve years each. */
  static Map<MarketKind, Truth> measure(CorePolicy policy, int histories, Workers workers) {
    List<Long> seeds = LongStream.rangeClosed(1, histories).boxed().toList();
    Map<MarketKind, Truth> truths = new EnumMap<>(MarketKind.class);
    for (MarketKind base : List.of(MarketKind.RANDOM_WALKS, MarketKind.PLANTED)) {
      List<MarketKind> same =
          Arrays.stream(MarketKind.values()).filter(kind -> kind.edge == base.edge).toList();
      List<double[][]> sharpes =
          workers.map(seeds, seed -> sharpes(new HonestMarket(base, YEARS, seed), same, policy));
      for (int kind = 0; kind < same.size(); kind++) {
        truths.put(same.get(kind), of(sharpes, kind));
      }
    }
    return truths;
  }

  private static Truth of(List<double[][]> sharpes, int kind) {
    Estimate[] rules = new Estimate[LEAST_Z.length];
    for (int i = 0; i < rules.length; i++) {
      int rule = i;
      rules[i] = Estimate.of(sharpes.stream().mapToDouble(s -> s[rule][kind]).toArray());
    }
    Estimate best =
        Arrays.stream(rules).max(Comparator.comparingDouble(Estimate::mean)).orElseThrow();
    return new Truth(rules[0], best);
  }

  /** By rule and kind: the kinds differ by costs only, which change no candidate. */
  private static double[][] sharpes(
      HonestMarket market, List<MarketKind> kinds, CorePolicy policy) {
    TrainingSet set = market.trainingSet(policy);
    double[][] sharpes = new double[LEAST_Z.length][kinds.size()];
    for (int rule = 0; rule < LEAST_Z.length; rule++) {
      double least = LEAST_Z[rule];
      List<OutOfFold> taken =
          set.samples().stream()
              .filter(sample -> Math.abs(sample.view().spread().zScore()) >= least)
              .map(sample -> new OutOfFold(sample, 0, new Scores(1, 0, 1)))
              .toList();
      Backtest backtest = new Backtest(policy, Histories.of(set, taken));
      for (int kind = 0; kind < kinds.size(); kind++) {
        double multiple = kinds.get(kind).costBps / market.kind().costBps;
        Double sharpe = backtest.atCosts(multiple).quick(ALWAYS, List.of()).sharpe();
        sharpes[rule][kind] = sharpe == null ? 0 : sharpe;
      }
    }
    return sharpes;
  }
}
