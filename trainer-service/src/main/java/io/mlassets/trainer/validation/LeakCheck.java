package io.mlassets.trainer.validation;

import io.mlassets.feature.MarketView;
import io.mlassets.market.PairBar;
import io.mlassets.trainer.dataset.PairSamples;
import io.mlassets.trainer.dataset.Sample;
import io.mlassets.trainer.dataset.TrainingSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Looks for features that know the next bar. Of every feature, the share of the next bar's moves it
 * explains beyond what the prices at hand do (squared partial correlation given both log closes):
 * the moves of either leg and of the spread, and their sizes. What can be known of the direction of
 * one bar is a few per cent at most; its size follows the volatility of the bars before, so that
 * only a nearly sure knowledge of it counts.
 */
public final class LeakCheck {
  private static final int LEAST_ROWS = 100;
  private static final double SIZE_MAX = 0.5;

  private final double directionMax;

  /**
   * A check.
   *
   * @param directionMax largest share of a signed move a feature may explain, in (0, 1]
   */
  public LeakCheck(double directionMax) {
    this.directionMax = directionMax;
  }

  /**
   * A feature that knows too much.
   *
   * @param feature its name
   * @param target what it knows
   * @param explained the share it explains, in [0, 1]
   * @param limit the share it may explain
   */
  public record Leak(String feature, String target, double explained, double limit) {}

  /** What a feature might know of the next bar. */
  private enum Move {
    A("the first leg's next move"),
    B("the second leg's next move"),
    SPREAD("the spread's next move"),
    SIZE_A("the size of the first leg's next move"),
    SIZE_B("the size of the second leg's next move"),
    SIZE_SPREAD("the size of the spread's next move");

    private final String text;

    Move(String text) {
      this.text = text;
    }

    private boolean isSize() {
      return ordinal() >= SIZE_A.ordinal();
    }
  }

  /** The worst leak of every leaking feature, in the schema's order. */
  public List<Leak> find(TrainingSet set) {
    List<double[]> known = new ArrayList<>();
    List<double[]> moves = new ArrayList<>();
    List<Sample> samples = new ArrayList<>();
    for (PairSamples pair : set.pairs()) {
      Map<Instant, Integer> position = new HashMap<>();
      for (int i = 0; i < pair.bars().size(); i++) {
        position.put(pair.bars().get(i).ts(), i);
      }
      for (Sample sample : pair.samples()) {
        Integer bar = position.get(sample.view().bar().ts());
        if (bar != null && bar + 1 < pair.bars().size()) {
          samples.add(sample);
          known.add(closes(sample.view()));
          moves.add(moves(sample.view(), pair.bars().get(bar + 1)));
        }
      }
    }
    return samples.size() < LEAST_ROWS ? List.of() : find(set, samples, known, moves);
  }

  private List<Leak> find(
      TrainingSet set, List<Sample> samples, List<double[]> known, List<double[]> moves) {
    Residuals residuals = new Residuals(known);
    double[][] targets = new double[Move.values().length][];
    for (Move move : Move.values()) {
      targets[move.ordinal()] =
          residuals.of(moves.stream().mapToDouble(m -> m[move.ordinal()]).toArray());
    }
    List<Leak> leaks = new ArrayList<>();
    for (int column = 0; column < set.schema().size(); column++) {
      int feature = column;
      double[] values =
          samples.stream().mapToDouble(s -> s.view().features().get(feature)).toArray();
      Leak worst = worst(set.schema().names().get(column), residuals.of(values), targets);
      if (worst != null) {
        leaks.add(worst);
      }
    }
    return leaks;
  }

  private @org.jspecify.annotations.Nullable Leak worst(
      String feature, double[] values, double[][] targets) {
    Leak worst = null;
    for (Move move : Move.values()) {
      double explained = Residuals.squaredCorrelation(values, targets[move.ordinal()]);
      double limit = move.isSize() ? Math.max(SIZE_MAX, directionMax) : directionMax;
      if (explained > limit && (worst == null || explained > worst.explained())) {
        worst = new Leak(feature, move.text, explained, limit);
      }
    }
    return worst;
  }

  private static double[] closes(MarketView view) {
    return new double[] {view.spread().logA(), view.spread().logB()};
  }

  private static double[] moves(MarketView view, PairBar next) {
    double a = Math.log(next.a().close()) - view.spread().logA();
    double b = Math.log(next.b().close()) - view.spread().logB();
    double spread = a - view.spread().beta() * b;
    return new double[] {a, b, spread, Math.abs(a), Math.abs(b), Math.abs(spread)};
  }
}
