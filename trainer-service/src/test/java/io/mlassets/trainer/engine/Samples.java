package io.mlassets.trainer.engine;

import io.mlassets.model.Objective;
import io.mlassets.model.TreeEnsemble;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Made-up rows with everything that is awkward: missing values, zeros, ties, categories. */
final class Samples {
  static final int COLUMNS = 6;
  private static final int CATEGORY = 5;
  private static final Pattern NUMBER = Pattern.compile("-?\\d+\\.\\d+(?:[eE][-+]?\\d+)?");

  private Samples() {}

  static TrainingRows rows(int count, Objective objective, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] values = new double[count * COLUMNS];
    double[] labels = new double[count];
    for (int i = 0; i < count; i++) {
      int at = i * COLUMNS;
      values[at] = random.nextGaussian();
      values[at + 1] = random.nextInt(4) == 0 ? Double.NaN : random.nextGaussian();
      values[at + 2] = random.nextInt(2) == 0 ? 0 : random.nextGaussian();
      values[at + 3] = Math.rint(2 * random.nextGaussian());
      values[at + 4] = 1e-30 * random.nextGaussian();
      values[at + CATEGORY] = random.nextInt(20) == 0 ? Double.NaN : random.nextInt(40);
      double signal =
          values[at]
              + (Double.isNaN(values[at + 1]) ? 1 : 0.5 * values[at + 1])
              + values[at + 2] * values[at + 3]
              + (values[at + CATEGORY] % 3 == 0 ? 1 : -0.5);
      labels[i] =
          objective == Objective.BINARY
              ? (random.nextDouble() < 1 / (1 + Math.exp(-2 * signal)) ? 1 : 0)
              : signal + 0.1 * random.nextGaussian();
    }
    return TrainingRows.unweighted(values, COLUMNS, labels, CATEGORY);
  }

  /**
   * Rows to ask about: random ones, and ones made of the model's own numbers (thresholds among
   * them), of their neighbours, and of extreme values.
   */
  static double[] probes(TrainingRows rows, TreeEnsemble trees, String text, int count, long seed) {
    List<Double> numbers = new ArrayList<>();
    Matcher matcher = NUMBER.matcher(text);
    while (matcher.find() && numbers.size() < 20_000) {
      numbers.add(Double.parseDouble(matcher.group()));
    }
    SplittableRandom random = new SplittableRandom(seed + 1);
    double[] probes = new double[count * trees.columns()];
    for (int i = 0; i < probes.length; i++) {
      double own = numbers.get(random.nextInt(numbers.size()));
      probes[i] =
          switch (random.nextInt(10)) {
            case 0 -> Double.NaN;
            case 1 -> 0;
            case 2 -> Math.nextUp((float) own);
            case 3 -> Math.nextDown((float) own);
            case 4 -> -0.0;
            case 5 -> random.nextInt(-3, 60);
            case 6 -> random.nextGaussian() * 1e30;
            case 7 -> rows.rowMajor()[random.nextInt(rows.rowMajor().length)];
            default -> own;
          };
    }
    return probes;
  }
}
