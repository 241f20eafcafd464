package io.mlassets.platform.redis;

import io.mlassets.platform.RedisSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisPubSub;

/**
 * A subscription to channels on a thread and connection of its own, renewed whenever it breaks. It
 * pings on its own connection, so a half-open socket is noticed within seconds. What was published
 * while it was broken is lost to it: {@link Listener#renewed} tells, so that the listener can look
 * the truth up.
 */
public final class RedisSubscription implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RedisSubscription.class);
  private static final int SILENCE_MILLIS = 6_000;
  private static final int PING_EVERY_MILLIS = 2_000;

  /** Who listens; called on the subscription's thread. */
  public interface Listener {
    /** A message came. */
    void message(String channel, String text);

    /** The subscription stands, for the first time or again: messages may have been missed. */
    default void renewed() {}
  }

  private final RedisSettings redis;
  private final Listener listener;
  private final String[] channels;
  private final Thread thread;
  private final Thread pinger;
  private volatile JedisPubSub current = new Subscriber();
  private volatile boolean closed;

  /** Makes a subscription; {@link #start} starts it. */
  public RedisSubscription(RedisSettings redis, Listener listener, String... channels) {
    this.redis = redis;
    this.listener = listener;
    this.channels = channels.clone();
    this.thread = daemon(this::listenUntilClosed, "subscription-" + String.join(",", channels));
    this.pinger = daemon(this::pingUntilClosed, "ping-" + String.join(",", channels));
  }

  private static Thread daemon(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  /** Starts listening. */
  public RedisSubscription start() {
    thread.start();
    pinger.start();
    return this;
  }

  private void listenUntilClosed() {
    while (!closed) {
      try (Jedis jedis = redis.connect(SILENCE_MILLIS)) {
        Subscriber subscriber = new Subscriber();
        current = subscriber;
        jedis.subscribe(subscriber, channels);
      } catch (RuntimeException e) {
        if (!closed) {
          log.warn("subscription {}: {}; again", String.join(",", channels), e.toString());
          sleep(200);
        }
      }
    }
  }

  private void pingUntilClosed() {
    while (!closed) {
      sleep(PING_EVERY_MILLIS);
      JedisPubSub subscriber = current;
      if (!closed && subscriber.isSubscribed()) {
        try {
          subscriber.ping();
        } catch (RuntimeException e) {
          log.debug("ping on a broken subscription: {}", e.toString());
        }
      }
    }
  }

  private void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      closed = true;
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed = true;
    pinger.interrupt();
    JedisPubSub subscriber = current;
    if (subscriber.isSubscribed()) {
      try {
        subscriber.unsubscribe();
      } catch (RuntimeException e) {
        log.debug("unsubscribe on a broken subscription: {}", e.toString());
      }
    }
  }

  private final class Subscriber extends JedisPubSub {
    private int confirmed;

    @Override
    public void onSubscribe(String channel, int subscribed) {
      if (closed) {
        // Closed on the way here, when there was nothing to unsubscribe from.
        unsubscribe();
        return;
      }
      confirmed++;
      if (confirmed == channels.length) {
        guarded(listener::renewed, channel);
      }
    }

    @Override
    public void onMessage(String channel, String text) {
      if (!closed) {
        guarded(() -> listener.message(channel, text), channel);
      }
    }

    private void guarded(Runnable work, String channel) {
      try {
        work.run();
      } catch (RuntimeException e) {
        // A listener's fault must not break the subscription for the messages after it.
        log.error("listener of {} failed", channel, e);
      }
    }
  }
}
