package io.mlassets.dispatcher.control;

import static io.mlassets.dispatcher.RunningDispatcher.await;
import static io.mlassets.platform.testing.TestServers.OPERATOR;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.dispatcher.RunningDispatcher;
import io.mlassets.platform.redis.RedisSubscription;
import io.mlassets.signal.Action;
import io.mlassets.signal.SignalMode;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("F-01")
class HaltUnderLoadTest {
  private static final Executor ON_ITS_OWN = task -> Thread.ofPlatform().start(task);
  private static final int HALTS = 5;
  private static final int WARM_AFTER = 60;
  private static final List<String> PAIRS =
      List.of("EURUSD-GBPUSD", "US500-USTEC", "XAUUSD-XAGUSD");
  private final List<Long> entriesHeard = new CopyOnWriteArrayList<>();

  /** Decisions come as fast as signals go: an entry three bars late would be expired. */
  private final Semaphore exitsOnTheirWay = new Semaphore(PAIRS.size());

  private Instant bar = Instant.parse("2025-07-01T00:00:00Z");
  private volatile boolean flowing = true;

  @Test
  void a_halt_is_obeyed_within_a_second_and_nothing_comes_after_it() throws Exception {
    try (RunningDispatcher dispatcher = new RunningDispatcher();
        RedisSubscription heard =
            new RedisSubscription(
                    dispatcher.servers.redis(),
                    (channel, text) -> {
                      if (text.contains("\"action\":\"ENTER\"")) {
                        entriesHeard.add(System.nanoTime());
                      } else {
                        exitsOnTheirWay.release();
                      }
                    },
                    "signals")
                .start()) {
      CompletableFuture<?> flow = CompletableFuture.runAsync(() -> flow(dispatcher), ON_ITS_OWN);
      // The first rounds of a cold process take as long as the second that is promised.
      await("the process is warm", () -> entriesHeard.size() > WARM_AFTER);
      for (int i = 0; i < HALTS; i++) {
        int before = entriesHeard.size();
        await("entries flow", () -> entriesHeard.size() > before + 10);
        long called = System.nanoTime();
        assertThat(dispatcher.post(OPERATOR, "/api/v1/control/halt", "{}").status()).isEqualTo(200);
        long sent = dispatcher.logged("signals.log");
        Thread.sleep(1_100);

        assertThat(entriesHeard)
            .as("entries later than a second after the call")
            .noneMatch(at -> at > called + TimeUnit.SECONDS.toNanos(1));
        await("exits go on", () -> flow.isDone() || dispatcher.logged("signals.log") > sent);
        assertThat(flow).as("the flow of decisions").isNotDone();
        assertThat(dispatcher.log("signals.log", sent + 1))
            .as("sent after the answer")
            .noneMatch(entry -> entry.contains("\"action\":\"ENTER\""));
        if (i == HALTS - 1) {
          dispatcher.restart();
          int all = entriesHeard.size();
          Thread.sleep(500);
          assertThat(entriesHeard).as("still halted after a restart").hasSize(all);
        }
        dispatcher.post(OPERATOR, "/api/v1/control/resume", "{\"reason\":\"test\"}");
      }
      flowing = false;
      flow.get();
      assertThat(
              dispatcher.count(
                  "core.signals_live s join core.signal_dispatch d using (signal_id)",
                  "s.action = 'EXIT' and d.outcome <> 'PUBLISHED'"))
          .as("exits held up")
          .isZero();
    }
  }

  private void flow(RunningDispatcher dispatcher) {
    while (flowing) {
      decide(dispatcher, Action.ENTER);
      exitsOnTheirWay.acquireUninterruptibly(PAIRS.size());
      decide(dispatcher, Action.EXIT);
    }
  }

  private void decide(RunningDispatcher dispatcher, Action action) {
    bar = bar.plusSeconds(60);
    PAIRS.forEach(pair -> dispatcher.decide(SignalMode.LIVE, pair, bar, action));
  }
}
