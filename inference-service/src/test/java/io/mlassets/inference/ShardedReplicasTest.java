package io.mlassets.inference;

import static io.mlassets.inference.LiveMarket.await;
import static io.mlassets.inference.ShardMarket.HISTORY;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.market.Pair;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** Replicas of one process; bench replicas kills and stops real ones. */
@Tag("I-04")
class ShardedReplicasTest {

  @Test
  void replicas_join_and_leave_while_bars_flow_and_each_bar_of_each_pair_is_decided_once()
      throws Exception {
    try (ShardMarket shards = new ShardMarket(4);
        ConfigurableApplicationContext first = shards.replica("first")) {
      assertThat(shards.owners().values()).containsOnly("first");
      int bar = flow(shards, HISTORY, 20);
      try (ConfigurableApplicationContext second = shards.replica("second")) {
        bar = flowUntil(shards, bar, Map.of("first", 2, "second", 2));
        try (ConfigurableApplicationContext third = shards.replica("third")) {
          bar = flowUntil(shards, bar, Map.of("first", 2, "second", 1, "third", 1));
          assertThat(own(third)).hasSize(1);
        }
        bar = flowUntil(shards, bar, Map.of("first", 2, "second", 2));
        assertThat(second.isActive()).isTrue();
      }
      bar = flow(shards, bar, 20);
      int last = bar;
      await("every decision", () -> shards.decisions().size() >= 4 * (last - HISTORY));
      assertThat(shards.decisions()).isEqualTo(shards.everyDecision(last));
      assertThat(shards.brokenChains()).isZero();
      assertThat(shards.owners().values()).containsOnly("first");
      assertThat(first.isActive()).isTrue();
    }
  }

  private static List<Pair> own(ConfigurableApplicationContext replica) {
    return replica.getBean(PairBoard.class).pairs();
  }

  /** The table is behind the stream, as a slow data pipeline leaves it. */
  private static int flow(ShardMarket shards, int from, int bars) throws InterruptedException {
    for (int bar = from; bar < from + bars; bar++) {
      shards.send(bar, bar + 1);
      Thread.sleep(30);
      shards.store(bar, bar + 1);
    }
    return from + bars;
  }

  private static int flowUntil(ShardMarket shards, int from, Map<String, Integer> counts)
      throws InterruptedException {
    int bar = from;
    while (!counts.equals(count(shards))) {
      bar = flow(shards, bar, 1);
      assertThat(bar).as("until %s instead of %s", counts, count(shards)).isLessThan(from + 120);
    }
    return flow(shards, bar, 5);
  }

  private static Map<String, Integer> count(ShardMarket shards) {
    Map<String, Integer> counts = new HashMap<>();
    shards.owners().values().forEach(owner -> counts.merge(owner, 1, Integer::sum));
    return counts;
  }

  @Test
  void decisions_of_a_shard_that_was_taken_meanwhile_are_not_committed_and_the_others_are()
      throws Exception {
    try (ShardMarket shards = new ShardMarket(2);
        ConfigurableApplicationContext replica = shards.replica("first", 1, "60s")) {
      shards.store(HISTORY, HISTORY + 10);
      shards.send(HISTORY, HISTORY + 5);
      await("decisions", () -> shards.decisions().size() == 10);

      // Renewed every twenty seconds, the lease is not looked at before the next commit.
      shards.market.steal(0);
      shards.send(HISTORY + 5, HISTORY + 10);
      await("those of the other shard", () -> shards.decided(1) == 10);
      assertThat(shards.decided(0)).isEqualTo(5);
      await("the loss", () -> own(replica).size() == 1);
      assertThat(ShardMarket.get(replica, "/actuator/prometheus"))
          .containsPattern("(?m)^decisions_fenced_total [1-9]")
          .contains("shards_lost_total 1.0")
          .contains("shards_held 1.0");

      shards.market.die(0);
      await("the shard again", () -> shards.decided(0) == 10);
      shards.store(HISTORY + 10, HISTORY + 20);
      shards.send(HISTORY + 10, HISTORY + 20);
      await("every decision", () -> shards.decisions().size() == 40);
      assertThat(shards.decisions()).isEqualTo(shards.everyDecision(HISTORY + 20));
      assertThat(shards.brokenChains()).isZero();
    }
  }

  @Test
  void bars_heard_while_the_shard_was_anothers_are_decided_though_no_table_has_them()
      throws Exception {
    try (ShardMarket shards = new ShardMarket(2);
        ConfigurableApplicationContext replica = shards.replica("first")) {
      shards.send(HISTORY, HISTORY + 5);
      await("decisions", () -> shards.decisions().size() == 10);
      shards.market.steal(0);
      await("the loss", () -> own(replica).size() == 1);
      shards.send(HISTORY + 5, HISTORY + 12);
      await("those of the other shard", () -> shards.decided(1) == 12);
      assertThat(shards.decided(0)).isEqualTo(5);
      shards.market.die(0);
      await("the shard again", () -> shards.decided(0) == 12);
      shards.send(HISTORY + 12, HISTORY + 15);
      await("every decision", () -> shards.decisions().size() == 30);
      assertThat(shards.decisions()).isEqualTo(shards.everyDecision(HISTORY + 15));
      assertThat(shards.brokenChains()).isZero();
    }
  }

  @Test
  void a_restart_of_everything_reads_again_what_a_shard_without_an_owner_has_not_decided()
      throws Exception {
    try (ShardMarket shards = new ShardMarket(2)) {
      try (ConfigurableApplicationContext replica = shards.replica("first")) {
        shards.send(HISTORY, HISTORY + 5);
        await("decisions", () -> shards.decisions().size() == 10);
        shards.market.steal(0);
        shards.send(HISTORY + 5, HISTORY + 12);
        await("those of the other shard", () -> shards.decided(1) == 12);
        assertThat(replica.isActive()).isTrue();
      }
      assertThat(shards.decided(0)).isEqualTo(5);
      shards.market.die(0);
      try (ConfigurableApplicationContext replica = shards.replica("second")) {
        shards.send(HISTORY + 12, HISTORY + 15);
        await("every decision", () -> shards.decisions().size() == 30);
        assertThat(shards.decisions()).isEqualTo(shards.everyDecision(HISTORY + 15));
        assertThat(shards.brokenChains()).isZero();
        assertThat(replica.isActive()).isTrue();
      }
    }
  }

  @Test
  void bars_after_a_replica_that_died_before_its_first_decision_are_decided() throws Exception {
    try (ShardMarket shards = new ShardMarket(2)) {
      shards.replica("first").close();
      shards.store(HISTORY, HISTORY + 4);
      try (ConfigurableApplicationContext second = shards.replica("second")) {
        await("decisions", () -> shards.decisions().size() == 8);
        assertThat(shards.decisions()).isEqualTo(shards.everyDecision(HISTORY + 4));
        assertThat(second.isActive()).isTrue();
      }
    }
  }

  @Test
  void leases_are_kept_while_redis_is_away() throws Exception {
    try (ShardMarket shards = new ShardMarket(2);
        ConfigurableApplicationContext first = shards.replica("first", 1, "5s")) {
      shards.withoutRedis(8);
      assertThat(
              shards
                  .market
                  .sql()
                  .sql("select count(*) from core.shards where until > clock_timestamp()")
                  .query(Long.class)
                  .single())
          .isEqualTo(2);
      shards.send(HISTORY, HISTORY + 3);
      await("decisions", () -> shards.decisions().size() == 6);
      assertThat(first.isActive()).isTrue();
    }
  }

  @Test
  void a_replica_that_splits_pairs_otherwise_decides_nothing_until_the_others_stopped()
      throws Exception {
    try (ShardMarket shards = new ShardMarket(4)) {
      try (ConfigurableApplicationContext first = shards.replica("first");
          ConfigurableApplicationContext other = shards.replica("other", 3, "1s")) {
        int bar = flow(shards, HISTORY, 60);
        await("decisions", () -> shards.decisions().size() == 4 * (bar - HISTORY));
        assertThat(own(first)).hasSize(4);
        assertThat(own(other)).isEmpty();
        assertThat(ShardMarket.get(other, "/actuator/prometheus"))
            .contains("shard_plans_refused_total 1.0");
        first.close();
        await("all pairs", () -> own(other).size() == 4);
        flow(shards, bar, 5);
        await("every decision", () -> shards.decisions().size() == 4 * (bar + 5 - HISTORY));
        assertThat(shards.decisions()).isEqualTo(shards.everyDecision(bar + 5));
      }
    }
  }

  @Test
  void pairs_are_shown_with_the_shards_of_all_replicas_and_bad_bars_are_kept_once()
      throws Exception {
    try (ShardMarket shards = new ShardMarket(2);
        ConfigurableApplicationContext first = shards.replica("first");
        ConfigurableApplicationContext second = shards.replica("second")) {
      await("a fair share", () -> new TreeSet<>(shards.owners().values()).size() == 2);
      await("seen", () -> shown(first).size() == 2 && shown(second).size() == 2);
      String body = ShardMarket.get(first, "/api/v1/pairs").replaceAll("\\s", "");
      assertThat(body)
          .contains("\"replica\":\"first-", "\"number\":0", "\"number\":1", "\"epoch\":")
          .contains("\"owner\":\"first-", "\"owner\":\"second-", "\"own\":true", "\"own\":false")
          .contains("\"pairs\":[\"SIM01A-SIM01B\"]", "\"pairs\":[\"SIM02A-SIM02B\"]");

      shards.market.send("not json");
      shards.market.send("{\"symbol\":\"SIM01A\"}");
      shards.send(HISTORY, HISTORY + 1);
      await("decisions", () -> shards.decisions().size() == 2);
      for (ConfigurableApplicationContext replica : List.of(first, second)) {
        assertThat(ShardMarket.get(replica, "/actuator/prometheus"))
            .contains("bars_refused_total{reason=\"malformed\"} 2.0");
      }
      assertThat(
              shards
                  .market
                  .sql()
                  .sql("select count(*) from core.quarantine")
                  .query(Long.class)
                  .single())
          .isEqualTo(2);
    }
  }

  private static Set<String> shown(ConfigurableApplicationContext replica) {
    ShardTable.Seen seen = replica.getBean(HeldShards.class).seen();
    return seen == null ? Set.of() : Set.copyOf(seen.holders().values());
  }
}
