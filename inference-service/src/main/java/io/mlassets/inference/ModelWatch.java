package io.mlassets.inference;

import static java.util.stream.Collectors.joining;

import io.micrometer.core.instrument.MeterRegistry;
import io.mlassets.channel.Channels;
import io.mlassets.inference.PrepareModel.Prepared;
import io.mlassets.inference.swap.JudgeOutputs;
import io.mlassets.inference.swap.StepBacks;
import io.mlassets.model.InvalidBundleException;
import io.mlassets.model.ModelBundle;
import io.mlassets.platform.RedisSettings;
import io.mlassets.platform.redis.RedisSubscription;
import io.mlassets.platform.registry.ModelRegistry;
import io.mlassets.platform.registry.RegisteredModel;
import io.mlassets.signal.SignalMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Keeps the model that should be in force ready for the decision thread: the active one once its
 * turn has come ({@link Succession}), or, with none, the newest candidate that was not adopted, in
 * shadow. Woken by notices, and by itself every few seconds because notices can be lost. A bundle
 * that does not verify is refused and the last good one stays (I-06); so do the last good
 * thresholds and policies where new ones are not allowed ({@link PrepareModel}). A model that is
 * stepped back from gives way to the last good one; without one it enters nothing more.
 */
@Component
class ModelWatch implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(ModelWatch.class);
  private final ModelRegistry registry;
  private final BundleStore store;
  private final PrepareModel prepareModel;
  private final Succession succession;
  private final ShadowRun shadowRun;
  private final StepBacks stepBacks;
  private final JudgeOutputs judge;
  private final InferenceSettings settings;
  private final MeterRegistry meters;
  private final AtomicInteger steppedBack = new AtomicInteger();
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
      PrepareModel prepareModel,
      Succession succession,
      ShadowRun shadowRun,
      StepBacks stepBacks,
      JudgeOutputs judge,
      InferenceSettings settings,
      MeterRegistry meters,
      RedisSettings redis,
      Channels channels) {
    this.registry = registry;
    this.store = store;
    this.prepareModel = prepareModel;
    this.succession = succession;
    this.shadowRun = shadowRun;
    this.stepBacks = stepBacks;
    this.judge = judge;
    this.settings = settings;
    this.meters = meters;
    meters.gauge("model_stepped_back", steppedBack);
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
      LiveModel current = ready.get();
      if (current != null && current.mode() == SignalMode.LIVE) {
        judge.judge(current.bundle());
      }
      Optional<RegisteredModel> active = registry.active(settings.scope());
      active
          .map(this::live)
          .or(
              () ->
                  registry
                      .newestRejected(settings.scope())
                      .map(wanted -> prepare(wanted, SignalMode.SHADOW)))
          .ifPresent(this::tell);
      looked = true;
    } catch (RuntimeException e) {
      log.warn("the registry could not be looked at: {}", e.toString());
    }
  }

  private List<Refusal> live(RegisteredModel wanted) {
    boolean mayNot = stepBacks.isOpen(settings.scope(), wanted.version());
    steppedBack.set(mayNot ? 1 : 0);
    return mayNot ? stepBack(wanted) : prepare(wanted, SignalMode.LIVE);
  }

  /** Puts what is wanted into force as far as it is allowed; says what is not. */
  private List<Refusal> prepare(RegisteredModel wanted, SignalMode mode) {
    LiveModel current = ready.get();
    try {
      if (current != null
          && current.mode() == mode
          && current.bundle().version().equals(wanted.version())) {
        Prepared same = prepareModel.of(wanted, current.bundle(), mode, current);
        ready.set(same.model());
        succession.settled();
        store.keepFile(current.bundle());
        return same.refusals();
      }
      Prepared next = load(wanted, mode);
      if (current == null && mode == SignalMode.LIVE) {
        current = succession.before(next.model()).orElse(null);
        ready.set(current);
      }
      if (mode == SignalMode.SHADOW) {
        succession.settled();
        ready.set(next.model());
      } else if (succession.isDue(current, next.model())) {
        ready.set(next.model());
      } else if (current != null) {
        ready.set(succession.asWanted(current));
      }
      return next.refusals();
    } catch (InvalidBundleException e) {
      if (current == null && mode == SignalMode.LIVE) {
        succession.lastGood().ifPresent(ready::set);
      }
      return List.of(
          new Refusal("bundle", "bundles_refused_total", wanted.version(), e.getMessage()));
    }
  }

  /** The bundle of a version, not loaded anew at each look of its trial. */
  private Prepared load(RegisteredModel wanted, SignalMode mode) {
    Optional<ModelBundle> onTrial = shadowRun.onTrial(wanted.version());
    ModelBundle bundle = onTrial.orElseGet(() -> store.load(wanted.version()));
    if (onTrial.isEmpty()) {
      log.info("model {} verified, mode {}", wanted.version(), mode.wire());
    }
    return prepareModel.of(wanted, bundle, mode, ready.get());
  }

  /** Another than the one wanted, or that one without entries. */
  private List<Refusal> stepBack(RegisteredModel wanted) {
    LiveModel current = ready.get();
    LiveModel live = current == null || current.mode() == SignalMode.SHADOW ? null : current;
    List<Refusal> refusals = new ArrayList<>();
    try {
      if (live == null) {
        stepBack(load(wanted, SignalMode.LIVE).model());
      } else if (stepBacks.isOpen(settings.scope(), live.bundle().version())) {
        stepBack(live);
      } else {
        succession.settled();
        ready.set(succession.asWanted(live));
        store.keepFile(live.bundle());
      }
      refusals.add(
          new Refusal(
              "model",
              "models_refused_total",
              wanted.version(),
              "stepped back from until that is lifted,"));
    } catch (InvalidBundleException e) {
      refusals.add(
          new Refusal("bundle", "bundles_refused_total", wanted.version(), e.getMessage()));
    }
    return refusals;
  }

  private void stepBack(LiveModel from) {
    Optional<LiveModel> good = succession.insteadOf(from);
    good.ifPresent(succession::steppedBack);
    ready.set(good.orElseGet(() -> succession.asWanted(from).withoutEntries()));
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
