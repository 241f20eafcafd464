package io.mlassets.bench.inference;

/** Work timed after the JVM has had time to compile it. */
final class Clocked {
  private Clocked() {}

  /** Any work that ends in a number, so that none of it can be left out as useless. */
  interface Work {
    double run();
  }

  /**
   * Nanoseconds of each of several runs.
   *
   * @param warmUpSeconds how long it runs before
   */
  static double[] nanos(double warmUpSeconds, int runs, Work work) {
    long warm = System.nanoTime() + (long) (warmUpSeconds * 1e9);
    do {
      require(work.run());
    } while (System.nanoTime() < warm);
    double[] nanos = new double[runs];
    for (int i = 0; i < runs; i++) {
      long begun = System.nanoTime();
      double result = work.run();
      nanos[i] = System.nanoTime() - begun;
      require(result);
    }
    return nanos;
  }

  static void require(double result) {
    if (Double.isNaN(result)) {
      throw new IllegalStateException("what was timed gave no number");
    }
  }
}
