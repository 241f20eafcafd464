package io.mlassets.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A table a person can read: the first column left, the others right. */
public final class Table {
  private final String title;
  private final List<List<String>> rows = new ArrayList<>();

  /** A table without rows. */
  public Table(String title, String... header) {
    this.title = title;
    rows.add(List.of(header));
  }

  /** Adds a row of texts and numbers; numbers show four digits that count. */
  public Table row(Object... cells) {
    if (cells.length != rows.getFirst().size()) {
      throw new IllegalArgumentException(
          "%d cells for columns %s".formatted(cells.length, rows.getFirst()));
    }
    rows.add(Arrays.stream(cells).map(Table::cell).toList());
    return this;
  }

  private static String cell(Object value) {
    if (!(value instanceof Double number)) {
      return String.valueOf(value);
    }
    double size = Math.abs(number);
    int digits = size >= 1000 ? 0 : size >= 100 ? 1 : size >= 10 ? 2 : size >= 1 ? 3 : 4;
    return String.format(Locale.ROOT, "%." + digits + "f", number);
  }

  /** The whole table with its title, lines ended by newlines. */
  public String text() {
    int[] widths =
        IntStream.range(0, rows.getFirst().size())
            .map(column -> rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0))
            .toArray();
    StringBuilder text = new StringBuilder("\n").append(title).append('\n');
    for (List<String> row : rows) {
      text.append(
              IntStream.range(0, widths.length)
                  .mapToObj(i -> padded(row.get(i), widths[i], i == 0))
                  .collect(Collectors.joining("  ", "  ", ""))
                  .stripTrailing())
          .append('\n');
    }
    return text.toString();
  }

  private static String padded(String cell, int width, boolean left) {
    String gap = " ".repeat(width - cell.length());
    return left ? cell + gap : gap + cell;
  }
}
