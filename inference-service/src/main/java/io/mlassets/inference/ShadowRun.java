package io.mlassets.inference;

import io.micrometer.core.instrument.MeterRegistry;
import io.mlassets.decision.DecideBar;
import io.mlassets.inference.swap.JudgeOutputs;
import io.mlassets.inference.swap.StepBack.Found;
import io.mlassets.inference.swap.StepBacks;
import io.mlassets.inference.swap.SwapSettings;
import io.mlassets.inference.swap.Trial;
import io.mlassets.inference.swap.Trial.Outcome;
import io.mlassets.inference.swap.TrialDecision;
import io.mlassets.inference.swap.TrialProgress;
import io.mlassets.inference.swap.Trials;
import io.mlassets.model.ModelBundle;
import io.mlassets.model.ModelVersion;
import io.mlassets.policy.Policies;
import jakarta.annotation.PreDestroy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Runs a new model beside the one in force: on each bar that was decided and committed it decides
 * too, of the same features and position, by its own thresholds, on a thread of its own, so that
 * nothing that is sent waits for it. What it says is kept as {@code core.trial_decisions} and never
 * sent. Bars lost here, because the thread is behind or PostgreSQL away, are not counted and made
 * up for by later ones.
 */
@Component
class ShadowRun {
  private static final Logger log = LoggerFactory.getLogger(ShadowRun.class);
  private static final int MOST_WAITING = 256;

  private record Course(Trial trial, LiveModel next) {}

  private final Trials trials;
  private final StepBacks stepBacks;
  private final JudgeOutputs judge;
  private final SwapSettings swap;
  private final String scope;
  private final MeterRegistry meters;
  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(MOST_WAITING),
          work -> Thread.ofPlatform().daemon().name("shadow-run").unstarted(work),
          (work, full) -> lost());
  private volatile @Nullable Course course;
  private volatile @Nullable TrialProgress progress;
  private boolean idle;

  ShadowRun(
      Trials trials,
      StepBacks stepBacks,
      JudgeOutputs judge,
      SwapSettings swap,
      InferenceSettings settings,
      MeterRegistry meters) {
    this.trials = trials;
    this.stepBacks = stepBacks;
    this.judge = judge;
    this.swap = swap;
    this.scope = settings.scope();
    this.meters = meters;
    meters.gauge("trial_bars_due", this, ShadowRun::barsDue);
    meters.gauge("trial_bars_done", this, ShadowRun::barsDone);
    meters.gauge("trial_agreement", this, ShadowRun::agreement);
  }

  private double barsDue() {
    Course now = course;
    return now == null ? Double.NaN : now.trial().barsDue();
  }

  private double barsDone() {
    Course now = course;
    TrialProgress come = progress;
    return now == null || come == null ? Double.NaN : come.barsDone(pairs(now));
  }

  private double agreement() {
    TrialProgress come = progress;
    Double share = course == null || come == null ? null : come.agreement();
    return share == null ? Double.NaN : share;
  }

  private static int pairs(Course of) {
    return of.next().bundle().manifest().pairs().size();
  }

  /** Whether models are tried at all. */
  boolean isOn() {
    return swap.shadowBars() > 0;
  }

  /** The bundle on trial, if it is of this version. */
  Optional<ModelBundle> onTrial(ModelVersion version) {
    Course now = course;
    return now == null || !now.next().isLive(version)
        ? Optional.empty()
        : Optional.of(now.next().bundle());
  }

  /**
   * Begins a trial or goes on with it; for the thread that watches models.
   *
   * @return whether the next model has passed it
   */
  boolean passed(LiveModel inForce, LiveModel next) {
    ModelVersion version = next.bundle().version();
    Trial trial = trials.begin(scope, version, inForce.bundle().version(), swap.shadowBars());
    if (!trial.isOf(version, inForce.bundle().version())) {
      return false;
    }
    Course before = course;
    Course now = new Course(trial, next);
    if (before == null || before.trial().id() != trial.id()) {
      log.info(
          "model {} runs in shadow beside {}, {} bars", version, trial.beside(), trial.barsDue());
    }
    course = now;
    idle = false;
    TrialProgress come = trials.progress(trial.id());
    progress = come;
    if (!come.isDone(trial.barsDue(), pairs(now))) {
      return false;
    }
    Optional<JudgeOutputs.Outside> outside = judge.outside(trial.id(), next.bundle());
    if (outside.isPresent()) {
      refuse(now, outside.get().reason(), outside.get().figures());
      return false;
    }
    course = null;
    trials.end(
        scope,
        Outcome.PASSED,
        "%d of %d decisions are those of the model in force"
            .formatted(come.agreeing(), come.decisions()));
    ended(Outcome.PASSED);
    return true;
  }

  /** There is nothing to try. */
  void none() {
    if (!idle) {
      course = null;
      trials.end(scope, Outcome.SUPERSEDED, "nothing is to be tried any more");
      idle = true;
    }
  }

  /** The decisions of a read were committed; for the decision thread, which goes on at once. */
  void beside(List<Decided> decisions) {
    Course now = course;
    if (now != null) {
      List<Decided> committed = List.copyOf(decisions);
      thread.execute(() -> run(now, committed));
    }
  }

  private void lost() {
    meters.counter("trial_bars_lost_total").increment();
  }

  private void run(Course now, List<Decided> decisions) {
    if (course == null) {
      return;
    }
    try {
      List<TrialDecision> made = new ArrayList<>();
      for (Decided decided : decisions) {
        if (decided.signal().modelVersion().equals(now.trial().beside())) {
          made.add(decide(now, decided));
        }
      }
      trials.keep(now.trial().id(), made);
      meters.counter("trial_decisions_total").increment(made.size());
    } catch (DataAccessException | TransactionException e) {
      lost();
      log.warn("decisions of a trial were not kept: {}", e.toString());
    } catch (RuntimeException e) {
      log.error("model {} failed on trial", now.trial().version(), e);
      failed(now, e);
    }
  }

  private TrialDecision decide(Course now, Decided decided) {
    Policies policies = now.next().policies();
    return TrialDecision.of(
        new DecideBar(policies.core(), policies.hash()),
        policies.core().trading(),
        now.next().bundle(),
        now.next().thresholds(),
        decided.signal(),
        decided.features(),
        decided.trace().state());
  }

  private void failed(Course now, RuntimeException cause) {
    try {
      refuse(now, "failed on trial: " + cause, Map.of("exception", cause.getClass().getName()));
    } catch (DataAccessException | TransactionException e) {
      // It fails again on the next bar.
      log.warn("the refusal was not recorded: {}", e.toString());
    }
  }

  private void refuse(Course now, String reason, Map<String, ?> figures) {
    stepBacks.stepBack(scope, now.trial().version(), Found.TRIAL, reason, figures);
    course = null;
    trials.end(scope, Outcome.REFUSED, reason);
    ended(Outcome.REFUSED);
  }

  private void ended(Outcome outcome) {
    meters.counter("trials_total", "outcome", outcome.wire()).increment();
  }

  @PreDestroy
  void close() {
    thread.shutdownNow();
  }
}
