package io.mlassets.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("I-01")
class DecidingThreadTest {
  private final DecidingThread thread = new DecidingThread();

  @AfterEach
  void end() {
    thread.end();
  }

  @Test
  void work_of_many_is_done_one_by_one_on_one_thread_and_each_waits_for_its_own() throws Exception {
    // Neither is safe for more than one thread.
    List<Integer> done = new ArrayList<>();
    Set<Thread> on = new HashSet<>();
    List<Thread> callers = new ArrayList<>();
    for (int caller = 0; caller < 4; caller++) {
      callers.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int i = 0; i < 2_000; i++) {
                      int before = done.size();
                      thread.run(
                          () -> {
                            done.add(done.size());
                            on.add(Thread.currentThread());
                          });
                      assertThat(done.size()).isGreaterThan(before);
                    }
                  }));
    }
    for (Thread caller : callers) {
      caller.join();
    }
    assertThat(done).hasSize(8_000).isSorted();
    assertThat(on).hasSize(1).doesNotContain(Thread.currentThread());
  }

  @Test
  void what_work_throws_goes_to_who_brought_it_and_the_next_goes_on() {
    RuntimeException refused = new IllegalStateException("refused");
    Error broken = new AssertionError("broken");
    assertThatThrownBy(() -> thread.run(() -> fail(refused))).isSameAs(refused);
    assertThatThrownBy(
            () ->
                thread.run(
                    () -> {
                      throw broken;
                    }))
        .isSameAs(broken);
    List<String> done = new ArrayList<>();
    thread.run(() -> done.add("next"));
    assertThat(done).containsExactly("next");
  }

  private static void fail(RuntimeException thrown) {
    throw thrown;
  }

  @Test
  void an_interrupt_does_not_end_the_wait_for_work_under_way() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    List<String> seen = new ArrayList<>();
    Thread caller =
        Thread.ofPlatform()
            .start(
                () -> {
                  thread.run(
                      () -> {
                        begun.countDown();
                        awaitQuietly(mayEnd);
                        seen.add("done");
                      });
                  seen.add("returned, interrupted " + Thread.currentThread().isInterrupted());
                });
    begun.await();
    caller.interrupt();
    caller.join(200);
    assertThat(caller.isAlive()).isTrue();
    mayEnd.countDown();
    caller.join();
    assertThat(seen).containsExactly("done", "returned, interrupted true");
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void after_its_end_nothing_is_taken_in() {
    thread.end();
    assertThatThrownBy(() -> thread.run(() -> {})).isInstanceOf(RejectedExecutionException.class);
  }
}
