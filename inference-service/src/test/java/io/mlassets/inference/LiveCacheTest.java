package io.mlassets.inference;

import static io.mlassets.inference.LiveMarket.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.market.Pair;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/** The latest states in Redis. */
@Tag("I-08")
class LiveCacheTest extends FlowingBars {
  private static final String KEY = "pairs.latest";
  private static final String EPOCHS = KEY + ".epochs";

  private static FencedState state(Pair pair, String reason, long epoch) {
    return new FencedState(ShownStates.state(pair, 1, reason), epoch);
  }

  private static void assertShown(Jedis redis, Pair pair, String reason) {
    assertThat(redis.hget(KEY, pair.id())).contains("\"reason\":\"" + reason + "\"");
  }

  @Test
  void who_lost_a_shard_does_not_write_over_what_its_next_owner_wrote() throws Exception {
    adoptFirst();
    startService(0);
    LiveCache cache = bean(LiveCache.class);
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < 1_100; i++) {
      pairs.add(Pair.parse("A%04d-B%04d".formatted(i, i)));
    }
    Pair first = pairs.getFirst();
    Pair last = pairs.getLast();
    try (Jedis redis = servers().jedis()) {
      cache.show(List.of(state(first, "next owner", 10)));
      cache.show(pairs.stream().map(pair -> state(pair, "hung", 9)).toList());
      assertThat(redis.hlen(KEY)).isEqualTo(pairs.size());
      assertShown(redis, first, "next owner");
      assertShown(redis, last, "hung");
      cache.show(pairs.stream().map(pair -> state(pair, "same epoch", 10)).toList());
      assertShown(redis, first, "same epoch");
      assertShown(redis, last, "same epoch");
      assertThat(redis.ttl(EPOCHS)).isBetween(3_500L, 3_600L);
      redis.del(EPOCHS);
      cache.show(List.of(state(first, "of a database put back", 1)));
      assertShown(redis, first, "of a database put back");
    }
  }

  /** One that took over shows what the one before had no time to show. */
  @Test
  void the_last_decision_on_record_is_shown_once_a_shard_is_taken() throws Exception {
    adoptFirst();
    startService(0);
    flow(3);
    String pair = market.bars().getFirst().pair().id();
    try (Jedis redis = servers().jedis()) {
      await("it shown", () -> redis.hexists(KEY, pair));
      redis.del(KEY);
      restart(0);
      await("it shown again", () -> redis.hexists(KEY, pair));
      assertThat(redis.hget(KEY, pair)).contains(market.bars().get(sent - 1).ts().toString());
    }
  }
}
