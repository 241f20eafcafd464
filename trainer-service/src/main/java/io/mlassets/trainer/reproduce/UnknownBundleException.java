package io.mlassets.trainer.reproduce;

import io.mlassets.model.ModelVersion;

/** There is no such bundle, or nothing says what it was made of. */
public final class UnknownBundleException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnknownBundleException(ModelVersion version, String lacking) {
    super("bundle %s cannot be made again: %s".formatted(version, lacking));
  }
}
