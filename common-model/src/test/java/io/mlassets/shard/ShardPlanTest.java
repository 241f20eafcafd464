package io.mlassets.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlassets.market.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("I-04")
class ShardPlanTest {

  private static List<Pair> pairs(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> Pair.parse("SIM%02dA-SIM%02dB".formatted(i, i)))
        .toList();
  }

  @Test
  void every_pair_is_in_one_shard_in_order_and_shards_are_as_few_and_as_even_as_can_be() {
    for (int count = 1; count <= 60; count++) {
      for (int size = 1; size <= 12; size++) {
        ShardPlan plan = new ShardPlan(pairs(count), size);
        assertThat(plan.count()).isEqualTo((int) Math.ceil((double) count / size));
        List<Pair> all = new ArrayList<>();
        for (int shard = 0; shard < plan.count(); shard++) {
          assertThat(plan.pairs(shard).size())
              .isBetween(count / plan.count(), Math.min(size, count / plan.count() + 1));
          for (Pair pair : plan.pairs(shard)) {
            assertThat(plan.shardOf(pair)).hasValue(shard);
          }
          all.addAll(plan.pairs(shard));
        }
        assertThat(all).isEqualTo(pairs(count));
      }
    }
  }

  @Test
  void plans_that_split_alike_have_the_same_id_and_others_have_not() {
    assertThat(new ShardPlan(pairs(8), 8).id()).isEqualTo(new ShardPlan(pairs(8), 10).id());
    assertThat(new ShardPlan(pairs(8), 8).id())
        .isNotEqualTo(new ShardPlan(pairs(8), 7).id())
        .isNotEqualTo(new ShardPlan(pairs(8).reversed(), 8).id())
        .isNotEqualTo(new ShardPlan(pairs(9), 10).id());
  }

  @Test
  void what_cannot_be_split_is_refused() {
    assertThat(new ShardPlan(pairs(3), 2).shardOf(Pair.parse("XAUUSD-XAGUSD"))).isEmpty();
    assertThatThrownBy(() -> new ShardPlan(List.of(), 5)).hasMessageContaining("no pairs");
    assertThatThrownBy(() -> new ShardPlan(pairs(3), 0)).hasMessageContaining("[1, 1000]");
    assertThatThrownBy(() -> new ShardPlan(pairs(3), 1_001)).hasMessageContaining("[1, 1000]");
    List<Pair> twice = List.of(pairs(1).getFirst(), pairs(1).getFirst());
    assertThatThrownBy(() -> new ShardPlan(twice, 1)).hasMessageContaining("twice");
  }
}
