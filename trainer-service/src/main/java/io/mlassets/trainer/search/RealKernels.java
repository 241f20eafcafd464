package io.mlassets.trainer.search;

import java.util.SplittableRandom;

/** Kernels of a real number: {@link Gaussians} and their densities. */
final class RealKernels implements Kernels.Quick {
  private final Scale scale;
  private final Gaussians gaussians;

  RealKernels(Scale scale, Axis axis, int[] trials, Group group) {
    this.scale = scale;
    this.gaussians = new Gaussians(scale, axis, trials, group);
  }

  @Override
  public double sample(int kernel, SplittableRandom random) {
    return gaussians.sample(kernel, random);
  }

  @Override
  public void addLogs(double value, double[] logs) {
    double position = scale.inward(value);
    double[] mean = gaussians.mean;
    double[] precision = gaussians.precision;
    double[] peak = gaussians.peak;
    for (int k = 0; k < logs.length; k++) {
      double z = (position - mean[k]) * precision[k];
      logs[k] += peak[k] - z * z / 2;
    }
  }
}
