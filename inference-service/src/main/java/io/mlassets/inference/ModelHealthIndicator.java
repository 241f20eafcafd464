package io.mlassets.inference;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Says which model decides; waiting for the first one is no fault. */
@Component("modelHealthIndicator")
class ModelHealthIndicator implements HealthIndicator {
  private final ModelWatch models;

  ModelHealthIndicator(ModelWatch models) {
    this.models = models;
  }

  @Override
  public Health health() {
    LiveModel model = models.ready();
    Health.Builder health = Health.up();
    String refused = models.refused();
    if (refused != null) {
      health.withDetail("refused", refused);
    }
    return model == null
        ? health.withDetail("state", "waiting for a model").build()
        : health
            .withDetail("version", model.bundle().version().value())
            .withDetail("mode", model.mode().wire())
            .build();
  }
}
