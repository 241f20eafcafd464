package io.mlassets.inference;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where live bars come from.
 *
 * @param source Redis stream {@code bars}, or a SQLite file
 * @param file the SQLite file; needed with source {@code sqlite}
 * @param pollEvery how often the file is looked at
 */
@ConfigurationProperties("inference.bars")
record BarSettings(
    @DefaultValue("redis") Source source,
    @DefaultValue("") String file,
    @DefaultValue("100ms") Duration pollEvery) {

  /** The two kinds of source. */
  enum Source {
    REDIS,
    SQLITE
  }

  /** Refuses a source without its file with {@link IllegalArgumentException}. */
  BarSettings {
    if (source == Source.SQLITE && file.isBlank()) {
      throw new IllegalArgumentException(
          "INFERENCE_BARS_FILE: source sqlite needs the file the bars are in");
    }
    if (pollEvery.toMillis() < 1 || pollEvery.compareTo(Duration.ofSeconds(1)) > 0) {
      throw new IllegalArgumentException(
          "INFERENCE_BARS_POLLEVERY: %s is not in [1 ms, 1 s]".formatted(pollEvery));
    }
  }
}
