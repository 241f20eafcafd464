package io.mlassets.parity;

import io.mlassets.feature.FeatureEngine;
import io.mlassets.feature.FeatureSchema;
import io.mlassets.feature.MarketView;
import io.mlassets.market.PairBar;
import io.mlassets.parity.VectorProof.Difference;
import io.mlassets.parity.VectorProof.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Makes a live vector again from the bars of the table, by an engine that starts cold, and compares
 * bits. Bars are compared first: where they are not those the vector was made from nothing is said
 * of the engine. What is left has no honest reason to differ.
 */
public final class ProveVector {
  private ProveVector() {}

  /**
   * Makes it again.
   *
   * @param engineNow {@link EngineProbe} of this process for the vector's pair
   * @param bars of the table, oldest first: as many as the vector was made from, up to its own, or
   *     all there are
   * @param cold an engine of the pair that has seen nothing
   */
  public static VectorProof of(
      RecordedVector vector, long engineNow, List<PairBar> bars, FeatureEngine cold) {
    if (!vector.isOfThisSchema()) {
      return new VectorProof.Unproven(Reason.OTHER_SCHEMA);
    }
    if (vector.engine() != engineNow) {
      return new VectorProof.Unproven(Reason.OTHER_ENGINE);
    }
    if (bars.isEmpty() || !bars.getLast().ts().equals(vector.ts())) {
      return new VectorProof.Unproven(Reason.NO_BAR_YET);
    }
    BarsSeen found = BarsSeen.of(bars);
    if (!found.equals(vector.seen())) {
      return new VectorProof.BarsDiffer(vector.seen(), found);
    }
    Optional<MarketView> last = Optional.empty();
    for (PairBar bar : bars) {
      last = cold.onBar(bar);
    }
    List<Difference> differences =
        compare(
            vector.values(),
            last.map(MarketView::features)
                .map(features -> features.copy())
                .orElseGet(ProveVector::nothing),
            FeatureSchema.current().names());
    return differences.isEmpty() ? new VectorProof.Same() : new VectorProof.Mismatch(differences);
  }

  /**
   * Compares a vector the data pipeline made, as it came live, with the one it stored.
   *
   * @param stored values of the same schema and bar; empty if there are none
   */
  public static VectorProof ofPipeline(
      RecordedVector vector, List<String> names, Optional<double[]> stored) {
    if (Arrays.stream(vector.values()).allMatch(Double::isNaN)) {
      return new VectorProof.Unproven(Reason.FEATURES_MISSING);
    }
    if (stored.isEmpty()) {
      return new VectorProof.Unproven(Reason.OTHER_SCHEMA);
    }
    List<Difference> differences = compare(vector.values(), stored.get(), names);
    return differences.isEmpty() ? new VectorProof.Same() : new VectorProof.Mismatch(differences);
  }

  /** An engine that gives no view where the live one gave one gives no value either. */
  private static double[] nothing() {
    double[] nothing = new double[FeatureSchema.current().size()];
    Arrays.fill(nothing, Double.NaN);
    return nothing;
  }

  private static List<Difference> compare(double[] recorded, double[] again, List<String> names) {
    List<Difference> differences = new ArrayList<>();
    for (int i = 0; i < Math.max(recorded.length, again.length); i++) {
      long was = bits(recorded, i);
      long is = bits(again, i);
      if (was != is) {
        differences.add(new Difference(name(i, names), was, is));
      }
    }
    return differences;
  }

  /** A value that is not there is missing, as NaN is. */
  private static long bits(double[] values, int i) {
    return Double.doubleToRawLongBits(i < values.length ? values[i] : Double.NaN);
  }

  private static String name(int i, List<String> names) {
    return i < names.size() ? names.get(i) : "value " + i;
  }
}
