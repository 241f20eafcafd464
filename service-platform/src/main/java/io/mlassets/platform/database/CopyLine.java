package io.mlassets.platform.database;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One row of a {@code COPY} in text format, built value by value. */
public final class CopyLine {
  private final StringBuilder line = new StringBuilder(128);

  /** Appends a text; null becomes SQL null. */
  public CopyLine text(@Nullable String value) {
    separate();
    if (value == null) {
      line.append("\\N");
      return this;
    }
    for (int i = 0; i < value.length(); i++) {
      escape(value.charAt(i));
    }
    return this;
  }

  private void escape(char c) {
    switch (c) {
      case '\\' -> line.append("\\\\");
      case '\n' -> line.append("\\n");
      case '\r' -> line.append("\\r");
      case '\t' -> line.append("\\t");
      default -> line.append(c);
    }
  }

  /** Appends a number, to the last bit. */
  public CopyLine number(double value) {
    separate();
    line.append(value);
    return this;
  }

  /** Appends a whole number. */
  public CopyLine number(long value) {
    separate();
    line.append(value);
    return this;
  }

  /** Appends a UTC time. */
  public CopyLine time(Instant value) {
    separate();
    line.append(value);
    return this;
  }

  /** Appends an array of numbers. */
  public CopyLine numbers(double[] values) {
    separate();
    line.append('{');
    for (int i = 0; i < values.length; i++) {
      if (i > 0) {
        line.append(',');
      }
      line.append(values[i]);
    }
    line.append('}');
    return this;
  }

  private void separate() {
    if (!line.isEmpty()) {
      line.append('\t');
    }
  }

  String text() {
    return line.append('\n').toString();
  }
}
