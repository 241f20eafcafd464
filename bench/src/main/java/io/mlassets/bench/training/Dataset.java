package io.mlassets.bench.training;

import io.mlassets.trainer.engine.TrainingRows;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.SplittableRandom;

/**
 * Made-up rows both sides read: a file of little-endian doubles, all features row after row, then
 * the labels. Folds are the rows' contiguous blocks.
 *
 * @param file where they are
 * @param rows number of rows
 */
record Dataset(Path file, int rows) {
  static final int COLUMNS = 40;
  static final int FOLDS = 5;
  private static final long SEED = 20_240_607;
  private static final int BYTES = Double.BYTES;

  /** Writes the rows of that number unless they are there already. */
  static Dataset in(Path directory, int rows) throws IOException {
    Path file = directory.resolve("training-%dx%d.bin".formatted(rows, COLUMNS));
    Dataset dataset = new Dataset(file, rows);
    if (!Files.exists(file) || Files.size(file) != dataset.bytes()) {
      dataset.write();
    }
    return dataset;
  }

  private long bytes() {
    return (long) rows * (COLUMNS + 1) * BYTES;
  }

  /**
   * Correlated features; log odds linear in some, bent in others, with two interactions, and most
   * of the label left to chance: an AUC near 0.7, as of a market that is kind.
   */
  private void write() throws IOException {
    SplittableRandom random = new SplittableRandom(SEED);
    ByteBuffer values = buffer((long) rows * COLUMNS);
    ByteBuffer labels = buffer(rows);
    double[] x = new double[COLUMNS];
    for (int row = 0; row < rows; row++) {
      double common = random.nextGaussian();
      for (int c = 0; c < COLUMNS; c++) {
        x[c] = 0.5 * common + 0.9 * random.nextGaussian();
        values.putDouble(x[c]);
      }
      double odds =
          0.5 * x[0]
              - 0.4 * x[1]
              + 0.5 * Math.tanh(2 * x[2])
              + 0.4 * x[3] * x[4]
              + (x[5] > 1 ? 0.6 : 0)
              - 0.3 * x[6] * x[6]
              + 0.5 * Math.sin(3 * x[7]) * (x[8] > 0 ? 1 : 0);
      labels.putDouble(random.nextDouble() < 1 / (1 + Math.exp(0.3 - 0.7 * odds)) ? 1 : 0);
    }
    Path half = Files.createTempFile(file.getParent(), "training", ".part");
    try (FileChannel out = FileChannel.open(half, StandardOpenOption.WRITE)) {
      writeAll(out, values.flip());
      writeAll(out, labels.flip());
    }
    Files.move(half, file, StandardCopyOption.REPLACE_EXISTING);
  }

  private static ByteBuffer buffer(long doubles) {
    return ByteBuffer.allocate(Math.toIntExact(doubles * BYTES)).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void writeAll(FileChannel out, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
  }

  /** First row of a fold's block; that of the number of folds is the end. */
  int start(int fold) {
    return (int) ((long) fold * rows / FOLDS);
  }

  /** Rows of some parts of the file, part after part; ends are not included. */
  TrainingRows read(int[]... fromAndTo) throws IOException {
    int count = 0;
    for (int[] part : fromAndTo) {
      count += part[1] - part[0];
    }
    double[] values = new double[count * COLUMNS];
    double[] labels = new double[count];
    int at = 0;
    try (FileChannel in = FileChannel.open(file)) {
      for (int[] part : fromAndTo) {
        int length = part[1] - part[0];
        fill(in, (long) part[0] * COLUMNS, values, at * COLUMNS, length * COLUMNS);
        fill(in, (long) rows * COLUMNS + part[0], labels, at, length);
        at += length;
      }
    }
    return TrainingRows.unweighted(values, COLUMNS, labels);
  }

  /** By a small buffer: mapped pages would count as our memory until they are collected. */
  private static void fill(FileChannel in, long from, double[] into, int at, int count)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
    in.position(from * BYTES);
    for (int done = 0; done < count; ) {
      buffer.clear().limit(Math.min(buffer.capacity(), (count - done) * BYTES));
      while (buffer.hasRemaining()) {
        if (in.read(buffer) < 0) {
          throw new EOFException("the file of rows ends early");
        }
      }
      int length = buffer.flip().remaining() / BYTES;
      buffer.asDoubleBuffer().get(into, at + done, length);
      done += length;
    }
  }
}
