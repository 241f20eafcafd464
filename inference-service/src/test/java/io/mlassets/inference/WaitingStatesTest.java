package io.mlassets.inference;

import static io.mlassets.inference.ShownStates.state;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.market.Pair;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("I-08")
@Timeout(20)
class WaitingStatesTest {
  private static final Pair ONE = Pair.parse("XAUUSD-XAGUSD");
  private static final Pair OTHER = Pair.parse("US500-USTEC");
  private final WaitingStates<PairState> waiting = new WaitingStates<>(PairState::pair);

  @Test
  void the_newest_of_each_pair_is_taken_once() throws InterruptedException {
    waiting.add(List.of(state(ONE, 1), state(OTHER, 1)));
    waiting.add(List.of(state(ONE, 2)));

    assertThat(waiting.take()).containsExactlyInAnyOrder(state(ONE, 2), state(OTHER, 1));
    waiting.close();
    assertThat(waiting.take()).isEmpty();
  }

  @Test
  void what_is_put_back_does_not_replace_what_came_meanwhile() throws InterruptedException {
    waiting.add(List.of(state(ONE, 1), state(OTHER, 1)));
    List<PairState> failed = waiting.take();
    waiting.add(List.of(state(ONE, 2)));
    waiting.putBack(failed);

    assertThat(waiting.take()).containsExactlyInAnyOrder(state(ONE, 2), state(OTHER, 1));
  }

  @Test
  void writing_waits_for_a_pause_but_not_for_ever() throws InterruptedException {
    long began = System.nanoTime();
    Thread decisions =
        Thread.ofVirtual()
            .start(
                () -> {
                  for (int bar = 1; !Thread.interrupted(); bar++) {
                    waiting.add(List.of(state(ONE, bar)));
                    pause(WaitingStates.QUIET.dividedBy(20));
                  }
                });

    PairState taken = waiting.take().getFirst();
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    decisions.interrupt();

    assertThat(took)
        .isGreaterThan(WaitingStates.QUIET)
        .isLessThan(WaitingStates.LONGEST.multipliedBy(5));
    assertThat(taken.zScore()).as("decisions meanwhile").isGreaterThan(1);
  }

  private static void pause(Duration pause) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void what_waits_is_taken_at_once_when_it_is_time_to_stop() throws InterruptedException {
    waiting.add(List.of(state(ONE, 1)));
    waiting.close();

    long before = System.nanoTime();
    assertThat(waiting.take()).containsExactly(state(ONE, 1));
    assertThat(waiting.take()).isEmpty();
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(WaitingStates.QUIET);
  }
}
