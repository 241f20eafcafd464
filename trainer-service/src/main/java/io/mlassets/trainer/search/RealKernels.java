package io.mlassets.trainer.search;

import java.util.SplittableRandom;

/** Kernels of a real number: {@link Gaussians} and their densities. */
final class RealKernels implements Kernels {
  private final Scale scale;
  private final Gaussians gaussians;

  RealKernels(Scale scale, Axis axis, Chosen trials, Group group) {
    this.scale = scale;
    this.gaussians = new Gaussians(scale, axis, trials, group);
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
    double position = scale.inward(value);
    double[] mean = gaussians.mean;
    double[] precision = gaussians.precision;
    int kept = 0;
    for (int i = 0; i < count; i++) {
      int k = kernels[i];
      double z = (position - mean[k]) * precision[k];
      logs[k] -= z * z / 2;
      kernels[kept] = k;
      kept += logs[k] >= floor ? 1 : 0;
    }
    return kept;
  }

  /** The same for all kernels, in a loop the compiler can make vectors of. */
  void fall(double value, double[] logs) {
    double position = scale.inward(value);
    double[] mean = gaussians.mean;
    double[] precision = gaussians.precision;
    for (int k = 0; k < logs.length; k++) {
      double z = (position - mean[k]) * precision[k];
      logs[k] -= z * z / 2;
    }
  }
}
