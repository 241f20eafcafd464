package io.mlassets.inference.parity;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What can be set of the parity check.
 *
 * @param every time between two rounds; 0 switches it off
 * @param sample vectors per round, at least 1
 * @param recent newest vectors of a pair to take one from, at least 1
 * @param seed of the choice
 */
@ConfigurationProperties("inference.parity")
record ParitySettings(
    @DefaultValue("1m") Duration every,
    @DefaultValue("20") int sample,
    @DefaultValue("500") int recent,
    @DefaultValue("1") long seed) {

  /** Refuses what is out of range with {@link IllegalArgumentException}. */
  ParitySettings {
    if (every.isNegative() || sample < 1 || recent < 1) {
      throw new IllegalArgumentException(
          "inference.parity: every %s is negative, or sample %d or recent %d below 1"
              .formatted(every, sample, recent));
    }
  }

  boolean isOn() {
    return !every.isZero();
  }
}
