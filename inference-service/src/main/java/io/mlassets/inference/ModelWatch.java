package io.mlassets.inference;

import static java.util.stream.Collectors.joining;

import io.micrometer.core.instrument.MeterRegistry;
import io.mlassets.channel.Channels;
import io.mlassets.decision.Thresholds;
import io.mlassets.model.InvalidBundleException;
import io.mlassets.model.ModelBundle;
import io.mlassets.model.ModelVersion;
import io.mlassets.platform.PoliciesInForce;
import io.mlassets.platform.RedisSettings;
import io.mlassets.platform.redis.RedisSubscription;
import io.mlassets.platform.registry.KeptPolicies;
import io.mlassets.platform.registry.ModelRegistry;
import io.mlassets.platform.registry.RegisteredModel;
import io.mlassets.policy.CorePolicy;
import io.mlassets.policy.InvalidPolicyException;
import io.mlassets.policy.Policies;
import io.mlassets.policy.PolicyFiles;
import io.mlassets.signal.SignalMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Keeps the model that should be in force ready for the decision thread: the active one, or, with
 * none, the newest candidate that was not adopted, in shadow. Woken by notices, and by itself every
 * few seconds because notices can be lost. A bundle that does not verify is refused and the last
 * good one stays (I-06); so do the last good thresholds when the registry's are not allowed, and
 * the last good policies when new ones would make other features than the model was trained on.
 */
@Component
class ModelWatch implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(ModelWatch.class);
  private final ModelRegistry registry;
  private final BundleStore store;
  private final PoliciesInForce policies;
  private final KeptPolicies kept;
  private final InferenceSettings settings;
  private final MeterRegistry meters;
  private final RedisSubscription notices;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(work -> new Thread(work, "model-watch"));
  private final AtomicReference<@Nullable LiveModel> ready = new AtomicReference<>();
  private volatile List<Refusal> refused = List.of();
  private volatile boolean looked;
  private volatile boolean running;

  ModelWatch(
      ModelRegistry registry,
      BundleStore store,
      PoliciesInForce policies,
      KeptPolicies kept,
      InferenceSettings settings,
      MeterRegistry meters,
      RedisSettings redis,
      Channels channels) {
    this.registry = registry;
    this.store = store;
    this.policies = policies;
    this.kept = kept;
    this.settings = settings;
    this.meters = meters;
    this.notices = new RedisSubscription(redis, (channel, text) -> checkSoon(), channels.models());
  }

  /** The newest verified model, null while there is none; for the decision thread. */
  @Nullable LiveModel ready() {
    return ready.get();
  }

  /** Whether the registry was looked at: until then nobody knows whether there is a model. */
  boolean hasLooked() {
    return looked;
  }

  @Override
  public void start() {
    running = true;
    long every = settings.modelCheckEvery().toMillis();
    var unused = thread.scheduleWithFixedDelay(this::check, 0, every, TimeUnit.MILLISECONDS);
    notices.start();
  }

  private void checkSoon() {
    thread.execute(this::check);
  }

  private void check() {
    try {
      Optional<RegisteredModel> active = registry.active(settings.scope());
      SignalMode mode = active.isPresent() ? SignalMode.LIVE : SignalMode.SHADOW;
      active
          .or(() -> registry.newestRejected(settings.scope()))
          .ifPresent(wanted -> tell(prepare(wanted, mode)));
      looked = true;
    } catch (RuntimeException e) {
      log.warn("the registry could not be looked at: {}", e.toString());
    }
  }

  /** Puts what is wanted into force as far as it is allowed; says what is not. */
  private List<Refusal> prepare(RegisteredModel wanted, SignalMode mode) {
    LiveModel current = ready.get();
    try {
      if (current != null
          && current.mode() == mode
          && current.bundle().version().equals(wanted.version())) {
        int window = windowOf(current.policies().core());
        List<Refusal> refusals =
            putReady(wanted, current.bundle(), mode, current.thresholds(), window);
        store.keepFile(current.bundle());
        return refusals;
      }
      ModelBundle bundle = store.load(wanted.version());
      log.info("model {} verified, mode {}", wanted.version(), mode.wire());
      return putReady(wanted, bundle, mode, bundle.manifest().thresholds(), trainedWindow(bundle));
    } catch (InvalidBundleException e) {
      return List.of(
          new Refusal("bundle", "bundles_refused_total", wanted.version(), e.getMessage()));
    }
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

  /**
   * With the registry's thresholds and the files' policies, each where it is allowed.
   *
   * @param window feature window the bundle was trained with
   */
  private List<Refusal> putReady(
      RegisteredModel wanted,
      ModelBundle bundle,
      SignalMode mode,
      Thresholds lastGood,
      int window) {
    List<Refusal> refusals = new ArrayList<>();
    Policies inForce = policies.now();
    if (windowOf(inForce.core()) != window) {
      String complaint =
          "feature_window %d, the model was trained with %d"
              .formatted(windowOf(inForce.core()), window);
      inForce = lastPolicies(window).orElseThrow(() -> new InvalidBundleException(complaint));
      refusals.add(new Refusal("policies", "policies_refused_total", wanted.version(), complaint));
    }
    AllowedThresholds allowed = new AllowedThresholds(inForce.core().thetaSearch());
    boolean allows = allowed.allows(wanted.thresholds(), bundle.manifest());
    if (!allows) {
      refusals.add(
          new Refusal(
              "thresholds",
              "thresholds_refused_total",
              wanted.version(),
              allowed.complaint(wanted.thresholds())));
    }
    ready.set(new LiveModel(bundle, mode, allows ? wanted.thresholds() : lastGood, inForce));
    return refusals;
  }

  private Optional<Policies> lastPolicies(int window) {
    return Optional.ofNullable(ready.get())
        .map(LiveModel::policies)
        .filter(last -> windowOf(last.core()) == window);
  }

  private void tell(List<Refusal> refusals) {
    List<Refusal> before = refused;
    refused = refusals;
    for (Refusal now : refusals) {
      if (!before.contains(now)) {
        meters.counter(now.counter()).increment();
        log.error("{} of {} refused, what was in force stays", now.kind(), now.what());
      }
    }
  }

  private record Refusal(
      String kind, String counter, ModelVersion version, @Nullable String reason) {

    String what() {
      return version + ": " + reason;
    }
  }

  /** Why model, thresholds or policies wanted are not those in use, null when they are. */
  @Nullable String refused() {
    List<Refusal> now = refused;
    return now.isEmpty() ? null : now.stream().map(Refusal::what).collect(joining("; "));
  }

  @Override
  public void stop() {
    running = false;
    notices.close();
    thread.shutdownNow();
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
