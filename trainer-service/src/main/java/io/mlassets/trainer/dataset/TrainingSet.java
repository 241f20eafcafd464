package io.mlassets.trainer.dataset;

import io.mlassets.feature.FeatureSchema;
import io.mlassets.label.Uniqueness;
import io.mlassets.market.BarInterval;
import io.mlassets.market.Pair;
import io.mlassets.market.PairBar;
import io.mlassets.policy.SampleWeights;
import io.mlassets.trainer.validation.LabelSpan;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All rows of a run, by time, then pair: the order folds, predictions and models refer to. */
public final class TrainingSet {
  private final FeatureSchema schema;
  private final BarInterval interval;
  private final List<PairSamples> pairs;
  private final List<Sample> samples;

  /** The rows of all pairs in one order. */
  public TrainingSet(FeatureSchema schema, BarInterval interval, List<PairSamples> pairs) {
    this.schema = schema;
    this.interval = interval;
    this.pairs = List.copyOf(pairs);
    this.samples =
        pairs.stream()
            .flatMap(pair -> pair.samples().stream())
            .sorted(
                Comparator.comparing((Sample sample) -> sample.label().ts())
                    .thenComparing(sample -> sample.label().pair()))
            .toList();
  }

  /** Names of the features. */
  public FeatureSchema schema() {
    return schema;
  }

  /** Length of the bars. */
  public BarInterval interval() {
    return interval;
  }

  /** The data pair by pair. */
  public List<PairSamples> pairs() {
    return pairs;
  }

  /** The pairs trained on, sorted. */
  public List<Pair> pairIds() {
    return pairs.stream().map(PairSamples::pair).sorted().toList();
  }

  /** The rows. */
  public List<Sample> samples() {
    return samples;
  }

  /** Number of rows. */
  public int rows() {
    return samples.size();
  }

  /** The time each row's label depends on. */
  public List<LabelSpan> spans() {
    return samples.stream()
        .map(sample -> new LabelSpan(sample.label().ts(), sample.label().labelEndTs()))
        .toList();
  }

  /** Raw features, row after row; NaN is missing. */
  public double[] features() {
    int width = schema.size();
    double[] values = new double[rows() * width];
    for (int row = 0; row < rows(); row++) {
      System.arraycopy(samples.get(row).view().features().copy(), 0, values, row * width, width);
    }
    return values;
  }

  /** AI1: 1 where the divergence closed. */
  public double[] returnLabels() {
    return samples.stream().mapToDouble(sample -> sample.label().reverted() ? 1 : 0).toArray();
  }

  /** AI2: 1 where a risk event came. */
  public double[] riskLabels() {
    return samples.stream().mapToDouble(sample -> sample.label().risky() ? 1 : 0).toArray();
  }

  /** AI3: the size that would have kept risk in budget. */
  public double[] scaleTargets() {
    return samples.stream().mapToDouble(sample -> sample.label().scaleTarget()).toArray();
  }

  /** How far each row's label is its pair's only one of its bars, in (0, 1]. */
  public double[] uniqueness() {
    return Uniqueness.of(
        samples.stream().map(Sample::label).toList(),
        pairs.stream()
            .collect(
                Collectors.toMap(
                    PairSamples::pair, data -> data.bars().stream().map(PairBar::ts).toList())));
  }

  /** What each row weighs, mean 1; null when all weigh alike. */
  public double @Nullable [] weights(SampleWeights how) {
    return switch (how) {
      case NONE -> null;
      case UNIQUENESS -> {
        double[] shares = uniqueness();
        double mean = Arrays.stream(shares).average().orElse(1);
        yield Arrays.stream(shares).map(share -> share / mean).toArray();
      }
    };
  }

  /** UTC start of the first bar a row was made at. */
  public Instant firstBar() {
    return samples.getFirst().label().ts();
  }

  /** UTC start of the last bar any label looked at. */
  public Instant lastBar() {
    return samples.stream()
        .map(sample -> sample.label().labelEndTs())
        .max(Comparator.naturalOrder())
        .orElseThrow()
        .minus(interval.length());
  }
}
