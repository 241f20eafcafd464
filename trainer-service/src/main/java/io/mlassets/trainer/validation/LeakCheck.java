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
 * their logarithms), of each pair with rows enough to judge it by itself, and on average over all.
 * The moves are those of either leg and of the spread, and their sizes. What can be known of the
 * direction of one bar is a few per cent at most; its size follows the volatility of the bars
 * before, so that only a nearly sure knowledge counts.
 */
public final class LeakCheck {
  private static final int LEAST_ROWS = 100;

  /** Of fewer rows chance alone may explain a tenth. */
  private static final int LEAST_ROWS_ALONE = 250;

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
   * @param where the pair it leaks in; {@code all pairs} when it does on average
   * @param explained the share it explains, in [0, 1]
   * @param limit the share it may explain
   */
  public record Leak(String feature, String target, String where, double explained, double limit) {}

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

  /** How much of every move each feature explains, somewhere. */
  @SuppressWarnings("ArrayRecordComponent") // read by position, never compared
  private record Explained(String where, int rows, double[][] shares) {}

  /** Rows of one pair that have a next bar. */
  private record Rows(List<Sample> samples, List<double[]> known, List<double[]> moves) {}

  /** The worst leak of every leaking feature, in the schema's order. */
  public List<Leak> find(TrainingSet set) {
    List<String> names = set.schema().names();
    List<Explained> pairs =
        set.pairs().stream()
            .map(pair -> explained(pair, names.size()))
            .filter(pair -> pair.rows() >= LEAST_ROWS)
            .toList();
    if (pairs.isEmpty()) {
      return List.of();
    }
    List<Explained> judged =
        new ArrayList<>(pairs.stream().filter(pair -> pair.rows() >= LEAST_ROWS_ALONE).toList());
    judged.add(together(pairs, names.size()));
    List<Leak> leaks = new ArrayList<>();
    for (int feature = 0; feature < names.size(); feature++) {
      Leak worst = worst(names.get(feature), feature, judged);
      if (worst != null) {
        leaks.add(worst);
      }
    }
    return leaks;
  }

  /** Averaged by rows. */
  private static Explained together(List<Explained> pairs, int features) {
    double[][] shares = new double[features][Move.values().length];
    int rows = pairs.stream().mapToInt(Explained::rows).sum();
    for (Explained pair : pairs) {
      for (int feature = 0; feature < features; feature++) {
        for (int move = 0; move < shares[feature].length; move++) {
          shares[feature][move] += pair.shares()[feature][move] * pair.rows() / rows;
        }
      }
    }
    return new Explained("all pairs", rows, shares);
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

  private static Explained explained(PairSamples pair, int features) {
    Rows rows = rows(pair);
    double[][] shares = new double[features][Move.values().length];
    if (rows.samples().size() >= LEAST_ROWS) {
      explain(rows, shares);
    }
    return new Explained(pair.pair().display(), rows.samples().size(), shares);
  }

  private static void explain(Rows rows, double[][] shares) {
    Residuals residuals = new Residuals(rows.known());
    double[][] targets = new double[Move.values().length][];
    for (int move = 0; move < targets.length; move++) {
      int index = move;
      targets[move] = residuals.of(rows.moves().stream().mapToDouble(m -> m[index]).toArray());
    }
    for (int feature = 0; feature < shares.length; feature++) {
      int column = feature;
      double[] values =
          residuals.of(
              rows.samples().stream().mapToDouble(s -> s.view().features().get(column)).toArray());
      for (int move = 0; move < targets.length; move++) {
        shares[feature][move] = Residuals.squaredCorrelation(values, targets[move]);
      }
    }
  }

  private @Nullable Leak worst(String name, int feature, List<Explained> judged) {
    Leak worst = null;
    for (Explained explained : judged) {
      for (Move move : Move.values()) {
        double share = explained.shares()[feature][move.ordinal()];
        double limit = move.isSize() ? Math.max(SIZE_MAX, directionMax) : directionMax;
        if (share > limit && (worst == null || share > worst.explained())) {
          worst = new Leak(name, move.text, explained.where(), share, limit);
        }
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
