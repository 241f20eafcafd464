package io.mlassets.inference;

import io.mlassets.inference.swap.Swaps;
import io.mlassets.inference.swap.Swaps.Cause;
import io.mlassets.model.InvalidBundleException;
import io.mlassets.model.ModelVersion;
import io.mlassets.platform.registry.ModelRegistry;
import io.mlassets.signal.SignalMode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * When a model's turn has come. A model that is new here runs in shadow beside the one in force
 * first. At once come in force:
 *
 * <ul>
 *   <li>the first model, because nothing else decides;
 *   <li>one that decided here before, because a roll-back is to help at once, and so is the lifting
 *       of a step back;
 *   <li>one with other pairs or another interval, because there is no position of the model in
 *       force to decide on and pairs must not be left without exits for the length of a trial;
 *   <li>one of another feature schema, because there is no vector of it beside the decisions of the
 *       model in force;
 *   <li>a change of mode, and everything in shadow mode: a shadow model sends nothing, its whole
 *       life is a trial;
 *   <li>other thresholds of the same bundle, because they were chosen within the policy's range on
 *       the outputs of the very model that decides.
 * </ul>
 *
 * <p>Nothing is exempt for being urgent: with {@code inference.swap.shadow-bars} 0 all is at once.
 */
@Component
class Succession {
  private static final Logger log = LoggerFactory.getLogger(Succession.class);
  private final ModelRegistry registry;
  private final BundleStore store;
  private final Swaps swaps;
  private final ShadowRun shadowRun;
  private final PrepareModel prepareModel;
  private final String scope;

  Succession(
      ModelRegistry registry,
      BundleStore store,
      Swaps swaps,
      ShadowRun shadowRun,
      PrepareModel prepareModel,
      InferenceSettings settings) {
    this.registry = registry;
    this.store = store;
    this.swaps = swaps;
    this.shadowRun = shadowRun;
    this.prepareModel = prepareModel;
    this.scope = settings.scope();
  }

  /**
   * Whether a live model may decide from the next bar on; if so, that is on record.
   *
   * @param inForce what decides, null at the start
   */
  boolean isDue(@Nullable LiveModel inForce, LiveModel next) {
    ModelVersion version = next.bundle().version();
    if (inForce != null && needsTrial(inForce, next)) {
      if (!shadowRun.passed(inForce, next)) {
        return false;
      }
      swaps.note(scope, version, Cause.TRIAL);
      return true;
    }
    shadowRun.none();
    boolean first = inForce == null && swaps.last(scope).isEmpty();
    swaps.note(scope, version, first ? Cause.FIRST : Cause.AT_ONCE);
    return true;
  }

  private boolean needsTrial(LiveModel inForce, LiveModel next) {
    return shadowRun.isOn()
        && inForce.fits(next)
        && inForce.schema().equals(next.schema())
        && !swaps.hasDecided(scope, next.bundle().version());
  }

  /**
   * What decided before this process started and goes on until the next model's turn has come;
   * empty when that may decide at once.
   */
  Optional<LiveModel> before(LiveModel next) {
    return swaps.good(scope).stream()
        .limit(1)
        .filter(version -> !next.isLive(version))
        .flatMap(version -> loaded(version, next).stream())
        .filter(before -> needsTrial(before, next))
        .findFirst();
  }

  /** The last good model, for a start at which the one that should decide is none. */
  Optional<LiveModel> lastGood() {
    return swaps.good(scope).stream()
        .flatMap(version -> loaded(version, null).stream())
        .findFirst();
  }

  /** The last good model that has this one's pairs and interval. */
  Optional<LiveModel> insteadOf(LiveModel bad) {
    return swaps.good(scope).stream()
        .filter(version -> !bad.isLive(version))
        .flatMap(version -> loaded(version, bad).stream())
        .filter(bad::fits)
        .findFirst();
  }

  /** What decides is what should. */
  void settled() {
    shadowRun.none();
  }

  /** A step back is made. */
  void steppedBack(LiveModel to) {
    shadowRun.none();
    swaps.note(scope, to.bundle().version(), Cause.STEP_BACK);
  }

  /** What decides, with the thresholds and policies that are wanted of it by now. */
  LiveModel asWanted(LiveModel inForce) {
    return registry
        .find(inForce.bundle().version(), scope)
        .map(row -> prepareModel.of(row, inForce.bundle(), inForce.mode(), inForce).model())
        .orElse(inForce);
  }

  private Optional<LiveModel> loaded(ModelVersion version, @Nullable LiveModel last) {
    try {
      return registry
          .find(version, scope)
          .map(row -> prepareModel.of(row, store.load(version), SignalMode.LIVE, last).model());
    } catch (InvalidBundleException e) {
      log.error("model {} cannot be gone back to: {}", version, e.getMessage());
      return Optional.empty();
    }
  }
}
