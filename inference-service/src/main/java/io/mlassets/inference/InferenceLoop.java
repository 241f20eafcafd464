package io.mlassets.inference;

import io.mlassets.channel.TradeNotice;
import io.mlassets.feature.FeatureSchema;
import io.mlassets.feature.MarketView;
import io.mlassets.inference.ShardLeases.Progress;
import io.mlassets.inference.features.FeatureFeed;
import io.mlassets.market.Bar;
import io.mlassets.market.PairBar;
import io.mlassets.market.Symbol;
import io.mlassets.model.BundleManifest;
import io.mlassets.platform.MarketClock;
import io.mlassets.shard.ShardPlan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Decides, one thread at a time: takes bars from their source, and for every bar that both legs
 * have makes features, scores and a decision, if the pair's shard is leased to this replica. Bars
 * of a model whose features the data pipeline makes wait for them, and are decided when these come.
 * What a read brought is committed before the next read, in one transaction unless it is more than
 * {@value #MOST_PER_COMMIT}; while PostgreSQL is away it waits with the decisions in hand.
 */
@Component
class InferenceLoop implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(InferenceLoop.class);
  private static final int MOST_PER_COMMIT = 1_000;
  private static final long FIRST_LOOK_MILLIS = 20;

  private final ModelWatch models;
  private final HeldShards shards;
  private final DecidingPolicies policies;
  private final LivePairs pairs;
  private final BarIntake intake;
  private final HeardBars heard;
  private final TradeInbox trades;
  private final DecisionCommit commit;
  private final UntilDone untilDone;
  private final ShowStates states;
  private final PairBoard board;
  private final InferenceMetrics metrics;
  private final StageMetrics stages;
  private final MarketClock marketClock;
  private final ShardSettings settings;
  private final BarSource source;
  private final BarPosition position;
  private final FeatureFeed features;
  private final WaitingBars waiting;
  private final History history;

  /** Whose turn it is: of the thread that reads bars, or of those that bring features. */
  private final ReentrantLock turn = new ReentrantLock();

  private volatile @Nullable LiveModel model;
  private volatile boolean running;

  /** Of who has the turn: the model it decides by, with its symbols. */
  private @Nullable LiveModel deciding;

  private FeatureSchema schema = FeatureSchema.current();

  private Set<Symbol> symbols = Set.of();

  /** Up to where bars were handled, null before the first. */
  private @Nullable String handled;

  InferenceLoop(
      ModelWatch models,
      HeldShards shards,
      DecidingPolicies policies,
      LivePairs pairs,
      BarIntake intake,
      HeardBars heard,
      TradeInbox trades,
      DecisionCommit commit,
      UntilDone untilDone,
      ShowStates states,
      PairBoard board,
      InferenceMetrics metrics,
      StageMetrics stages,
      MarketClock marketClock,
      ShardSettings settings,
      BarSource source,
      BarPosition position,
      FeatureFeed features,
      WaitingBars waiting,
      History history) {
    this.models = models;
    this.shards = shards;
    this.policies = policies;
    this.pairs = pairs;
    this.intake = intake;
    this.heard = heard;
    this.trades = trades;
    this.commit = commit;
    this.untilDone = untilDone;
    this.states = states;
    this.board = board;
    this.metrics = metrics;
    this.stages = stages;
    this.marketClock = marketClock;
    this.settings = settings;
    this.source = source;
    this.position = position;
    this.features = features;
    this.waiting = waiting;
    this.history = history;
  }

  /** The model in force, null while waiting for the first. */
  @Nullable LiveModel model() {
    return model;
  }

  private void handle(List<BarEntry> entries) {
    awaitFirstLook();
    turn.lock();
    try {
      if (running) {
        decideOn(entries);
      }
    } finally {
      turn.unlock();
    }
  }

  private void decideOn(List<BarEntry> entries) {
    swapModel();
    LiveModel current = deciding;
    if (current != null) {
      shards.look(progress());
      follow(current);
      announce(current);
    }
    trades.take().forEach(this::book);
    // Bars that come before there is a model are history: the data pipeline keeps them.
    List<Decided> decisions = new ArrayList<>();
    if (current != null) {
      stages.begin(entries);
      for (BarEntry entry : entries) {
        intake
            .take(entry, current.bundle().manifest().interval(), symbols)
            .ifPresent(bar -> hear(bar, entry.cameAt(), decisions));
        commitPart(decisions);
      }
    }
    settle(decisions);
    String last = entries.isEmpty() ? handled : entries.getLast().id();
    commit(decisions, progress(last));
    states.show();
    stages.end();
    handled = last;
    forgetLost();
  }

  /** Features came, or bars may have waited long enough for them. */
  private void look() {
    turn.lock();
    try {
      if (running && !waiting.isEmpty()) {
        List<Decided> decisions = new ArrayList<>();
        settle(decisions);
        commit(decisions, progress());
        states.show();
        stages.forget();
      }
    } finally {
      turn.unlock();
    }
  }

  /** Decides on the bars that need wait for features no longer. */
  private void settle(List<Decided> decisions) {
    if (deciding == null || waiting.isEmpty()) {
      return;
    }
    waiting.keepOnly(pairs);
    for (WaitingBars.Ready ready : waiting.take(schema)) {
      guarded(
          ready.pair(),
          ready.view().bar().ts(),
          () -> decideNow(ready.pair(), ready.view(), ready.cameAt(), decisions));
    }
  }

  private Progress progress() {
    return progress(handled);
  }

  /** All our shards whose pairs are here are decided up to there, but for bars that wait. */
  private Progress progress(@Nullable String last) {
    waiting.keepOnly(pairs);
    Optional<WaitingBars.Before> oldest = waiting.oldest();
    String decided = oldest.isEmpty() ? last : oldest.get().position();
    return decided == null
        ? Progress.UNKNOWN
        : new Progress(position.kept(decided), Set.copyOf(pairs.shards().keySet()));
  }

  private void commit(List<Decided> decisions, Progress progress) {
    if (decisions.isEmpty()) {
      return;
    }
    try {
      List<Decided> refused =
          commit.commit(Objects.requireNonNull(deciding).policies(), decisions, progress);
      if (!refused.isEmpty()) {
        pairs.goOnAfter(refused);
        states.withdraw(refused);
        board.live(pairs.pairs());
      }
    } catch (RuntimeException e) {
      // What is not on record is decided again, from core.bars and from what was heard.
      pairs.retain(Collections.emptySortedMap());
      states.withdraw(decisions);
      throw e;
    }
  }

  /** Goes on with the pairs of shards taken, and not with those of others. */
  private void follow(LiveModel current) {
    forgetLost();
    SortedMap<Integer, Long> ours = shards.held();
    if (!pairs.shards().keySet().containsAll(ours.keySet())) {
      LivePairs.Taken taken = pairs.take(current, ours);
      board.live(pairs.pairs());
      taken.last().forEach(states::decided);
      catchUp(taken.due());
      forgetLost();
    }
  }

  private void forgetLost() {
    if (!shards.held().entrySet().containsAll(pairs.shards().entrySet())) {
      pairs.retain(shards.held());
      board.live(pairs.pairs());
    }
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

  private void hear(Bar leg, @Nullable Instant cameAt, List<Decided> decisions) {
    marketClock.sawBar(leg.end());
    heard.add(leg);
    for (LivePair pair : pairs.with(leg.symbol())) {
      for (PairBar bar : pairs.whole(pair, leg)) {
        @Nullable Instant came = bar.ts().equals(leg.ts()) ? cameAt : null;
        guarded(
            pair,
            bar.ts(),
            () -> pair.advance(bar).ifPresent(view -> decide(pair, view, came, decisions)));
      }
    }
  }

  /** A pair that cannot be decided on must not take the decisions on the others with it. */
  private void guarded(LivePair pair, Instant barTs, Runnable work) {
    try {
      work.run();
    } catch (UntilDone.StoppedException e) {
      throw e;
    } catch (RuntimeException e) {
      metrics.decisionFailed(pair.pair());
      log.error("{}: no decision on bar {}", pair.pair(), barTs, e);
    }
  }

  private void decide(
      LivePair pair, MarketView view, @Nullable Instant cameAt, List<Decided> decisions) {
    if (schema.isCurrent() && waiting.isEmpty()) {
      decideNow(pair, view, cameAt, decisions);
    } else {
      waiting.add(pair, view, cameAt, handled);
    }
  }

  private void decideNow(
      LivePair pair, MarketView view, @Nullable Instant cameAt, List<Decided> decisions) {
    LiveModel current = Objects.requireNonNull(deciding);
    Decided decided = pair.decide(view, current, marketClock.now(), cameAt);
    decisions.add(decided);
    states.decided(PairState.of(decided, pair.holding(), metrics.missingLegs(pair.pair())));
  }

  /** Between two reads, so no bar is scored half by one model and half by the other. */
  private void swapModel() {
    LiveModel next = models.ready();
    LiveModel current = deciding;
    if (next == null || (current != null && next.isSame(current))) {
      return;
    }
    if (current == null || !current.fits(next)) {
      BundleManifest manifest = next.bundle().manifest();
      shards.split(new ShardPlan(manifest.pairs(), settings.size()));
      pairs.retain(Collections.emptySortedMap());
      board.live(List.of());
      symbols =
          manifest.pairs().stream()
              .flatMap(pair -> pair.legs().stream())
              .collect(Collectors.toUnmodifiableSet());
      if (current != null && !current.bundle().manifest().interval().equals(manifest.interval())) {
        heard.forget();
      }
    }
    FeatureSchema asked = next.schema();
    if (!asked.isCurrent()) {
      BundleManifest manifest = next.bundle().manifest();
      features.start(
          untilDone.get(
              "look for the last decisions",
              () -> history.earliestDecided(next.mode(), manifest.pairs(), manifest.interval())),
          this::look);
    }
    schema = asked;
    deciding = next;
    policies.of(next);
  }

  /** Once the pairs of our shards are here, others may know. */
  private void announce(LiveModel next) {
    LiveModel before = model;
    if (before != null && next.isSame(before)) {
      return;
    }
    model = next;
    if (before != null && next.isSameBundle(before)) {
      tellChanged(before, next);
    } else {
      metrics.inForce(next);
      log.info("model {} decides, mode {}", next.bundle().version(), next.mode().wire());
    }
  }

  private void tellChanged(LiveModel current, LiveModel next) {
    if (!next.thresholds().equals(current.thresholds())) {
      metrics.retuned();
      log.info("thresholds {} instead of {}", next.thresholds(), current.thresholds());
    }
    if (!next.policies().hash().equals(current.policies().hash())) {
      log.info("decides by policies {} from now on", next.policies().hash());
    }
  }

  private void catchUp(List<LivePairs.Due> dues) {
    List<Decided> decisions = new ArrayList<>();
    for (LivePairs.Due due : dues) {
      if (!pairs.isHere(due.pair())) {
        continue;
      }
      PairBar bar = due.view().bar();
      marketClock.sawBar(bar.a().end());
      guarded(due.pair(), bar.ts(), () -> decide(due.pair(), due.view(), null, decisions));
      commitPart(decisions);
    }
    settle(decisions);
    commit(decisions, Progress.UNKNOWN);
    states.show();
  }

  /** The dispatcher sends a part while the next is decided. */
  private void commitPart(List<Decided> decisions) {
    if (decisions.size() >= MOST_PER_COMMIT) {
      commit(decisions, Progress.UNKNOWN);
      decisions.clear();
    }
  }

  private void book(TradeNotice notice) {
    LiveModel current = deciding;
    if (current == null || !notice.mode().equals(current.mode().wire())) {
      return;
    }
    for (LivePair pair : pairs.all()) {
      if (pair.pair().equals(notice.fill().pair())) {
        guarded(
            pair,
            notice.fill().filledAt(),
            () -> pair.holding().filled(UUID.fromString(notice.signalId()), notice.fill()));
      }
    }
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
    turn.lock();
    try {
      shards.leave(progress());
    } finally {
      turn.unlock();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
