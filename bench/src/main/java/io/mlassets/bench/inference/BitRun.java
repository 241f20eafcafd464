package io.mlassets.bench.inference;

/** Compares a model's scores in Java with its engine's on probing rows. */
final class BitRun {
  private static final int CHUNK = 10_000;

  private BitRun() {}

  static Mismatches of(TrainedModel model, int rows, long seed) {
    Probes probes = new Probes(model, seed);
    int columns = model.trees().columns();
    Mismatches found = Mismatches.NONE;
    try (NativeModel theirs = NativeModel.of(model.engine(), model.text(), columns)) {
      for (int done = 0; done < rows; done += CHUNK) {
        double[] asked = probes.next(Math.min(CHUNK, rows - done));
        double[] single = new double[asked.length / columns];
        for (int i = 0; i < single.length; i++) {
          single[i] = model.trees().raw(asked, i * columns);
        }
        found = found.plus(Mismatches.of(theirs.raw(asked), model.trees().rawAll(asked), single));
      }
    }
    return found;
  }
}
