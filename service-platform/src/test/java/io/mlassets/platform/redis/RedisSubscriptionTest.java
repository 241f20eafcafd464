package io.mlassets.platform.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.platform.testing.TestServers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.args.ClientType;
import redis.clients.jedis.params.ClientKillParams;

@Tag("S-01")
class RedisSubscriptionTest {
  private static final String CHANNEL = "news";
  private static TestServers servers;

  @BeforeAll
  static void start() {
    servers = TestServers.start();
  }

  @AfterAll
  static void stop() {
    servers.close();
  }

  private static void await(String what, BooleanSupplier there) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!there.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(deadline);
      Thread.sleep(10);
    }
  }

  private static long listeners(Jedis jedis) {
    return jedis.pubsubNumSub(CHANNEL).values().stream().mapToLong(Long::longValue).sum();
  }

  @Test
  void a_subscription_closed_before_it_stood_does_not_listen_however_much_is_published()
      throws Exception {
    List<String> heard = new CopyOnWriteArrayList<>();
    List<RedisSubscription> all = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      RedisSubscription one =
          new RedisSubscription(servers.redis(), (channel, text) -> heard.add(text), CHANNEL)
              .start();
      TimeUnit.MICROSECONDS.sleep(20L * i);
      one.close();
      all.add(one);
    }
    heard.clear();
    try (Jedis jedis = servers.jedis()) {
      await(
          "nobody",
          () -> {
            // Messages keep a forgotten listener from noticing any silence.
            jedis.publish(CHANNEL, "still there?");
            return listeners(jedis) == 0;
          });
    }
    assertThat(all).hasSize(100);
    assertThat(heard).isEmpty();
  }

  @Test
  void a_broken_subscription_is_renewed_and_its_listener_told() throws Exception {
    List<String> heard = new CopyOnWriteArrayList<>();
    AtomicInteger renewed = new AtomicInteger();
    RedisSubscription.Listener listener =
        new RedisSubscription.Listener() {
          @Override
          public void message(String channel, String text) {
            heard.add(text);
            throw new IllegalStateException("a listener at fault");
          }

          @Override
          public void renewed() {
            renewed.incrementAndGet();
          }
        };
    try (RedisSubscription subscription =
            new RedisSubscription(servers.redis(), listener, CHANNEL).start();
        Jedis jedis = servers.jedis()) {
      assertThat(subscription).isNotNull();
      await("first", () -> renewed.get() == 1);
      jedis.publish(CHANNEL, "before");
      await("before", () -> heard.equals(List.of("before")));

      jedis.clientKill(ClientKillParams.clientKillParams().type(ClientType.PUBSUB));
      await("renewed", () -> renewed.get() == 2);
      jedis.publish(CHANNEL, "after");
      await("after", () -> heard.equals(List.of("before", "after")));
    }
  }
}
