package io.mlassets.bench.faults;

import io.mlassets.channel.Channels;
import io.mlassets.platform.RedisSettings;
import io.mlassets.platform.redis.RedisSubscription;

/** When the last entry was heard on channel {@code signals}. */
final class Entries implements AutoCloseable {
  private final RedisSubscription subscription;
  private volatile long lastAt;
  private volatile long count;

  Entries(RedisSettings redis) {
    subscription =
        new RedisSubscription(redis, (channel, text) -> heard(text), new Channels("").signals());
    subscription.start();
  }

  private synchronized void heard(String text) {
    if (text.contains("\"action\":\"ENTER\"")) {
      lastAt = System.nanoTime();
      count++;
    }
  }

  /** {@link System#nanoTime} of the last one; 0 before any. */
  long lastAt() {
    return lastAt;
  }

  /** How many there were. */
  long count() {
    return count;
  }

  @Override
  public void close() {
    subscription.close();
  }
}
