package io.mlassets.inference;

import io.mlassets.inference.features.FeatureFeed;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Decides, on one thread: takes bars from their source, and for every bar that both legs have makes
 * features, scores and a decision, if the pair's shard is leased to this replica. Bars of a model
 * whose features the data pipeline makes wait for them, and are decided when these come. What a
 * read brought is committed before the next read, in one transaction unless it is more than {@value
 * RecordDecisions#MOST_PER_COMMIT}; while PostgreSQL is away it waits with the decisions in hand.
 */
@Component
class InferenceLoop implements SmartLifecycle {
  private static final long FIRST_LOOK_MILLIS = 20;

  private final ModelWatch models;
  private final DecidingModel model;
  private final FollowShards shards;
  private final BookFills fills;
  private final BarIntake intake;
  private final DecideBars bars;
  private final RecordDecisions record;
  private final ShowStates states;
  private final StageMetrics stages;
  private final BarSource source;
  private final BarPosition position;
  private final FeatureFeed features;
  private final UntilDone untilDone;
  private final DecidingThread thread = new DecidingThread();
  private volatile boolean running;

  InferenceLoop(
      ModelWatch models,
      DecidingModel model,
      FollowShards shards,
      BookFills fills,
      BarIntake intake,
      DecideBars bars,
      RecordDecisions record,
      ShowStates states,
      StageMetrics stages,
      BarSource source,
      BarPosition position,
      FeatureFeed features,
      UntilDone untilDone) {
    this.models = models;
    this.model = model;
    this.shards = shards;
    this.fills = fills;
    this.intake = intake;
    this.bars = bars;
    this.record = record;
    this.states = states;
    this.stages = stages;
    this.source = source;
    this.position = position;
    this.features = features;
    this.untilDone = untilDone;
  }

  /** The model in force, null while waiting for the first. */
  @Nullable LiveModel model() {
    return model.announced();
  }

  /** A read of bars, on the source's thread. */
  private void handle(List<BarEntry> entries) {
    awaitFirstLook();
    whileRunning(() -> decideOn(entries));
  }

  /** Features came, or bars may have waited long enough for them; on other threads. */
  private void look() {
    whileRunning(this::decideWaiting);
  }

  private void whileRunning(Runnable work) {
    thread.run(
        () -> {
          if (running) {
            work.run();
          }
        });
  }

  /** Bars must not be taken for history only because the registry was not looked at yet. */
  private void awaitFirstLook() {
    while (running && !models.hasLooked()) {
      try {
        Thread.sleep(FIRST_LOOK_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("stopped before the registry was looked at", e);
      }
    }
  }

  private void decideOn(List<BarEntry> entries) {
    model.swap(this::look);
    LiveModel current = model.now();
    if (current != null) {
      shards.follow(current);
      model.announce();
    }
    fills.book();
    // Bars that come before there is a model are history: the data pipeline keeps them.
    List<BarEntry> counted = current == null ? List.of() : entries;
    stages.begin(counted);
    String last = entries.isEmpty() ? position.handled() : entries.getLast().id();
    record.attempt(
        decisions -> {
          counted.forEach(entry -> decideOn(entry, decisions));
          bars.settle(decisions);
          record.commit(decisions, position.progress(last));
        });
    states.show();
    stages.end();
    position.handled(last);
    shards.forgetLost();
  }

  private void decideOn(BarEntry entry, List<Decided> decisions) {
    LiveModel current = Objects.requireNonNull(model.now());
    intake
        .take(entry, current.bundle().manifest().interval(), model.symbols())
        .ifPresent(leg -> bars.hear(leg, entry.cameAt(), decisions));
    record.commitPart(decisions);
  }

  private void decideWaiting() {
    if (!bars.isAnyWaiting()) {
      return;
    }
    record.attempt(
        decisions -> {
          bars.settle(decisions);
          record.commit(decisions, position.progress());
        });
    states.show();
    stages.forget();
  }

  @Override
  public void start() {
    running = true;
    source.start(position.start(), this::handle);
  }

  @Override
  public void stop() {
    running = false;
    untilDone.stop();
    source.close();
    features.close();
    try {
      thread.run(shards::leave);
    } finally {
      thread.end();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
