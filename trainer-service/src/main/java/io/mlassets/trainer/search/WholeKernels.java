package io.mlassets.trainer.search;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** Kernels of a whole number, which has the probability {@link Gaussians} give to its cell. */
final class WholeKernels implements Kernels.Costly {
  private final Scale scale;
  private final Gaussians gaussians;

  /** Log probabilities of cells, by number and kernel; 0 is not known yet. */
  private final Map<Double, double[]> cells = new HashMap<>();

  WholeKernels(Scale scale, Axis axis, int[] trials, Group group) {
    this.scale = scale;
    this.gaussians = new Gaussians(scale, axis, trials, group);
  }

  @Override
  public double sample(int kernel, SplittableRandom random) {
    return gaussians.sample(kernel, random);
  }

  @Override
  public double peak(int kernel) {
    return gaussians.peak[kernel];
  }

  @Override
  public int addLogs(
      double value, int[] kernels, int count, double[] logs, double[] bound, double floor) {
    double lower = scale.inward(value - 0.5);
    double upper = scale.inward(value + 0.5);
    double[] mean = gaussians.mean;
    double[] precision = gaussians.precision;
    double[] peak = gaussians.peak;
    // The candidates of one proposal are few values: what was found is kept.
    double[] known = cells.computeIfAbsent(value, v -> new double[mean.length]);
    int kept = 0;
    for (int i = 0; i < count; i++) {
      int k = kernels[i];
      int same = gaussians.twin[k];
      if (known[same] == 0) {
        double below = (lower - mean[k]) * precision[k];
        double above = (upper - mean[k]) * precision[k];
        // What lies beyond z has at most exp(−z²/2) of a normal distribution.
        double z = Math.max(0, Math.max(below, -above));
        if (logs[k] + peak[k] - z * z / 2 + bound[k] < floor) {
          continue;
        }
        known[same] = gaussians.cell(same, value);
      }
      logs[k] += known[same] + peak[k];
      kernels[kept] = k;
      kept += logs[k] + bound[k] >= floor ? 1 : 0;
    }
    return kept;
  }
}
