package io.mlassets.bench.load;

import io.mlassets.bench.dispatch.Subscriber;
import io.mlassets.channel.Channels;
import io.mlassets.platform.RedisSettings;
import io.mlassets.suite.bars.BarStream;
import io.mlassets.suite.bars.MarketStep;
import io.mlassets.suite.server.FreePort;
import io.mlassets.suite.server.ServiceName;
import io.mlassets.suite.server.SuiteSettings;
import io.mlassets.suite.up.ServiceProcess;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One scope: an inference process, a dispatcher, a stream of bars and a subscriber of its signals.
 */
final class Lane implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final String scope;
  private final Deque<AutoCloseable> running = new ArrayDeque<>();
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private final List<Meters> meters = new ArrayList<>();
  private final BarStream bars;
  private final Subscriber heard;
  private long barIn;
  private int before;

  /**
   * Starts its processes.
   *
   * @param settings with a prefix and a folder of its own
   * @param scope whose model is active already
   * @param pairs it decides on
   */
  Lane(SuiteSettings settings, String scope, int pairs) throws IOException, InterruptedException {
    this.scope = scope;
    RedisSettings redis = settings.redis();
    Channels channels = new Channels(redis.prefix());
    try {
      // What pairs remember grows with their number.
      String heap = 384 + pairs / 6 + "m";
      start(ServiceName.INFERENCE, settings, heap);
      start(ServiceName.DISPATCHER, settings, "384m");
      bars = new BarStream(redis.connect(10_000), channels);
      running.push(bars);
      heard = new Subscriber(redis, channels.signals(), Subscriber.BAR);
      running.push(heard);
    } catch (IOException | RuntimeException | InterruptedException e) {
      close();
      throw e;
    }
  }

  private void start(ServiceName service, SuiteSettings settings, String heap)
      throws IOException, InterruptedException {
    int port = FreePort.any();
    ServiceProcess process =
        ServiceProcess.start(
            service,
            port,
            settings,
            heap,
            Map.of(service.label().toUpperCase(Locale.ROOT) + "_SCOPE", scope));
    running.push(process);
    meters.add(new Meters(port, process.pid()));
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (process.unreadiness(http).isPresent()) {
      requireBefore(deadline, service.label() + " is not ready");
    }
  }

  /** Waits until its model decides. */
  void awaitModel() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (Meters.sum(meters.getFirst().all(), "model_swaps_total", "") == 0) {
      requireBefore(deadline, "scope " + scope + " has no model in force");
    }
  }

  private static void requireBefore(long deadline, String what) throws InterruptedException {
    if (System.nanoTime() > deadline) {
      throw new IllegalStateException("%s after %s".formatted(what, PATIENCE));
    }
    Thread.sleep(200);
  }

  String scope() {
    return scope;
  }

  /** Of inference, then of the dispatcher. */
  List<Meters> meters() {
    return meters;
  }

  /** Adds a bar of every symbol; what comes from now on is its. */
  void feed(MarketStep step) {
    before = heard.count();
    barIn = System.nanoTime();
    bars.add(step);
  }

  /** Signals of the bar fed last that came so far. */
  int came() {
    return heard.count() - before;
  }

  /**
   * From the bar in to each of its signals at the subscriber, nanoseconds.
   *
   * @throws IllegalStateException if a signal is of another bar
   */
  long[] latencies(Instant bar) throws IOException, InterruptedException {
    long[] numbers = heard.numbers();
    long[] nanos = new long[came()];
    for (int i = 0; i < nanos.length; i++) {
      if (numbers[before + i] != Subscriber.barCode(bar)) {
        throw new IllegalStateException(
            "a signal of bar %d came after bar %s".formatted(numbers[before + i], bar));
      }
      nanos[i] = heard.awaited(before + i, 0) - barIn;
    }
    return nanos;
  }

  @Override
  public void close() throws IOException {
    while (!running.isEmpty()) {
      try {
        running.pop().close();
      } catch (Exception e) {
        System.err.println("while stopping " + scope + ": " + e);
      }
    }
  }
}
