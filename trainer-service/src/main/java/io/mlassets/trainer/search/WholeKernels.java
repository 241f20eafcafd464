package io.mlassets.trainer.search;

import java.util.SplittableRandom;

/** Kernels of a whole number, which has the probability {@link Gaussians} give to its cell. */
final class WholeKernels implements Kernels {
  private final Scale scale;
  private final Gaussians gaussians;
  private final Axis axis;

  /** Each kernel's place in the rows of {@link Cells}: its twin's trial, the prior before all. */
  private final int[] places;

  WholeKernels(Scale scale, Axis axis, Chosen trials, Group group) {
    this.scale = scale;
    this.axis = axis;
    this.gaussians = new Gaussians(scale, axis, trials, group);
    this.places = new int[trials.count() + 1];
    for (int k = 0; k < trials.count(); k++) {
      places[k] = 2 + 2 * trials.trials()[gaussians.twin[k]];
    }
  }

  @Override
  public double sample(int kernel, SplittableRandom random) {
    return gaussians.sample(kernel, random);
  }

  @Override
  public void addPeaks(double[] logs) {
    gaussians.addPeaks(logs);
  }

  @Override
  public int fall(double value, int[] kernels, int count, double[] logs, double floor) {
    double[] mean = gaussians.mean;
    double[] deviation = gaussians.deviation;
    double[] precision = gaussians.precision;
    Cells.Row row = axis.cell((int) value, scale);
    double[] known = row.known();
    int kept = 0;
    for (int i = 0; i < count; i++) {
      int k = kernels[i];
      int place = places[k];
      if (known[place] != deviation[k]) {
        double below = (row.lower() - mean[k]) * precision[k];
        double above = (row.upper() - mean[k]) * precision[k];
        // What lies beyond z has at most exp(−z²/2) of a normal distribution.
        double z = Math.max(0, Math.max(below, -above));
        if (logs[k] - z * z / 2 < floor) {
          continue;
        }
        known[place] = deviation[k];
        known[place + 1] = gaussians.logMass(k, row.lower(), row.upper());
      }
      logs[k] += known[place + 1];
      kernels[kept] = k;
      kept += logs[k] >= floor ? 1 : 0;
    }
    return kept;
  }
}
