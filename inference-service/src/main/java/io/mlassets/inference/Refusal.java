package io.mlassets.inference;

import io.mlassets.model.ModelVersion;
import org.jspecify.annotations.Nullable;

/**
 * Something wanted of a model that is not put into force.
 *
 * @param kind what it is
 * @param counter what counts it
 * @param version of the model
 * @param reason why not
 */
record Refusal(String kind, String counter, ModelVersion version, @Nullable String reason) {

  String what() {
    return version + ": " + reason;
  }
}
