package io.mlassets.label;

import io.mlassets.feature.MarketView;
import io.mlassets.policy.CorePolicy;
import java.util.List;

/** Labels of the candidate entries of one pair. */
public final class Labels {
  private final CorePolicy policy;

  /** Labels by a policy's trading and risk rules. */
  public Labels(CorePolicy policy) {
    this.policy = policy;
  }

  /**
   * Labels of the candidates among consecutive views of one pair, in time order; candidates whose
   * horizon is not complete get none.
   */
  public List<Label> of(List<MarketView> views) {
    throw new UnsupportedOperationException("not yet: " + views.size());
  }

  /** SHA-256 of the policy values and definitions labels depend on, lower-case hex. */
  public String spec() {
    throw new UnsupportedOperationException("not yet: " + policy);
  }
}
