package io.mlassets.inference;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;

/**
 * Rows for PostgreSQL's {@code COPY … FROM STDIN}, in its text format: several times quicker than
 * inserts, but a row that is there already refuses all of them.
 */
final class CopyText {
  private final StringBuilder text;

  /** No rows yet; room for so many characters. */
  CopyText(int characters) {
    this.text = new StringBuilder(characters);
  }

  /** The next column's value. */
  CopyText add(@Nullable Object value) {
    switch (value) {
      case null -> text.append("\\N");
      case String string -> escaped(string);
      // Plain letters, digits and signs.
      case UUID id -> text.append(id);
      case Instant ts -> text.append(ts);
      case double[] numbers -> array(numbers);
      default -> escaped(value.toString());
    }
    text.append('\t');
    return this;
  }

  /** The row is whole. */
  void end() {
    text.setCharAt(text.length() - 1, '\n');
  }

  private void array(double[] numbers) {
    text.append('{');
    for (double number : numbers) {
      text.append(number).append(',');
    }
    if (numbers.length > 0) {
      text.setLength(text.length() - 1);
    }
    text.append('}');
  }

  private void escaped(String string) {
    for (int i = 0; i < string.length(); i++) {
      char next = string.charAt(i);
      switch (next) {
        case '\\' -> text.append("\\\\");
        case '\t' -> text.append("\\t");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        default -> text.append(next);
      }
    }
  }

  /**
   * Copies the rows.
   *
   * @param into table and columns
   */
  void copy(CopyManager copies, String into) throws SQLException {
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    CopyIn copy = copies.copyIn("copy " + into + " from stdin");
    try {
      copy.writeToCopy(bytes, 0, bytes.length);
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
