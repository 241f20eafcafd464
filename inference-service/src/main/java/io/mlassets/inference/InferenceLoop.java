package io.mlassets.inference;

import io.mlassets.channel.TradeNotice;
import io.mlassets.feature.MarketView;
import io.mlassets.market.Bar;
import io.mlassets.market.PairBar;
import io.mlassets.platform.MarketClock;
import io.mlassets.platform.database.Quarantine;
import io.mlassets.policy.Policies;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * The one decision thread: takes bars from their source, and for every bar that both legs have
 * makes features, scores and a decision. What a read brought is committed in one transaction before
 * the next read; while PostgreSQL is away it waits with the decisions in hand.
 */
@Component
class InferenceLoop implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(InferenceLoop.class);
  private static final int MOST_PER_COMMIT = 1_000;
  private static final long FIRST_LOOK_MILLIS = 20;

  private final ModelWatch models;
  private final LivePairs pairs;
  private final BarIntake intake;
  private final TradeInbox trades;
  private final SignalStore store;
  private final UntilDone untilDone;
  private final Quarantine quarantine;
  private final LiveCache cache;
  private final SqliteCache file;
  private final PairBoard board;
  private final InferenceMetrics metrics;
  private final MarketClock marketClock;
  private final Clock clock;
  private final InferenceSettings settings;
  private final BarSource source;
  private volatile @Nullable LiveModel model;
  private volatile boolean running;

  InferenceLoop(
      ModelWatch models,
      LivePairs pairs,
      BarIntake intake,
      TradeInbox trades,
      SignalStore store,
      UntilDone untilDone,
      Quarantine quarantine,
      LiveCache cache,
      SqliteCache file,
      PairBoard board,
      InferenceMetrics metrics,
      MarketClock marketClock,
      Clock clock,
      InferenceSettings settings,
      BarSource source) {
    this.models = models;
    this.pairs = pairs;
    this.intake = intake;
    this.trades = trades;
    this.store = store;
    this.untilDone = untilDone;
    this.quarantine = quarantine;
    this.cache = cache;
    this.file = file;
    this.board = board;
    this.metrics = metrics;
    this.marketClock = marketClock;
    this.clock = clock;
    this.settings = settings;
    this.source = source;
  }

  /** The model in force, null while waiting for the first. */
  @Nullable LiveModel model() {
    return model;
  }

  private void handle(List<BarEntry> entries) {
    awaitFirstLook();
    if (!running) {
      return;
    }
    swapModel();
    trades.take().forEach(this::book);
    LiveModel current = model;
    if (current == null) {
      // Bars that come before there is a model are history: the data pipeline keeps them.
      remember(entries);
      return;
    }
    List<Decided> decisions = new ArrayList<>();
    for (BarEntry entry : entries) {
      intake
          .take(entry, current.bundle().manifest().interval(), pairs.symbols())
          .ifPresent(bar -> hear(bar, entry.cameAt(), decisions));
    }
    commit(decisions);
    remember(entries);
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

  private void remember(List<BarEntry> entries) {
    if (!entries.isEmpty()) {
      cache.position(source, entries.getLast().id());
    }
  }

  private void hear(Bar leg, @Nullable Instant cameAt, List<Decided> decisions) {
    marketClock.sawBar(leg.end());
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
    LiveModel current = Objects.requireNonNull(model);
    Decided decided = pair.decide(view, current, marketClock.now(), cameAt);
    decisions.add(decided);
    board.show(PairState.of(decided, pair.holding(), metrics.missingLegs(pair.pair())));
  }

  /** Between two reads, so no bar is scored half by one model and half by the other. */
  private void swapModel() {
    LiveModel next = models.ready();
    LiveModel current = model;
    if (next == null || (current != null && next.isSame(current))) {
      return;
    }
    if (current == null || !fits(current, next)) {
      pairs.rebuild(next);
      board.live(pairs.pairs());
      pairs.lastStates(next).forEach(board::show);
    }
    model = next;
    if (current != null && next.isSameBundle(current)) {
      tellChanged(current, next);
    } else {
      metrics.inForce(next);
      log.info("model {} decides, mode {}", next.bundle().version(), next.mode().wire());
    }
    catchUp();
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

  /** Whether engines and positions can go on under the next model. */
  private static boolean fits(LiveModel current, LiveModel next) {
    var before = current.bundle().manifest();
    var after = next.bundle().manifest();
    return current.mode() == next.mode()
        && before.pairs().equals(after.pairs())
        && before.interval().equals(after.interval())
        && windowOf(current) == windowOf(next);
  }

  private static int windowOf(LiveModel model) {
    return model.policies().core().trading().featureWindow();
  }

  private void catchUp() {
    List<Decided> decisions = new ArrayList<>();
    for (LivePairs.Due due : pairs.takeCatchUp()) {
      PairBar bar = due.view().bar();
      marketClock.sawBar(bar.a().end());
      guarded(due.pair(), bar.ts(), () -> decide(due.pair(), due.view(), null, decisions));
      if (decisions.size() == MOST_PER_COMMIT) {
        commit(decisions);
        decisions.clear();
      }
    }
    commit(decisions);
  }

  private void book(TradeNotice notice) {
    LiveModel current = model;
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

  private void commit(List<Decided> decisions) {
    if (decisions.isEmpty()) {
      return;
    }
    try {
      insert(decisions);
    } catch (DataIntegrityViolationException e) {
      log.error("{} decisions were refused together, now one by one", decisions.size(), e);
      decisions.forEach(this::insertAlone);
    }
    Instant committed = clock.instant();
    cache.wakeDispatcher();
    metrics.committed(decisions, committed);
    List<PairState> latest = board.whole();
    cache.show(latest);
    file.show(latest);
  }

  private void insert(List<Decided> decisions) {
    Policies policies = Objects.requireNonNull(model).policies();
    untilDone.run(
        "commit",
        () -> {
          try {
            store.commit(settings.scope(), policies, decisions);
          } catch (DataAccessException | TransactionException e) {
            metrics.commitFailed();
            throw e;
          }
        });
  }

  /** What PostgreSQL refuses for its content would be refused for ever. */
  private void insertAlone(Decided decided) {
    try {
      insert(List.of(decided));
    } catch (DataIntegrityViolationException e) {
      quarantine.refuse(
          "decision", String.valueOf(e.getMostSpecificCause().getMessage()), decided.toString());
    }
  }

  @Override
  public void start() {
    running = true;
    source.start(cache.position(source), this::handle);
  }

  @Override
  public void stop() {
    running = false;
    untilDone.stop();
    source.close();
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
