package io.mlassets.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** Turns a raw score into what decisions are made on. Same result on every machine. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Isotonic.class, name = "isotonic"),
  @JsonSubTypes.Type(value = Platt.class, name = "platt"),
  @JsonSubTypes.Type(value = Beta.class, name = "beta"),
  @JsonSubTypes.Type(value = Identity.class, name = "identity")
})
public sealed interface Calibration permits Isotonic, Platt, Beta, Identity {

  /**
   * The calibrated value.
   *
   * @param raw raw score of the ensemble: log odds, or the regression's value
   * @return in [0, 1]
   */
  double apply(double raw);
}
