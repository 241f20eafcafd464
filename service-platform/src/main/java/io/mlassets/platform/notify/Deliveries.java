package io.mlassets.platform.notify;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deliveries to one receiver, on a thread of its own, in order, each tried with growing pauses
 * until it is done. Of one key only the newest waits, so a receiver that stays away costs nothing.
 */
public final class Deliveries implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Deliveries.class);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private record Delivery(String key, BooleanSupplier work) {}

  private final Map<String, Delivery> waiting = new LinkedHashMap<>();
  private final Duration firstPause;
  private final Thread thread;

  /**
   * Starts the thread.
   *
   * @param firstPause wait after a failure; doubled after each further one, up to a minute
   */
  public Deliveries(String receiver, Duration firstPause) {
    this.firstPause = firstPause;
    this.thread = Thread.ofPlatform().daemon().name(receiver).start(this::deliver);
  }

  /**
   * Has something delivered.
   *
   * @param work false when it is to be tried again
   */
  public synchronized void put(String key, BooleanSupplier work) {
    waiting.remove(key);
    waiting.put(key, new Delivery(key, work));
    notifyAll();
  }

  private void deliver() {
    Duration pause = firstPause;
    try {
      while (true) {
        Delivery next = next();
        if (done(next)) {
          pause = firstPause;
        } else {
          again(next);
          Thread.sleep(pause);
          pause = pause.multipliedBy(2);
          pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized Delivery next() throws InterruptedException {
    while (waiting.isEmpty()) {
      wait();
    }
    Iterator<Delivery> all = waiting.values().iterator();
    Delivery next = all.next();
    all.remove();
    return next;
  }

  private static boolean done(Delivery delivery) {
    try {
      return delivery.work().getAsBoolean();
    } catch (RuntimeException e) {
      log.error("{} cannot be delivered", delivery.key(), e);
      return true;
    }
  }

  private synchronized void again(Delivery delivery) {
    waiting.putIfAbsent(delivery.key(), delivery);
  }

  /** Nothing is delivered any more, whatever waits. */
  @Override
  public void close() {
    thread.interrupt();
  }
}
