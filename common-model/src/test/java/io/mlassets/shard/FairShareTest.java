package io.mlassets.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("I-04")
class FairShareTest {
  private final SplittableRandom random = new SplittableRandom(3);

  private static TreeSet<String> replicas(String... names) {
    return new TreeSet<>(List.of(names));
  }

  /** Any state whatever: shards of nobody, of the dead, of replicas with too many. */
  private Map<Integer, String> anyHolders(int shards) {
    Map<Integer, String> holders = new HashMap<>();
    for (int shard = 0; shard < shards; shard++) {
      if (random.nextInt(4) > 0) {
        holders.put(shard, "r" + random.nextInt(9));
      }
    }
    return holders;
  }

  private TreeSet<String> anyReplicas() {
    TreeSet<String> alive = replicas("r" + random.nextInt(9));
    for (int i = random.nextInt(7); i > 0; i--) {
      alive.add("r" + random.nextInt(9));
    }
    return alive;
  }

  private static Map<String, Integer> counts(TreeSet<String> alive, Map<Integer, String> holders) {
    Map<String, Integer> counts = new TreeMap<>();
    alive.forEach(one -> counts.put(one, 0));
    holders.values().forEach(holder -> counts.merge(holder, 1, Integer::sum));
    return counts;
  }

  @Test
  void every_shard_has_one_living_replica_and_none_has_over_one_more_than_another() {
    for (int i = 0; i < 5_000; i++) {
      int shards = 1 + random.nextInt(20);
      TreeSet<String> alive = anyReplicas();
      SortedMap<Integer, String> fair = FairShare.of(shards, alive, anyHolders(shards));
      assertThat(fair).hasSize(shards);
      assertThat(counts(alive, fair)).containsOnlyKeys(alive);
      assertThat(counts(alive, fair).values())
          .allMatch(count -> count == shards / alive.size() || count <= most(shards, alive));
      assertThat(counts(alive, fair).values()).allMatch(count -> count >= shards / alive.size());
    }
  }

  private static int most(int shards, TreeSet<String> alive) {
    return (shards + alive.size() - 1) / alive.size();
  }

  @Test
  void a_fair_state_stays_and_as_few_shards_as_possible_move() {
    for (int i = 0; i < 5_000; i++) {
      int shards = 1 + random.nextInt(20);
      TreeSet<String> alive = anyReplicas();
      Map<Integer, String> before = anyHolders(shards);
      SortedMap<Integer, String> fair = FairShare.of(shards, alive, before);
      assertThat(FairShare.of(shards, alive, fair)).isEqualTo(fair);
      // Whoever has at most its share loses nothing; whoever has more is left with its share.
      counts(alive, before)
          .forEach(
              (one, held) -> {
                if (alive.contains(one)) {
                  long kept =
                      fair.entrySet().stream()
                          .filter(
                              e -> e.getValue().equals(one) && one.equals(before.get(e.getKey())))
                          .count();
                  assertThat(kept)
                      .isBetween((long) Math.min(held, shards / alive.size()), (long) held);
                }
              });
    }
  }

  /** Replicas that see the state at moments of their own, and act one after the other. */
  @Test
  void replicas_that_join_and_leave_at_will_come_to_a_fair_state_in_which_nothing_moves() {
    for (int run = 0; run < 300; run++) {
      int shards = 1 + random.nextInt(12);
      TreeSet<String> alive = anyReplicas();
      Map<Integer, String> holders = anyHolders(shards);
      for (int step = 0; step < 30; step++) {
        if (random.nextInt(5) == 0) {
          alive = anyReplicas();
        }
        act(shards, alive, holders);
      }
      int rounds = 0;
      Map<Integer, String> before;
      do {
        before = Map.copyOf(holders);
        for (String one : alive) {
          act(shards, alive, holders, one);
        }
        rounds++;
      } while (!before.equals(holders) && rounds <= 4);
      // Surplus is given up, taken, what is left over finds whoever holds most by then; no change.
      assertThat(rounds).isLessThanOrEqualTo(4);
      assertThat(holders).hasSize(shards);
      assertThat(counts(alive, holders)).containsOnlyKeys(alive);
      int most = most(shards, alive);
      assertThat(counts(alive, holders).values()).allMatch(held -> held <= most);
    }
  }

  private void act(int shards, TreeSet<String> alive, Map<Integer, String> holders) {
    List<String> all = List.copyOf(alive);
    act(shards, alive, holders, all.get(random.nextInt(all.size())));
  }

  private static void act(
      int shards, TreeSet<String> alive, Map<Integer, String> holders, String one) {
    FairShare.of(shards, alive, Map.copyOf(holders))
        .forEach(
            (shard, owner) -> {
              if (one.equals(holders.get(shard)) && !owner.equals(one)) {
                holders.remove(shard);
              } else if (owner.equals(one)
                  && (!holders.containsKey(shard) || !alive.contains(holders.get(shard)))) {
                holders.put(shard, one);
              }
            });
  }

  @Test
  void one_that_joins_gets_its_share_and_the_others_keep_the_rest() {
    Map<Integer, String> all = Map.of(0, "a", 1, "a", 2, "a", 3, "a");
    assertThat(FairShare.of(4, replicas("a", "b"), all))
        .isEqualTo(Map.of(0, "a", 1, "a", 2, "b", 3, "b"));
    Map<Integer, String> two = Map.of(0, "a", 1, "a", 2, "b", 3, "b");
    assertThat(FairShare.of(4, replicas("a", "b", "c"), two))
        .isEqualTo(Map.of(0, "a", 1, "a", 2, "b", 3, "c"));
    assertThat(FairShare.of(4, replicas("b", "c"), two))
        .isEqualTo(Map.of(0, "c", 1, "c", 2, "b", 3, "b"));
    assertThatThrownBy(() -> FairShare.of(1, replicas(), Map.of()))
        .hasMessageContaining("no replica");
  }
}
