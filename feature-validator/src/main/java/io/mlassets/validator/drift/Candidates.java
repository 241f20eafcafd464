package io.mlassets.validator.drift;

import io.mlassets.feature.FeatureSchema;
import io.mlassets.market.BarInterval;
import io.mlassets.policy.Range;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The live decisions made on bars where an entry was a candidate: the same kind of rows the
 * training sample is made of.
 *
 * @param schema the names of the features
 * @param rows newest first
 * @param holdingBars bars of a holding period: rows of one pair within one say nearly the same
 */
record Candidates(FeatureSchema schema, List<Row> rows, int holdingBars) {

  /**
   * One candidate bar.
   *
   * @param pair the pair's id
   * @param interval length of the bar
   * @param ts UTC start of the bar
   * @param riskScore what AI2 said, in [0, 1]
   * @param wanted whether AI1 wanted it and AI2 let it pass: entered, unless the pair was stopped
   * @param refused whether AI1 wanted it and AI2 refused
   * @param features as they were when decided; NaN means missing
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Row(
      String pair,
      BarInterval interval,
      Instant ts,
      double riskScore,
      boolean wanted,
      boolean refused,
      double[] features) {}

  /** The values of one feature. */
  double[] values(String feature) {
    int index = schema.indexOf(feature);
    return rows.stream().mapToDouble(row -> row.features()[index]).toArray();
  }

  /** What AI2 said. */
  double[] riskScores() {
    return rows.stream().mapToDouble(Row::riskScore).toArray();
  }

  /** What AI2 did to the entries AI1 wanted. */
  NoTradeRate noTradeRate(Range wanted, int minEntries) {
    int refused = (int) rows.stream().filter(Row::refused).count();
    int passed = (int) rows.stream().filter(Row::wanted).count();
    return new NoTradeRate(refused + passed, refused, wanted, minEntries);
  }

  /** How many independent rows they are worth. */
  double effectiveRows() {
    return EffectiveRows.of(clusterSizes());
  }

  private Collection<Long> clusterSizes() {
    record Cluster(String pair, long period) {}
    Map<Cluster, Long> sizes = new HashMap<>();
    for (Row row : rows) {
      long periodSeconds = holdingBars * row.interval().length().toSeconds();
      long period = Math.floorDiv(row.ts().getEpochSecond(), periodSeconds);
      sizes.merge(new Cluster(row.pair(), period), 1L, Long::sum);
    }
    return sizes.values();
  }
}
