package io.mlassets.suite.demo;

import io.mlassets.channel.Channels;
import io.mlassets.ea.EaConfig;
import io.mlassets.market.InstrumentCatalogue;
import io.mlassets.market.Pair;
import io.mlassets.signal.SignalMode;
import io.mlassets.signal.SignalSeal;
import io.mlassets.suite.bars.BarStream;
import io.mlassets.suite.bars.BarSupply;
import io.mlassets.suite.bars.BarTable;
import io.mlassets.suite.bars.Encore;
import io.mlassets.suite.bars.MarketStep;
import io.mlassets.suite.bars.Replay;
import io.mlassets.suite.console.Progress;
import io.mlassets.suite.demo.DemoReport.SignalCounts;
import io.mlassets.suite.ea.PaperAccount;
import io.mlassets.suite.ea.PaperEa;
import io.mlassets.suite.server.RestClient;
import io.mlassets.suite.server.SuiteSettings;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Bars as if live, a subscriber who counts, an Expert Advisor who answers. */
final class LiveSession implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration OPENING_PACE = Duration.ofMillis(500);
  private static final int OPENING_STEPS = 10;
  private static final Duration PACE_AFTERWARDS = Duration.ofMillis(500);

  /** What the replay came to. */
  record Result(SignalCounts signals, long fills, long liveTrades, @Nullable Latencies latency) {}

  private final BarSupply market;
  private final SignalMode mode;
  private final Records records;
  private final Connection connection;
  private final BarStream stream;
  private final SignalSubscriber subscriber;
  private final PaperEa ea;
  private final List<Map.Entry<MarketStep, Long>> played = new ArrayList<>();

  LiveSession(
      LocalSuite suite, BarSupply market, Outcome outcome, Records records, long seed, Clock clock)
      throws SQLException, InterruptedException {
    Channels channels = new Channels("");
    this.market = market;
    this.mode = outcome.mode();
    this.records = records;
    this.connection = suite.connect();
    this.stream = new BarStream(suite.redis(), channels);
    SuiteSettings settings = suite.settings();
    this.subscriber =
        SignalSubscriber.on(
            mode == SignalMode.LIVE ? channels.signals() : channels.shadowSignals(), suite.redis());
    PaperAccount account =
        PaperAccount.usual(mode == SignalMode.LIVE ? "paper-1" : "shadow-paper-1", seed);
    this.ea =
        new PaperEa(
                settings.redis(),
                channels,
                InstrumentCatalogue.read(settings.configDir().resolve("instruments.yaml")),
                account,
                SignalSeal.of(settings.signalKey()).key(),
                EaConfig.Clock.BARS,
                clock,
                suite.accountsDir())
            .start();
  }

  /** Waits until inference decides with the model in force for every pair that has warmed up. */
  void awaitInference(RestClient inference) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    JsonNode state;
    do {
      state = inference.get("/api/v1/pairs");
      if (state.path("pairs").size() == market.pairs().size()) {
        return;
      }
      Thread.sleep(100);
    } while (System.nanoTime() < deadline);
    throw new DemoFailure(
        "inference is not ready for all of %s: %s".formatted(market.pairs(), state));
  }

  /**
   * Plays the stretch to replay at so many bars per second; the first few come slower, as a market
   * would open, because a JVM that has just started needs a moment. All of them count.
   */
  void replay(double speed) throws SQLException, InterruptedException {
    List<MarketStep> steps = market.replay();
    int slow = Math.min(OPENING_STEPS, steps.size());
    Duration pace = Duration.ofNanos((long) (1e9 / speed));
    Duration openingPace = pace.compareTo(OPENING_PACE) > 0 ? pace : OPENING_PACE;
    try (Progress progress = Progress.of("replay", steps.size())) {
      play(steps.subList(0, slow), openingPace, progress);
      play(steps.subList(slow, steps.size()), pace, progress);
    }
  }

  private void play(List<MarketStep> steps, Duration pace, Progress progress)
      throws SQLException, InterruptedException {
    Replay replay = new Replay(new BarTable(connection), stream, pace);
    for (MarketStep step : steps) {
      played.add(Map.entry(step, replay.play(step)));
      progress.at(played.size(), market.replay().size(), step.ts().toString());
    }
  }

  private Instant from() {
    return market.replay().getFirst().ts();
  }

  private Instant to() {
    return market.replay().getLast().ts().plusMillis(1);
  }

  /** Waits until every decision was made, sent, received and booked, or says what is missing. */
  Result awaitEverything() throws SQLException, InterruptedException {
    long expected =
        market.timeline().completeCounts(market.replayFrom(), market.replayTo()).values().stream()
            .mapToLong(Integer::longValue)
            .sum();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    String missing;
    do {
      missing = missing(expected);
      if (missing.isEmpty()) {
        return result();
      }
      Thread.sleep(100);
    } while (System.nanoTime() < deadline);
    throw new DemoFailure("the replay lost something: " + missing);
  }

  private String missing(long expected) throws SQLException {
    List<String> missing = new ArrayList<>();
    long decided = sum(records.actions(mode, from(), to()));
    if (decided < expected) {
      missing.add("%d of %d decisions made".formatted(decided, expected));
    }
    Map<String, Long> outcomes = records.outcomes(mode, from(), to());
    long unsent = outcomes.getOrDefault("UNSENT", 0L);
    if (unsent > 0) {
      missing.add(unsent + " signals not sent");
    }
    long published = outcomes.getOrDefault("PUBLISHED", 0L);
    if (subscriber.received() < published) {
      missing.add("%d of %d signals received".formatted(subscriber.received(), published));
    }
    if (ea.received() < published) {
      missing.add("the Expert Advisor obeyed %d of %d signals".formatted(ea.received(), published));
    }
    long unanswered = records.unanswered(mode, from(), to());
    if (unanswered > 0) {
      missing.add(unanswered + " orders not answered");
    }
    long booked = records.trades(mode) + records.rejections(mode);
    if (booked < ea.fillsMade()) {
      missing.add("%d of %d fills booked".formatted(booked, ea.fillsMade()));
    }
    return String.join(", ", missing);
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  private Result result() throws SQLException {
    Map<String, Long> actions = records.actions(mode, from(), to());
    Map<String, Long> outcomes = records.outcomes(mode, from(), to());
    long published = outcomes.getOrDefault("PUBLISHED", 0L);
    SignalCounts counts =
        new SignalCounts(
            actions.getOrDefault("ENTER", 0L),
            actions.getOrDefault("EXIT", 0L),
            actions.getOrDefault("HOLD", 0L),
            published,
            subscriber.received(),
            outcomes.getOrDefault("BLOCKED", 0L));
    return new Result(counts, ea.fillsMade(), records.trades(mode), latencies());
  }

  private @Nullable Latencies latencies() {
    List<Long> nanos = new ArrayList<>();
    for (Map.Entry<MarketStep, Long> step : played) {
      for (Pair pair : market.timeline().completePairs(step.getKey())) {
        subscriber
            .receivedAt(new SignalSubscriber.Decision(pair.display(), step.getKey().ts()))
            .ifPresent(received -> nanos.add(received - step.getValue()));
      }
    }
    return nanos.isEmpty() ? null : Latencies.ofNanos(nanos);
  }

  /** Feeds what may follow, slowly, until interrupted. */
  void keepComing() throws SQLException, InterruptedException, IOException {
    // It has counted what was to be counted, and would go on counting for as long as this is up.
    subscriber.close();
    Replay replay = new Replay(new BarTable(connection), stream, PACE_AFTERWARDS);
    if (!market.future().isEmpty()) {
      System.out.println("Bars keep coming, two each second, until Ctrl-C.");
      for (MarketStep step : market.future()) {
        replay.play(step);
      }
    }
    System.out.printf(
        """
        The bars are at an end. So that bars keep coming, two each second until Ctrl-C, the last %d
        moments are played backwards, then forwards, and so on, under times after %s.
        No market made these: watch the services by them, judge no model by them.
        """,
        market.replay().size(), market.timeline().steps().getLast().ts());
    Encore encore = market.encore();
    while (true) {
      replay.play(encore.next());
    }
  }

  @Override
  public void close() throws SQLException, IOException {
    ea.close();
    subscriber.close();
    stream.close();
    connection.close();
  }
}
