package io.mlassets.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.market.PairBar;
import io.mlassets.testing.SampleMarket;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("I-01")
class LegJoinTest {
  private final List<PairBar> bars = SampleMarket.bars(300, 3);
  private final LegJoin join = new LegJoin(SampleMarket.PAIR);

  @Test
  void legs_join_in_either_order() {
    assertThat(join.add(bars.get(0).b())).isEmpty();
    assertThat(join.waiting()).containsExactly(bars.get(0).b());
    assertThat(join.add(bars.get(0).a())).contains(bars.get(0));
    assertThat(join.waiting()).isEmpty();
    assertThat(join.takeGivenUp()).isEmpty();
  }

  @Test
  void a_whole_bar_gives_up_older_ones_and_keeps_newer_ones() {
    join.add(bars.get(0).a());
    join.add(bars.get(1).a());
    join.add(bars.get(2).a());
    assertThat(join.add(bars.get(1).b())).contains(bars.get(1));
    assertThat(join.takeGivenUp()).containsExactly(bars.get(0).ts());
    assertThat(join.takeGivenUp()).isEmpty();
    assertThat(join.add(bars.get(2).b())).contains(bars.get(2));
  }

  @Test
  void a_dead_leg_does_not_fill_the_memory() {
    bars.forEach(bar -> join.add(bar.a()));
    assertThat(join.takeGivenUp()).hasSize(300 - 256).startsWith(bars.getFirst().ts());
  }
}
