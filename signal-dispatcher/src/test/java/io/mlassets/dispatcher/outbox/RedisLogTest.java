package io.mlassets.dispatcher.outbox;

import static io.mlassets.dispatcher.RunningDispatcher.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlassets.channel.Channels;
import io.mlassets.dispatcher.RunningDispatcher;
import io.mlassets.platform.testing.Listening;
import io.mlassets.signal.Action;
import io.mlassets.signal.SignalMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.core.StringRedisTemplate;
import redis.clients.jedis.Jedis;

/** Bursts of more than one step; each test has a log of its own. */
@Tag("S-01")
class RedisLogTest {
  private static final SignalStream LIVE = new SignalStream("all", SignalMode.LIVE);
  private static final int BURST = 2_345;
  private static RunningDispatcher dispatcher;

  private final Channels channels = new Channels("burst." + UUID.randomUUID() + ".");
  private final RedisLog log =
      new RedisLog(dispatcher.context.getBean(StringRedisTemplate.class), channels);

  @BeforeAll
  static void start() {
    dispatcher = new RunningDispatcher();
  }

  @AfterAll
  static void stop() {
    dispatcher.close();
  }

  private static List<Numbered> numbered(LongStream numbers) {
    return numbers
        .mapToObj(
            seq ->
                new Numbered(
                    seq,
                    "{\"seq\":%d}".formatted(seq),
                    "P" + seq % 1_000,
                    Action.HOLD,
                    Instant.EPOCH,
                    Instant.MAX,
                    Instant.EPOCH))
        .toList();
  }

  private static List<String> payloads(List<Numbered> signals) {
    return signals.stream().map(Numbered::payload).toList();
  }

  private List<String> logged() {
    return dispatcher.log(channels.signalsLog()).stream()
        .map(entry -> entry.split(" ", 2)[1])
        .toList();
  }

  @Test
  void a_burst_is_logged_heard_and_kept_by_pair_in_its_order() throws Exception {
    List<Numbered> burst = numbered(LongStream.rangeClosed(1, BURST));
    try (Listening heard = new Listening(dispatcher.servers, channels.signals());
        Jedis jedis = dispatcher.servers.jedis()) {
      assertThat(log.append(LIVE, 7, burst, true)).isTrue();

      assertThat(logged()).isEqualTo(payloads(burst));
      await("all heard", () -> heard.messages.size() >= BURST);
      assertThat(heard.messages).isEqualTo(payloads(burst));
      assertThat(jedis.hget(channels.lastSignals(), "P7")).isEqualTo("{\"seq\":2007}");
      assertThat(jedis.hlen(channels.lastSignals())).isEqualTo(1_000);
    }
  }

  @Test
  void what_is_there_already_is_not_sent_again_wherever_the_log_ends() throws Exception {
    List<Numbered> burst = numbered(LongStream.rangeClosed(1, BURST));
    log.append(LIVE, 7, burst.subList(0, 777), false);
    try (Listening heard = new Listening(dispatcher.servers, channels.signals())) {
      assertThat(log.append(LIVE, 7, burst, true)).isTrue();

      assertThat(logged()).isEqualTo(payloads(burst));
      await("the rest heard", () -> heard.messages.size() >= BURST - 777);
      assertThat(heard.messages).isEqualTo(payloads(burst.subList(777, BURST)));
    }
  }

  @Test
  void after_a_step_that_is_refused_nothing_of_the_burst_gets_through() throws Exception {
    List<Numbered> burst = new ArrayList<>(numbered(LongStream.rangeClosed(1, BURST)));
    // The third step begins one too late: it is refused by the time all others are on their way.
    burst.remove(1_000);
    try (Listening heard = new Listening(dispatcher.servers, channels.signals())) {
      assertThatThrownBy(() -> log.append(LIVE, 7, burst, true))
          .rootCause()
          .hasMessageContaining("GAP the log ends at 1000");

      assertThat(logged()).isEqualTo(payloads(burst.subList(0, 1_000)));
      await("two steps heard", () -> heard.messages.size() >= 1_000);
      Thread.sleep(100);
      assertThat(heard.messages).hasSize(1_000);
    }
  }

  @Test
  void another_content_under_a_number_ends_the_burst_there() {
    log.append(LIVE, 7, numbered(LongStream.rangeClosed(1, 600)), false);
    List<Numbered> burst = new ArrayList<>(numbered(LongStream.rangeClosed(1, BURST)));
    Numbered other = burst.get(550);
    burst.set(
        550,
        new Numbered(
            other.seq(),
            "{\"other\":true}",
            other.pair(),
            other.action(),
            other.barTs(),
            other.expiresAt(),
            other.createdAt()));

    assertThat(log.append(LIVE, 7, burst, true)).isFalse();
    assertThat(logged()).hasSize(600);
  }

  @Test
  void the_log_is_kept_at_its_length() {
    long kept = RedisLog.KEPT;
    for (long from = 1; from <= kept + 20_000; from += 20_000) {
      log.append(LIVE, 7, numbered(LongStream.range(from, from + 20_000)), false);
    }
    try (Jedis jedis = dispatcher.servers.jedis()) {
      assertThat(jedis.xlen(channels.signalsLog())).isBetween(kept, kept + 200);
    }
  }

  @Test
  void an_epoch_that_is_over_adds_nothing() {
    log.append(LIVE, 7, numbered(LongStream.rangeClosed(1, 10)), false);
    log.fence(LIVE, 8);

    assertThatThrownBy(() -> log.append(LIVE, 7, numbered(LongStream.rangeClosed(11, BURST)), true))
        .matches(RedisLog::isStale);
    assertThat(logged()).hasSize(10);
  }
}
