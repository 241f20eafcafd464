package io.mlassets.bench.inference;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** Little-endian doubles in a file, as numpy reads and writes them. */
final class DoubleFile {
  private DoubleFile() {}

  static void write(Path file, double[] values) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Double.BYTES));
    bytes.order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().put(values);
    Files.write(file, bytes.array());
  }

  /** As many as were expected; another number → {@link IllegalStateException}. */
  static double[] read(Path file, int count) throws IOException {
    DoubleBuffer doubles =
        ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer();
    if (doubles.remaining() != count) {
      throw new IllegalStateException(
          "%s holds %d values, not %d".formatted(file, doubles.remaining(), count));
    }
    double[] values = new double[count];
    doubles.get(values);
    return values;
  }
}
