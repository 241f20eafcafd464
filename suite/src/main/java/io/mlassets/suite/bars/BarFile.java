package io.mlassets.suite.bars;

import io.mlassets.market.Bar;
import io.mlassets.market.BarInterval;
import io.mlassets.market.Symbol;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Reads one CSV file of bars, gzip'd or not: a header naming {@code timestamp} (ISO-8601, UTC start
 * of the bar), {@code open, high, low, close, volume} in any order. Rows that are no bars are
 * handed out with line and reason and never stop the reading; of two rows of the same start the
 * first counts.
 */
final class BarFile {
  private static final CSVFormat FORMAT =
      CSVFormat.DEFAULT
          .builder()
          .setHeader()
          .setSkipHeaderRecord(true)
          .setIgnoreHeaderCase(true)
          .setIgnoreSurroundingSpaces(true)
          .setIgnoreEmptyLines(true)
          .get();
  private static final List<String> COLUMNS =
      List.of("timestamp", "open", "high", "low", "close", "volume");

  /** A symbol's file, what it held. */
  record Content(List<Bar> bars, List<RefusedRow> refused, int reordered) {}

  private final Path path;
  private final Symbol symbol;
  private final BarInterval interval;
  private final Instant now;
  private final List<Bar> bars = new ArrayList<>();
  private final List<RefusedRow> refused = new ArrayList<>();
  private int reordered;

  /** A row that starts after {@code now} is refused. */
  BarFile(Path path, Symbol symbol, BarInterval interval, Instant now) {
    this.path = path;
    this.symbol = symbol;
    this.interval = interval;
    this.now = now;
  }

  Content read() {
    try (BufferedReader reader = open(path);
        CSVParser parser = CSVParser.parse(reader, FORMAT)) {
      requireColumns(parser.getHeaderMap());
      for (CSVRecord row : parser) {
        accept(row, parser.getCurrentLineNumber());
      }
    } catch (IOException | UncheckedIOException e) {
      // A truncated gzip, broken quotes: what was read so far is good, the rest is one refused row.
      refused.add(new RefusedRow(where(bars.size() + 2L), "unreadable: " + e.getMessage(), ""));
    }
    return new Content(inOrder(), refused, reordered);
  }

  static BufferedReader open(Path path) throws IOException {
    InputStream in = Files.newInputStream(path);
    InputStream plain =
        path.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".gz")
            ? new GZIPInputStream(in, 1 << 16)
            : in;
    return new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8), 1 << 16);
  }

  private void requireColumns(Map<String, Integer> header) {
    for (String column : COLUMNS) {
      if (!header.containsKey(column)) {
        throw new BarInputException(
            "%s: column '%s' is missing; the header names %s"
                .formatted(path, column, header.keySet()));
      }
    }
  }

  private void accept(CSVRecord row, long line) {
    try {
      Instant ts = Instant.parse(row.get("timestamp"));
      if (ts.isAfter(now)) {
        refuse(row, line, "bar of the future");
        return;
      }
      bars.add(
          new Bar(
              symbol,
              interval,
              ts,
              number(row, "open"),
              number(row, "high"),
              number(row, "low"),
              number(row, "close"),
              number(row, "volume")));
      int last = bars.size() - 1;
      if (last > 0 && bars.get(last - 1).ts().isAfter(ts)) {
        reordered++;
      }
    } catch (IllegalArgumentException | DateTimeException e) {
      refuse(row, line, String.valueOf(e.getMessage()));
    }
  }

  private static double number(CSVRecord row, String column) {
    String text = row.get(column);
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("%s '%s' is not a number".formatted(column, text), e);
    }
  }

  private void refuse(CSVRecord row, long line, String reason) {
    refused.add(new RefusedRow(where(line), reason, String.join(",", row.values())));
  }

  private String where(long line) {
    return path.getFileName() + ":" + line;
  }

  /** Sorts when needed and refuses repetitions. */
  private List<Bar> inOrder() {
    if (reordered > 0) {
      bars.sort(Comparator.comparing(Bar::ts));
    }
    List<Bar> unique = new ArrayList<>(bars.size());
    for (Bar bar : bars) {
      if (!unique.isEmpty() && unique.getLast().ts().equals(bar.ts())) {
        refused.add(
            new RefusedRow(
                path.getFileName().toString(), "duplicate of " + bar.ts(), bar.toString()));
      } else {
        unique.add(bar);
      }
    }
    return unique;
  }
}
