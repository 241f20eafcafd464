package io.mlassets.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("F-01")
class TradingStateTest {

  @Test
  void the_most_restrictive_wins_in_any_order() {
    Random random = new Random(1);
    for (int i = 0; i < 500; i++) {
      List<TradingState> causes = new ArrayList<>();
      random
          .ints(random.nextInt(7), 0, 3)
          .forEach(state -> causes.add(TradingState.values()[state]));

      TradingState expected =
          causes.contains(TradingState.HALTED)
              ? TradingState.HALTED
              : causes.contains(TradingState.REDUCING)
                  ? TradingState.REDUCING
                  : TradingState.ACTIVE;
      assertThat(TradingState.strictest(causes)).as("%s", causes).isEqualTo(expected);
    }
  }

  @Test
  void only_active_lets_entries_go() {
    assertThat(TradingState.values())
        .filteredOn(TradingState::allowsEntries)
        .containsExactly(TradingState.ACTIVE);
  }
}
