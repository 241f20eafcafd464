package io.mlassets.trainer.pipeline;

import io.mlassets.model.Beta;
import io.mlassets.model.Calibration;
import io.mlassets.model.Isotonic;
import io.mlassets.model.Platt;
import io.mlassets.trainer.validation.LabelSpan;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** The definition, word for word and without an embargo: every row asked about every fold. */
final class SlowCrossFit {
  private static final List<BiFunction<double[], double[], ? extends Calibration>> METHODS =
      List.of(Platt::fit, Beta::fit, Isotonic::fit);

  private final double[] raw;
  private final double[] labels;
  private final List<LabelSpan> spans;
  private final int[] foldOf;
  private final Map<Curve, Calibration> curves = new HashMap<>();

  SlowCrossFit(double[] raw, double[] labels, List<LabelSpan> spans, int[] foldOf) {
    this.raw = raw;
    this.labels = labels;
    this.spans = spans;
    this.foldOf = foldOf;
  }

  /** A method, fitted to the rows clear of some folds. */
  private record Curve(int method, Set<Integer> without) {}

  double[] probabilities() {
    double[] probabilities = new double[raw.length];
    for (int fold : Arrays.stream(foldOf).distinct().toArray()) {
      Calibration curve = curve(best(m -> errorWithout(m, fold)), Set.of(fold));
      rows(row -> foldOf[row] == fold).forEach(row -> probabilities[row] = curve.apply(raw[row]));
    }
    return probabilities;
  }

  Calibration live() {
    int method =
        best(
            m ->
                rows(row -> true)
                    .mapToDouble(row -> square(curve(m, Set.of(foldOf[row])), row))
                    .sum());
    return curve(method, Set.of());
  }

  private double errorWithout(int method, int fold) {
    return rows(row -> foldOf[row] != fold && clear(row, Set.of(fold)))
        .mapToDouble(row -> square(curve(method, Set.of(fold, foldOf[row])), row))
        .sum();
  }

  /** Whether a row's label shares no moment with folds, from first start to last end of each. */
  private boolean clear(int row, Set<Integer> folds) {
    return folds.stream()
        .map(fold -> rows(i -> foldOf[i] == fold).mapToObj(spans::get).toList())
        .allMatch(
            tested ->
                spans.get(row).to().isBefore(tested.getFirst().from())
                    || tested.stream().allMatch(t -> spans.get(row).from().isAfter(t.to())));
  }

  private Calibration curve(int method, Set<Integer> without) {
    Curve wanted = new Curve(method, without);
    Calibration known = curves.get(wanted);
    if (known == null) {
      int[] rows = rows(row -> clear(row, without)).toArray();
      known =
          METHODS
              .get(method)
              .apply(
                  Arrays.stream(rows).mapToDouble(row -> raw[row]).toArray(),
                  Arrays.stream(rows).mapToDouble(row -> labels[row]).toArray());
      curves.put(wanted, known);
    }
    return known;
  }

  private double square(Calibration curve, int row) {
    double off = curve.apply(raw[row]) - labels[row];
    return off * off;
  }

  private IntStream rows(IntPredicate chosen) {
    return IntStream.range(0, raw.length).filter(chosen);
  }

  private static int best(IntToDoubleFunction error) {
    return IntStream.range(0, METHODS.size())
        .boxed()
        .min(Comparator.comparingDouble(error::applyAsDouble))
        .orElseThrow();
  }
}
