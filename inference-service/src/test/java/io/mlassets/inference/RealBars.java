package io.mlassets.inference;

import io.mlassets.market.Bar;
import io.mlassets.market.BarInterval;
import io.mlassets.market.Symbol;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/** Hourly bars of real instruments, where they were put beside the project. */
final class RealBars {
  private final Path folder;

  private RealBars(Path folder) {
    this.folder = folder;
  }

  /** The folder beside the project, seen from any module; empty where it is not. */
  static Optional<RealBars> find() {
    Path root = Files.isDirectory(Path.of("config")) ? Path.of("") : Path.of("..");
    Path folder = root.toAbsolutePath().resolve("../shared/data/h1").normalize();
    return Files.isDirectory(folder) ? Optional.of(new RealBars(folder)) : Optional.empty();
  }

  /** All bars of a symbol by their start; rows that are no bars are left out. */
  TreeMap<Instant, Bar> of(Symbol symbol) {
    TreeMap<Instant, Bar> bars = new TreeMap<>();
    Path file = folder.resolve(symbol + ".csv.gz");
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      lines.lines().skip(1).forEach(line -> read(symbol, line.split(","), bars));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bars;
  }

  private static void read(Symbol symbol, String[] cells, TreeMap<Instant, Bar> bars) {
    Instant ts = Instant.parse(cells[0]);
    double[] prices = new double[5];
    for (int i = 0; i < prices.length; i++) {
      prices[i] = Double.parseDouble(cells[i + 1]);
    }
    try {
      bars.put(
          ts,
          new Bar(
              symbol, BarInterval.H1, ts, prices[0], prices[1], prices[2], prices[3], prices[4]));
    } catch (IllegalArgumentException e) {
      // Real data has such rows.
    }
  }
}
