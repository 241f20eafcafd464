package io.mlassets.validator.drift;

import io.mlassets.platform.testing.TestServers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisPubSub;

/** A plain subscriber that remembers what it heard. */
final class Heard implements AutoCloseable {
  private final BlockingQueue<Map.Entry<String, String>> messages = new LinkedBlockingQueue<>();
  private final CountDownLatch subscribed;
  private final JedisPubSub subscriber =
      new JedisPubSub() {
        @Override
        public void onMessage(String channel, String message) {
          messages.add(Map.entry(channel, message));
        }

        @Override
        public void onSubscribe(String channel, int count) {
          subscribed.countDown();
        }
      };
  private final Thread thread;

  Heard(TestServers servers, String... channels) throws InterruptedException {
    subscribed = new CountDownLatch(channels.length);
    thread =
        new Thread(
            () -> {
              try (Jedis jedis = servers.jedis()) {
                jedis.subscribe(subscriber, channels);
              }
            });
    thread.start();
    if (!subscribed.await(60, TimeUnit.SECONDS)) {
      throw new IllegalStateException("not subscribed");
    }
  }

  /** Waits for so many messages, and then a moment for one too many. */
  List<Map.Entry<String, String>> waitFor(int count) throws InterruptedException {
    List<Map.Entry<String, String>> heard = new ArrayList<>();
    while (heard.size() < count) {
      Map.Entry<String, String> message = messages.poll(60, TimeUnit.SECONDS);
      if (message == null) {
        throw new AssertionError("only " + heard);
      }
      heard.add(message);
    }
    Map.Entry<String, String> more = messages.poll(300, TimeUnit.MILLISECONDS);
    if (more != null) {
      heard.add(more);
    }
    return heard;
  }

  @Override
  public void close() throws InterruptedException {
    subscriber.unsubscribe();
    thread.join(5_000);
  }
}
