package io.mlassets.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WatchLoopTest {
  private static final Duration SHORT = Duration.ofMillis(5);
  private static final Duration NEVER = Duration.ofHours(1);

  private static WatchLoop loop(Duration first, Duration every, Runnable look) {
    return new WatchLoop("watch-loop-test", first, every) {
      @Override
      protected void look() {
        look.run();
      }
    };
  }

  @Test
  void a_look_that_fails_does_not_end_the_loop() throws InterruptedException {
    AtomicInteger looks = new AtomicInteger();
    CountDownLatch four = new CountDownLatch(4);
    WatchLoop loop =
        loop(
            Duration.ZERO,
            SHORT,
            () -> {
              four.countDown();
              if (looks.incrementAndGet() != 3) {
                throw new IllegalStateException("the database is away");
              }
            });
    loop.start();
    four.await();
    loop.stop();
    assertThat(loop.isRunning()).isFalse();
  }

  @Test
  void the_first_look_and_each_further_one_come_after_their_waits() throws InterruptedException {
    AtomicInteger early = new AtomicInteger();
    WatchLoop late = loop(NEVER, SHORT, early::incrementAndGet);
    AtomicInteger looks = new AtomicInteger();
    CountDownLatch first = new CountDownLatch(1);
    WatchLoop once =
        loop(
            Duration.ZERO,
            NEVER,
            () -> {
              looks.incrementAndGet();
              first.countDown();
            });
    late.start();
    once.start();
    first.await();
    Thread.sleep(SHORT.multipliedBy(20));
    once.stop();
    late.stop();
    assertThat(looks).hasValue(1);
    assertThat(early).hasValue(0);
  }

  @Test
  void a_stop_interrupts_the_look_and_waits_for_its_end() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    AtomicInteger ended = new AtomicInteger();
    WatchLoop loop =
        loop(
            Duration.ZERO,
            SHORT,
            () -> {
              begun.countDown();
              sleep(NEVER);
              sleep(SHORT.multipliedBy(20));
              ended.incrementAndGet();
            });
    loop.start();
    begun.await();
    loop.stop();
    assertThat(ended).hasValue(1);
    Thread.sleep(SHORT.multipliedBy(20));
    assertThat(ended).as("looks after the stop").hasValue(1);
  }

  /** Interrupted, it ends and forgets that: what it looks at may do so too. */
  private static void sleep(Duration pause) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      Thread.interrupted();
    }
  }
}
