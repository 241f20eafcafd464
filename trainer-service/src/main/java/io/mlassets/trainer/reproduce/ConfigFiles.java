package io.mlassets.trainer.reproduce;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The texts of the files that shape a training: policies and instruments.
 *
 * @param texts by file name
 */
public record ConfigFiles(SortedMap<String, String> texts) {
  /** Costs and asset classes. */
  public static final String INSTRUMENTS = "instruments.yaml";

  private static final List<String> NAMES =
      List.of("core_policy.yaml", "retrain_policy.yaml", "signals_policy.yaml", INSTRUMENTS);

  /** Copies. */
  public ConfigFiles {
    texts = new TreeMap<>(texts);
  }

  /** Reads a folder; a missing file → {@link UncheckedIOException}. */
  public static ConfigFiles read(Path folder) {
    TreeMap<String, String> texts = new TreeMap<>();
    try {
      for (String name : NAMES) {
        texts.put(name, Files.readString(folder.resolve(name)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + folder, e);
    }
    return new ConfigFiles(texts);
  }

  /** Writes them into a folder. */
  void write(Path folder) throws IOException {
    for (var file : texts.entrySet()) {
      Files.writeString(folder.resolve(file.getKey()), file.getValue());
    }
  }
}
