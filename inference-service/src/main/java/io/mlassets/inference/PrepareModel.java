package io.mlassets.inference;

import io.mlassets.decision.Thresholds;
import io.mlassets.model.InvalidBundleException;
import io.mlassets.model.ModelBundle;
import io.mlassets.platform.PoliciesInForce;
import io.mlassets.platform.registry.KeptPolicies;
import io.mlassets.platform.registry.RegisteredModel;
import io.mlassets.policy.CorePolicy;
import io.mlassets.policy.InvalidPolicyException;
import io.mlassets.policy.Policies;
import io.mlassets.policy.PolicyFiles;
import io.mlassets.signal.SignalMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Makes of a bundle what decides: with the registry's thresholds and the files' policies, each
 * where it is allowed. Thresholds are when they are the bundle's or within the policy's range;
 * policies are when features are made of the window the bundle was trained with.
 */
@Component
class PrepareModel {
  private static final Logger log = LoggerFactory.getLogger(PrepareModel.class);
  private final PoliciesInForce policies;
  private final KeptPolicies kept;

  PrepareModel(PoliciesInForce policies, KeptPolicies kept) {
    this.policies = policies;
    this.kept = kept;
  }

  /**
   * What decides, and what it does without.
   *
   * @param model ready to decide
   * @param refusals what was wanted of it and is not allowed
   */
  record Prepared(LiveModel model, List<Refusal> refusals) {}

  /**
   * Prepares a bundle.
   *
   * @param row what the registry wants of it
   * @param last what decided last, whose thresholds (of the same bundle) and policies go on where
   *     those wanted are not allowed; null at the start
   * @throws InvalidBundleException if its features cannot be made by any policies there are
   */
  Prepared of(RegisteredModel row, ModelBundle bundle, SignalMode mode, @Nullable LiveModel last) {
    List<Refusal> refusals = new ArrayList<>();
    @Nullable LiveModel same =
        last != null && last.bundle().sha256().equals(bundle.sha256()) ? last : null;
    int window = same == null ? trainedWindow(bundle) : same.featureWindow();
    Policies inForce = policies.now();
    if (windowOf(inForce.core()) != window) {
      String complaint =
          "feature_window %d, the model was trained with %d"
              .formatted(windowOf(inForce.core()), window);
      if (last == null || last.featureWindow() != window) {
        throw new InvalidBundleException(complaint);
      }
      inForce = last.policies();
      refusals.add(new Refusal("policies", "policies_refused_total", row.version(), complaint));
    }
    AllowedThresholds allowed = new AllowedThresholds(inForce.core().thetaSearch());
    Thresholds thresholds = row.thresholds();
    if (!allowed.allows(thresholds, bundle.manifest())) {
      refusals.add(
          new Refusal(
              "thresholds",
              "thresholds_refused_total",
              row.version(),
              allowed.complaint(thresholds)));
      thresholds = same == null ? bundle.manifest().thresholds() : same.thresholds();
    }
    return new Prepared(new LiveModel(bundle, mode, thresholds, inForce), refusals);
  }

  /** Of policies that nobody kept, or this build cannot read, nothing is known. */
  private int trainedWindow(ModelBundle bundle) {
    String hash = bundle.manifest().policyHash();
    try {
      return kept.content(hash)
          .map(content -> windowOf(PolicyFiles.readCore(content)))
          .orElseGet(() -> windowOf(policies.now().core()));
    } catch (InvalidPolicyException e) {
      log.warn("policies {} that {} was trained by: {}", hash, bundle.version(), e.getMessage());
      return windowOf(policies.now().core());
    }
  }

  private static int windowOf(CorePolicy policy) {
    return policy.trading().featureWindow();
  }
}
