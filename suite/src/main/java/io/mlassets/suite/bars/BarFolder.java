package io.mlassets.suite.bars;

import io.mlassets.market.Bar;
import io.mlassets.market.BarInterval;
import io.mlassets.market.Symbol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A folder of bar files, {@code SYMBOL.csv} or {@code SYMBOL.csv.gz}. */
public final class BarFolder {
  private final Path folder;

  /** Refuses what is no folder with {@link BarInputException}. */
  public BarFolder(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new BarInputException("--bars %s is not a folder".formatted(folder));
    }
    this.folder = folder;
  }

  /**
   * Reads the files of these symbols, in parallel. Rows that start after {@code now} are refused.
   */
  public LoadedBars read(Collection<Symbol> symbols, BarInterval interval, Instant now) {
    Map<Symbol, Path> files = new TreeMap<>();
    new TreeSet<>(symbols).forEach(symbol -> files.put(symbol, fileOf(symbol)));
    List<Map.Entry<Symbol, BarFile.Content>> contents =
        files.entrySet().parallelStream()
            .map(
                file ->
                    Map.entry(
                        file.getKey(),
                        new BarFile(file.getValue(), file.getKey(), interval, now).read()))
            .toList();
    Map<Symbol, List<Bar>> bars = new TreeMap<>();
    List<RefusedRow> refused = new ArrayList<>();
    int reordered = 0;
    for (Map.Entry<Symbol, BarFile.Content> entry : contents) {
      Symbol symbol = entry.getKey();
      BarFile.Content content = entry.getValue();
      requireSpacing(symbol, interval, content.bars());
      bars.put(symbol, content.bars());
      refused.addAll(content.refused());
      reordered += content.reordered();
    }
    return new LoadedBars(interval, bars, refused, reordered);
  }

  private Path fileOf(Symbol symbol) {
    for (String ending : List.of(".csv.gz", ".csv")) {
      Path file = folder.resolve(symbol + ending);
      if (Files.isRegularFile(file)) {
        return file;
      }
    }
    throw new BarInputException(
        "no bars of %s: neither %s.csv nor %s.csv.gz in %s, which holds %s"
            .formatted(symbol, symbol, symbol, folder, symbols()));
  }

  /** Symbols there are files of. */
  public List<String> symbols() {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".csv") || name.endsWith(".csv.gz"))
          .map(name -> name.substring(0, name.indexOf(".csv")))
          .sorted()
          .distinct()
          .toList();
    } catch (IOException e) {
      throw new BarInputException("cannot list " + folder, e);
    }
  }

  /** Bars of an hour would pass for bars of a minute; the usual distance tells. */
  private void requireSpacing(Symbol symbol, BarInterval interval, List<Bar> bars) {
    if (bars.size() < 2) {
      throw new BarInputException(
          "%s holds %d valid bars of %s; at least 2 are needed"
              .formatted(fileOf(symbol), bars.size(), symbol));
    }
    long[] seconds = new long[bars.size() - 1];
    for (int i = 0; i < seconds.length; i++) {
      seconds[i] = bars.get(i + 1).ts().getEpochSecond() - bars.get(i).ts().getEpochSecond();
    }
    Arrays.sort(seconds);
    long usual = seconds[seconds.length / 2];
    if (usual != interval.length().toSeconds()) {
      throw new BarInputException(
          "bars of %s are usually %d s apart, which is not --interval %s"
              .formatted(symbol, usual, interval));
    }
  }
}
