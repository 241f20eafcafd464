package io.mlassets.bench.damage;

import io.mlassets.model.ModelVersion;
import java.time.Instant;

/** Versions no training makes. */
final class Versions {
  private static final Instant FIRST = Instant.parse("2100-01-01T00:00:00Z");

  private Versions() {}

  static ModelVersion of(long number) {
    return ModelVersion.at(FIRST.plusSeconds(60 * number));
  }
}
