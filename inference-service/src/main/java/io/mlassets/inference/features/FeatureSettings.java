package io.mlassets.inference.features;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;

/**
 * Where live feature vectors come from that the data pipeline makes.
 *
 * @param source nowhere, Redis stream {@code features}, or a SQLite file
 * @param file the SQLite file; needed with source {@code sqlite}
 * @param pollEvery how often the file is looked at
 * @param patience how long a bar that is whole waits for its vector; then it is decided without
 *     entries
 */
@ConfigurationProperties("inference.features")
record FeatureSettings(
    @DefaultValue("none") Source source,
    @DefaultValue("") String file,
    @DefaultValue("100ms") Duration pollEvery,
    @Name("wait") @DefaultValue("500ms") Duration patience) {

  /** The kinds of source. */
  enum Source {
    NONE,
    REDIS,
    SQLITE
  }

  /** Refuses a source without its file with {@link IllegalArgumentException}. */
  FeatureSettings {
    if (source == Source.SQLITE && file.isBlank()) {
      throw new IllegalArgumentException(
          "INFERENCE_FEATURES_FILE: source sqlite needs the file the vectors are in");
    }
    if (pollEvery.toMillis() < 1 || pollEvery.compareTo(Duration.ofSeconds(1)) > 0) {
      throw new IllegalArgumentException(
          "INFERENCE_FEATURES_POLLEVERY: %s is not in [1 ms, 1 s]".formatted(pollEvery));
    }
    if (patience.isNegative() || patience.compareTo(Duration.ofSeconds(30)) > 0) {
      throw new IllegalArgumentException(
          "INFERENCE_FEATURES_WAIT: %s is not in [0 s, 30 s]".formatted(patience));
    }
  }
}
