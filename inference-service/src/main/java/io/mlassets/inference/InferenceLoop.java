package io.mlassets.inference;

import io.mlassets.channel.Channels;
import io.mlassets.channel.TradeNotice;
import io.mlassets.feature.MarketView;
import io.mlassets.market.Bar;
import io.mlassets.platform.MarketClock;
import io.mlassets.platform.RedisSettings;
import io.mlassets.platform.redis.StreamEntry;
import io.mlassets.platform.redis.StreamReader;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * The one decision thread: takes bars from the stream, and for every bar that both legs have makes
 * features, scores and a decision. What a read brought is committed in one transaction before the
 * next read; while PostgreSQL is away it waits with the decisions in hand.
 */
@Component
class InferenceLoop implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(InferenceLoop.class);
  private static final long LONGEST_PAUSE_MILLIS = 2_000;

  private final ModelWatch models;
  private final LivePairs pairs;
  private final BarIntake intake;
  private final TradeInbox trades;
  private final SignalStore store;
  private final LiveCache cache;
  private final PairBoard board;
  private final InferenceMetrics metrics;
  private final MarketClock marketClock;
  private final Clock clock;
  private final InferenceSettings settings;
  private final RedisSettings redis;
  private final Channels channels;
  private volatile @Nullable LiveModel model;
  private @Nullable StreamReader reader;
  private volatile boolean running;

  InferenceLoop(
      ModelWatch models,
      LivePairs pairs,
      BarIntake intake,
      TradeInbox trades,
      SignalStore store,
      LiveCache cache,
      PairBoard board,
      InferenceMetrics metrics,
      MarketClock marketClock,
      Clock clock,
      InferenceSettings settings,
      RedisSettings redis,
      Channels channels) {
    this.models = models;
    this.pairs = pairs;
    this.intake = intake;
    this.trades = trades;
    this.store = store;
    this.cache = cache;
    this.board = board;
    this.metrics = metrics;
    this.marketClock = marketClock;
    this.clock = clock;
    this.settings = settings;
    this.redis = redis;
    this.channels = channels;
  }

  /** The model in force, null while waiting for the first. */
  @Nullable LiveModel model() {
    return model;
  }

  private void handle(List<StreamEntry> entries) {
    swapModel();
    trades.take().forEach(this::book);
    LiveModel current = model;
    if (current == null) {
      // Bars that come before there is a model are history: the data pipeline keeps them.
      remember(entries);
      return;
    }
    List<Decided> decisions = new ArrayList<>();
    long newestEntryMillis = 0;
    for (StreamEntry entry : entries) {
      int before = decisions.size();
      intake
          .take(entry, current.bundle().manifest().interval(), pairs.symbols())
          .ifPresent(bar -> decide(bar, current, decisions));
      if (decisions.size() > before) {
        newestEntryMillis = millisOf(entry);
      }
    }
    if (!decisions.isEmpty()) {
      commit(decisions);
      metrics.decided(decisions, newestEntryMillis, clock.instant());
    }
    remember(entries);
  }

  private void remember(List<StreamEntry> entries) {
    if (!entries.isEmpty()) {
      cache.position(entries.getLast().id());
    }
  }

  private static long millisOf(StreamEntry entry) {
    return Long.parseLong(entry.id().substring(0, entry.id().indexOf('-')));
  }

  private void decide(Bar bar, LiveModel current, List<Decided> decisions) {
    marketClock.sawBar(bar.end());
    for (LivePair pair : pairs.with(bar.symbol())) {
      pair.add(bar).ifPresent(view -> decide(pair, view, current, decisions));
      metrics.missingLegs(pair.pair(), pair.join().takeMissing());
    }
  }

  private void decide(LivePair pair, MarketView view, LiveModel current, List<Decided> decisions) {
    Decided decided = pair.decide(view, current, marketClock.now());
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
    }
    model = next;
    metrics.inForce(next);
    log.info("model {} decides, mode {}", next.bundle().version(), next.mode().wire());
    catchUp(next);
  }

  /** Whether engines and positions can go on under the next model. */
  private static boolean fits(LiveModel current, LiveModel next) {
    var before = current.bundle().manifest();
    var after = next.bundle().manifest();
    return current.mode() == next.mode()
        && before.pairs().equals(after.pairs())
        && before.interval().equals(after.interval());
  }

  private void catchUp(LiveModel current) {
    List<Decided> decisions = new ArrayList<>();
    for (LivePairs.Due due : pairs.takeCatchUp()) {
      marketClock.sawBar(due.view().bar().a().end());
      decide(due.pair(), due.view(), current, decisions);
    }
    if (!decisions.isEmpty()) {
      commit(decisions);
      metrics.caughtUp(decisions);
    }
  }

  private void book(TradeNotice notice) {
    LiveModel current = model;
    if (current == null || !notice.mode().equals(current.mode().wire())) {
      return;
    }
    for (LivePair pair : pairs.all()) {
      if (pair.pair().equals(notice.fill().pair())) {
        pair.holding().filled(UUID.fromString(notice.signalId()), notice.fill());
      }
    }
  }

  private void commit(List<Decided> decisions) {
    long pause = 50;
    while (running) {
      try {
        store.commit(settings.scope(), decisions);
        cache.wakeDispatcher();
        cache.show(board.states());
        return;
      } catch (DataAccessException | TransactionException e) {
        metrics.commitFailed();
        log.error(
            "{} decisions could not be committed, again in {} ms: {}",
            decisions.size(),
            pause,
            e.toString());
        sleep(pause);
        pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
      }
    }
    throw new IllegalStateException("stopped with " + decisions.size() + " decisions uncommitted");
  }

  private void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      running = false;
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void start() {
    running = true;
    reader = new StreamReader(redis, channels.bars(), cache.position(), this::handle).start();
  }

  @Override
  public void stop() {
    running = false;
    if (reader != null) {
      reader.close();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
