package io.mlassets.validator;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the validator ({@code VALIDATOR_INTERVAL} and so on).
 *
 * @param interval time between two measurements, positive
 * @param initialDelay time from the start to the first
 * @param retrainCooldown the trainer is not asked again for the same model version within this time
 * @param sampleRows newest candidate rows compared with the training sample
 */
@Validated
@ConfigurationProperties("validator")
public record ValidatorSettings(
    Duration interval,
    Duration initialDelay,
    Duration retrainCooldown,
    @Min(100) @Max(1_000_000) int sampleRows) {

  /** Refuses times that are not positive with {@link IllegalArgumentException}. */
  public ValidatorSettings {
    if (!interval.isPositive() || initialDelay.isNegative() || retrainCooldown.isNegative()) {
      throw new IllegalArgumentException(
          "validator.interval %s must be positive, initial-delay %s and retrain-cooldown %s not negative"
              .formatted(interval, initialDelay, retrainCooldown));
    }
  }
}
