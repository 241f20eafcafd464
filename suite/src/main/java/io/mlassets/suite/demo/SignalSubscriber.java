package io.mlassets.suite.demo;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.exceptions.JedisConnectionException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An outsider on the signal channel: counts what arrives and notes when, on the monotonic clock.
 */
final class SignalSubscriber implements AutoCloseable {
  /** A decision: pair as displayed, and its bar. */
  record Decision(String pair, Instant barTs) {}

  private final Jedis jedis;
  private final String channel;
  private final JsonMapper json = JsonMapper.builder().build();
  private final Map<Decision, Long> receivedAt = new ConcurrentHashMap<>();
  private final Map<Long, Boolean> numbers = new ConcurrentHashMap<>();
  private final AtomicLong messages = new AtomicLong();
  private final CountDownLatch subscribed = new CountDownLatch(1);
  private final JedisPubSub listener = new Listener();
  private volatile boolean closed;

  private SignalSubscriber(Jedis jedis, String channel) {
    this.jedis = jedis;
    this.channel = channel;
  }

  /** Subscribes and returns once Redis confirmed. */
  static SignalSubscriber on(String channel, Jedis jedis) throws InterruptedException {
    SignalSubscriber subscriber = new SignalSubscriber(jedis, channel);
    Thread.ofPlatform().name("demo-subscriber").daemon().start(subscriber::listen);
    if (!subscriber.subscribed.await(10, TimeUnit.SECONDS)) {
      throw new DemoFailure("Redis did not confirm the subscription of " + channel);
    }
    return subscriber;
  }

  private void listen() {
    try {
      jedis.subscribe(listener, channel);
    } catch (JedisConnectionException e) {
      if (!closed) {
        throw e;
      }
    }
  }

  /** Distinct sequence numbers received. */
  long received() {
    return numbers.size();
  }

  /** Messages received more than once. */
  long repeated() {
    return messages.get() - numbers.size();
  }

  /** When the signal of this decision arrived, in {@link System#nanoTime()}. */
  Optional<Long> receivedAt(Decision decision) {
    return Optional.ofNullable(receivedAt.get(decision));
  }

  @Override
  public void close() throws IOException {
    closed = true;
    // Its thread is blocked on this connection and ends with it.
    jedis.getConnection().forceDisconnect();
  }

  private final class Listener extends JedisPubSub {
    @Override
    public void onSubscribe(String channel, int subscribedChannels) {
      subscribed.countDown();
    }

    @Override
    public void onMessage(String channel, String message) {
      long now = System.nanoTime();
      JsonNode signal = json.readTree(message);
      messages.incrementAndGet();
      numbers.put(signal.required("seq").asLong(), true);
      receivedAt.putIfAbsent(
          new Decision(
              signal.required("pair").asString(),
              Instant.parse(signal.required("bar_ts").asString())),
          now);
    }
  }
}
