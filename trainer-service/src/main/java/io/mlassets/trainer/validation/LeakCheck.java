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
import org.jspecify.annotations.Nullable;

/**
 * Looks for features that know the next bar: of every feature, the share of the next bar's moves it
 * explains beyond what the closes at hand do (squared partial correlation given both closes and
 * their logarithms, per pair, averaged by rows). The moves are those of either leg and of the
 * spread, and their sizes. What can be known of the direction of one bar is a few per cent at most;
 * its size follows the volatility of the bars before, so that only a nearly sure knowledge counts.
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

  /** Rows of one pair that have a next bar. */
  private record Rows(List<Sample> samples, List<double[]> known, List<double[]> moves) {}

  /** The worst leak of every leaking feature, in the schema's order. */
  public List<Leak> find(TrainingSet set) {
    List<String> names = set.schema().names();
    double[][] explained = new double[names.size()][Move.values().length];
    double seen = 0;
    for (PairSamples pair : set.pairs()) {
      Rows rows = rows(pair);
      if (rows.samples().size() >= LEAST_ROWS) {
        add(rows, explained);
        seen += rows.samples().size();
      }
    }
    List<Leak> leaks = new ArrayList<>();
    for (int feature = 0; feature < names.size(); feature++) {
      Leak worst = seen > 0 ? worst(names.get(feature), explained[feature], seen) : null;
      if (worst != null) {
        leaks.add(worst);
      }
    }
    return leaks;
  }

  private static Rows rows(PairSamples pair) {
    Map<Instant, Integer> position = HashMap.newHashMap(pair.bars().size());
    for (int i = 0; i < pair.bars().size(); i++) {
      position.put(pair.bars().get(i).ts(), i);
    }
    Rows rows = new Rows(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (Sample sample : pair.samples()) {
      Integer bar = position.get(sample.view().bar().ts());
      if (bar != null && bar + 1 < pair.bars().size()) {
        rows.samples().add(sample);
        rows.known().add(known(sample.view()));
        rows.moves().add(moves(sample.view(), pair.bars().get(bar + 1)));
      }
    }
    return rows;
  }

  private static void add(Rows rows, double[][] explained) {
    Residuals residuals = new Residuals(rows.known());
    double[][] targets = new double[Move.values().length][];
    for (int move = 0; move < targets.length; move++) {
      int index = move;
      targets[move] = residuals.of(rows.moves().stream().mapToDouble(m -> m[index]).toArray());
    }
    for (int feature = 0; feature < explained.length; feature++) {
      int column = feature;
      double[] values =
          residuals.of(
              rows.samples().stream().mapToDouble(s -> s.view().features().get(column)).toArray());
      for (int move = 0; move < targets.length; move++) {
        explained[feature][move] +=
            rows.samples().size() * Residuals.squaredCorrelation(values, targets[move]);
      }
    }
  }

  private @Nullable Leak worst(String feature, double[] explained, double rows) {
    Leak worst = null;
    for (Move move : Move.values()) {
      double share = explained[move.ordinal()] / rows;
      double limit = move.isSize() ? Math.max(SIZE_MAX, directionMax) : directionMax;
      if (share > limit && (worst == null || share > worst.explained())) {
        worst = new Leak(feature, move.text, share, limit);
      }
    }
    return worst;
  }

  private static double[] known(MarketView view) {
    double logA = view.spread().logA();
    double logB = view.spread().logB();
    return new double[] {logA, logB, Math.exp(logA), Math.exp(logB)};
  }

  private static double[] moves(MarketView view, PairBar next) {
    double a = Math.log(next.a().close()) - view.spread().logA();
    double b = Math.log(next.b().close()) - view.spread().logB();
    double spread = a - view.spread().beta() * b;
    return new double[] {a, b, spread, Math.abs(a), Math.abs(b), Math.abs(spread)};
  }
}
