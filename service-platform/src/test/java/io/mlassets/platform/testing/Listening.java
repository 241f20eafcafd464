package io.mlassets.platform.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisPubSub;

/** A subscriber of a channel who notes what it hears. */
public final class Listening implements AutoCloseable {
  public final List<String> messages = new CopyOnWriteArrayList<>();
  private final CountDownLatch subscribed = new CountDownLatch(1);
  private final JedisPubSub listener =
      new JedisPubSub() {
        @Override
        public void onSubscribe(String channel, int count) {
          subscribed.countDown();
        }

        @Override
        public void onMessage(String channel, String message) {
          messages.add(message);
        }
      };
  private final Jedis jedis;
  private final Thread thread;

  /** Returns once it hears. */
  public Listening(TestServers servers, String channel) throws InterruptedException {
    jedis = servers.redis().connect(0);
    thread = Thread.ofPlatform().daemon().start(() -> jedis.subscribe(listener, channel));
    subscribed.await();
  }

  @Override
  public void close() throws InterruptedException {
    listener.unsubscribe();
    thread.join();
    jedis.close();
  }
}
