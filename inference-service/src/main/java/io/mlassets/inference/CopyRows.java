package io.mlassets.inference;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;

/**
 * Rows for PostgreSQL's {@code COPY … FROM STDIN}, in its binary format: several times quicker than
 * inserts, and neither side writes or reads numbers and times as text. A row that is there already
 * refuses all of them. Values must have the types of their columns, for nothing is converted.
 */
final class CopyRows {
  private static final byte[] HEADER = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
  };

  private static final short END = -1;
  private static final int NULL = -1;
  private static final int FLOAT8 = 701;
  private static final byte JSONB_VERSION = 1;

  /** A digit of {@code numeric} is four decimal ones. */
  private static final int NUMERIC_DECIMALS = 4;

  private static final int NUMERIC_BASE = 10_000;
  private static final short NUMERIC_NEGATIVE = 0x4000;

  /** {@code timestamptz} counts microseconds from there. */
  private static final long EPOCH_2000 = Instant.parse("2000-01-01T00:00:00Z").getEpochSecond();

  private final String into;
  private final int columns;
  private ByteBuffer bytes;
  private int left;

  /**
   * No rows yet.
   *
   * @param into table and columns
   * @param columns how many
   * @param size bytes to begin with
   */
  CopyRows(String into, int columns, int size) {
    this.into = into;
    this.columns = columns;
    this.bytes = ByteBuffer.allocate(HEADER.length + size).put(HEADER);
  }

  /** The next row begins; its columns follow, in their order. */
  CopyRows row() {
    requireWhole();
    left = columns;
    room(Short.BYTES).putShort((short) columns);
    return this;
  }

  CopyRows text(String value) {
    return bytes(value.getBytes(StandardCharsets.UTF_8));
  }

  private CopyRows bytes(byte[] value) {
    value(value.length).put(value);
    return this;
  }

  CopyRows uuid(UUID value) {
    value(2 * Long.BYTES)
        .putLong(value.getMostSignificantBits())
        .putLong(value.getLeastSignificantBits());
    return this;
  }

  /** A {@code timestamptz}, rounded to microseconds as the driver does. */
  CopyRows time(Instant value) {
    long seconds = value.getEpochSecond() - EPOCH_2000;
    long micros = (value.getNano() + 500) / 1_000;
    return int8(Math.addExact(Math.multiplyExact(seconds, 1_000_000L), micros));
  }

  CopyRows float8(double value) {
    value(Double.BYTES).putDouble(value);
    return this;
  }

  CopyRows float8s(double[] values) {
    // Dimensions, no nulls, type, then length and lower bound of the only dimension.
    ByteBuffer array = value((values.length == 0 ? 3 : 5) * Integer.BYTES + 12 * values.length);
    array.putInt(values.length == 0 ? 0 : 1).putInt(0).putInt(FLOAT8);
    if (values.length > 0) {
      array.putInt(values.length).putInt(1);
    }
    for (double one : values) {
      array.putInt(Double.BYTES).putDouble(one);
    }
    return this;
  }

  CopyRows int2(int value) {
    value(Short.BYTES).putShort((short) value);
    return this;
  }

  CopyRows int4(int value) {
    value(Integer.BYTES).putInt(value);
    return this;
  }

  CopyRows int8(long value) {
    value(Long.BYTES).putLong(value);
    return this;
  }

  CopyRows bool(boolean value) {
    value(1).put((byte) (value ? 1 : 0));
    return this;
  }

  /**
   * A {@code numeric} of at most four decimals.
   *
   * @throws ArithmeticException if it has more, or is 10,000 or more
   */
  CopyRows numeric(BigDecimal value) {
    int scaled =
        value
            .setScale(NUMERIC_DECIMALS, RoundingMode.UNNECESSARY)
            .unscaledValue()
            .abs()
            .intValueExact();
    if (scaled / NUMERIC_BASE >= NUMERIC_BASE) {
      throw new ArithmeticException(value + " is too large");
    }
    value(6 * Short.BYTES)
        .putShort((short) 2)
        .putShort((short) 0)
        .putShort(value.signum() < 0 ? NUMERIC_NEGATIVE : 0)
        .putShort((short) NUMERIC_DECIMALS)
        .putShort((short) (scaled / NUMERIC_BASE))
        .putShort((short) (scaled % NUMERIC_BASE));
    return this;
  }

  CopyRows jsonb(String value) {
    byte[] text = value.getBytes(StandardCharsets.UTF_8);
    value(1 + text.length).put(JSONB_VERSION).put(text);
    return this;
  }

  /** No value, for so many columns. */
  CopyRows nulls(int count) {
    for (int i = 0; i < count; i++) {
      column();
      room(Integer.BYTES).putInt(NULL);
    }
    return this;
  }

  /** Room for a value of so many bytes, behind its length. */
  private ByteBuffer value(int size) {
    column();
    return room(Integer.BYTES + size).putInt(size);
  }

  private void column() {
    if (left == 0) {
      throw new IllegalStateException("more than %d columns into %s".formatted(columns, into));
    }
    left--;
  }

  private void requireWhole() {
    if (left > 0) {
      throw new IllegalStateException("%d columns are wanting into %s".formatted(left, into));
    }
  }

  private ByteBuffer room(int size) {
    if (bytes.remaining() < size) {
      int position = bytes.position();
      int grown = Math.max(Math.addExact(position, size), Math.multiplyExact(2, position));
      bytes = ByteBuffer.wrap(Arrays.copyOf(bytes.array(), grown)).position(position);
    }
    return bytes;
  }

  /** Copies the rows; they are done with. */
  void copy(CopyManager copies) throws SQLException {
    requireWhole();
    room(Short.BYTES).putShort(END);
    CopyIn copy = copies.copyIn("copy " + into + " from stdin (format binary)");
    try {
      copy.writeToCopy(bytes.array(), 0, bytes.position());
      copy.endCopy();
    } catch (SQLException e) {
      if (copy.isActive()) {
        cancel(copy, e);
      }
      throw e;
    }
  }

  private static void cancel(CopyIn copy, SQLException because) {
    try {
      copy.cancelCopy();
    } catch (SQLException e) {
      because.addSuppressed(e);
    }
  }
}
