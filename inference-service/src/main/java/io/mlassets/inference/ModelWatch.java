package io.mlassets.inference;

import io.micrometer.core.instrument.MeterRegistry;
import io.mlassets.channel.Channels;
import io.mlassets.decision.Thresholds;
import io.mlassets.model.InvalidBundleException;
import io.mlassets.model.ModelBundle;
import io.mlassets.model.ModelVersion;
import io.mlassets.platform.RedisSettings;
import io.mlassets.platform.redis.RedisSubscription;
import io.mlassets.platform.registry.ModelRegistry;
import io.mlassets.platform.registry.RegisteredModel;
import io.mlassets.policy.Policies;
import io.mlassets.signal.SignalMode;
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
 * good one stays (I-06); so do the last good thresholds when the registry's are not allowed.
 */
@Component
class ModelWatch implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(ModelWatch.class);
  private final ModelRegistry registry;
  private final BundleStore store;
  private final AllowedThresholds allowed;
  private final InferenceSettings settings;
  private final MeterRegistry meters;
  private final RedisSubscription notices;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(work -> new Thread(work, "model-watch"));
  private final AtomicReference<@Nullable LiveModel> ready = new AtomicReference<>();
  private volatile @Nullable Refusal refused;
  private volatile boolean looked;
  private volatile boolean running;

  ModelWatch(
      ModelRegistry registry,
      BundleStore store,
      Policies policies,
      InferenceSettings settings,
      MeterRegistry meters,
      RedisSettings redis,
      Channels channels) {
    this.registry = registry;
    this.store = store;
    this.allowed = new AllowedThresholds(policies.core().thetaSearch());
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
  private Optional<Refusal> prepare(RegisteredModel wanted, SignalMode mode) {
    LiveModel current = ready.get();
    try {
      if (current != null
          && current.mode() == mode
          && current.bundle().version().equals(wanted.version())) {
        Optional<Refusal> refusal = putReady(wanted, current.bundle(), mode, current.thresholds());
        store.keepFile(current.bundle());
        return refusal;
      }
      ModelBundle bundle = store.load(wanted.version());
      log.info("model {} verified, mode {}", wanted.version(), mode.wire());
      return putReady(wanted, bundle, mode, bundle.manifest().thresholds());
    } catch (InvalidBundleException e) {
      return Optional.of(
          new Refusal("bundle", "bundles_refused_total", wanted.version(), e.getMessage()));
    }
  }

  /** With the registry's thresholds where they are allowed. */
  private Optional<Refusal> putReady(
      RegisteredModel wanted, ModelBundle bundle, SignalMode mode, Thresholds lastGood) {
    boolean allows = allowed.allows(wanted.thresholds(), bundle.manifest());
    ready.set(new LiveModel(bundle, mode, allows ? wanted.thresholds() : lastGood));
    return allows
        ? Optional.empty()
        : Optional.of(
            new Refusal(
                "thresholds",
                "thresholds_refused_total",
                wanted.version(),
                allowed.complaint(wanted.thresholds())));
  }

  private void tell(Optional<Refusal> refusal) {
    Refusal before = refused;
    refused = refusal.orElse(null);
    refusal
        .filter(now -> !now.equals(before))
        .ifPresent(
            now -> {
              meters.counter(now.counter()).increment();
              log.error("{} of {} refused, what was in force stays", now.kind(), now.what());
            });
  }

  private record Refusal(
      String kind, String counter, ModelVersion version, @Nullable String reason) {

    String what() {
      return version + ": " + reason;
    }
  }

  /** Why model or thresholds wanted are not those in use, null when they are. */
  @Nullable String refused() {
    Refusal now = refused;
    return now == null ? null : now.what();
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
