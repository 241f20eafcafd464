package io.mlassets.inference;

import io.mlassets.platform.PoliciesInForce;
import io.mlassets.policy.Policies;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The policies decisions are made by: those of the model that decides. They are not those in force
 * while a change is refused, as of the feature window a model was trained with; whatever judges
 * decisions asks here. For any thread.
 */
@Component
public class DecidingPolicies {
  private final PoliciesInForce inForce;
  private volatile @Nullable Policies ofModel;

  DecidingPolicies(PoliciesInForce inForce) {
    this.inForce = inForce;
  }

  /** Those of the model that decides; before the first, those in force. */
  public Policies now() {
    Policies deciding = ofModel;
    return deciding == null ? inForce.now() : deciding;
  }

  /** A model decides from now on. */
  void of(LiveModel model) {
    ofModel = model.policies();
  }
}
