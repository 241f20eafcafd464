package io.mlassets.inference.replay;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A decision made again, as a table a person can read. */
final class ReplayTable {
  private static final int WIDEST = 72;
  private static final List<String> HEADER =
      List.of("stage", "value", "recorded", "made again", "");

  private ReplayTable() {}

  static String of(Replayed replayed) {
    List<List<String>> rows =
        Stream.concat(Stream.of(HEADER), replayed.checks().stream().map(ReplayTable::row)).toList();
    int[] widths =
        IntStream.range(0, HEADER.size())
            .map(i -> rows.stream().mapToInt(row -> row.get(i).length()).max().orElse(0))
            .toArray();
    StringBuilder text = new StringBuilder();
    text.append("signal ").append(replayed.signalId()).append(": ");
    text.append(replayed.subject()).append("\n\n");
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.append('\n').append(verdict(replayed)).append('\n').toString();
  }

  private static List<String> row(Check check) {
    return List.of(
        check.stage(),
        check.what(),
        shown(check.recorded()),
        shown(check.again()),
        check.outcome().text());
  }

  /** JSON says it whole. */
  private static String shown(String value) {
    return value.length() <= WIDEST ? value : value.substring(0, WIDEST - 3) + "...";
  }

  private static String verdict(Replayed replayed) {
    if (replayed.impossible() != null) {
      return "cannot be made again: " + replayed.impossible();
    }
    if (replayed.same()) {
      return "every value is the same";
    }
    List<String> names =
        replayed.differences().stream().map(check -> check.stage() + " " + check.what()).toList();
    return "DIFFERENT: " + String.join(", ", names);
  }
}
