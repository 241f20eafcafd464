package io.mlassets.suite.console;

import java.util.ArrayList;
import java.util.List;

/** Two columns, the first as wide as its longest entry. */
public final class Table {
  private final List<String[]> rows = new ArrayList<>();

  /** Adds a row. */
  public Table row(String name, String value) {
    rows.add(new String[] {name, value});
    return this;
  }

  /** An empty line. */
  public Table gap() {
    return row("", "");
  }

  @Override
  public String toString() {
    int width = rows.stream().mapToInt(row -> row[0].length()).max().orElse(0);
    StringBuilder text = new StringBuilder();
    for (String[] row : rows) {
      String line = "  " + row[0] + " ".repeat(width - row[0].length()) + "  " + row[1];
      text.append(line.stripTrailing()).append(System.lineSeparator());
    }
    return text.toString();
  }
}
