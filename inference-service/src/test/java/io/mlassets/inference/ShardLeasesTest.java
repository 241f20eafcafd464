package io.mlassets.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlassets.inference.ShardLeases.Progress;
import io.mlassets.market.Pair;
import io.mlassets.platform.testing.TestServers;
import io.mlassets.shard.ShardPlan;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Two replicas and their leases of a second. */
@Tag("I-04")
class ShardLeasesTest {
  private static final Duration LEASE = Duration.ofSeconds(1);
  private static final InferenceSettings INFERENCE = new InferenceSettings("all", LEASE, LEASE);
  private static final ShardPlan PLAN = plan(2);
  private TestServers servers;
  private TransactionTemplate transactions;
  private JdbcClient jdbc;
  private ShardTable table;
  private ShardLeases first;
  private ShardLeases second;

  private static ShardPlan plan(int size) {
    return new ShardPlan(
        IntStream.rangeClosed(1, 6)
            .mapToObj(i -> Pair.parse("SIM%02dA-SIM%02dB".formatted(i, i)))
            .toList(),
        size);
  }

  @BeforeEach
  void start() {
    servers = TestServers.start();
    DataSource pool = servers.dataSource("mlassets_inference");
    transactions = new TransactionTemplate(new JdbcTransactionManager(pool));
    jdbc = JdbcClient.create(pool);
    table = new ShardTable(jdbc, INFERENCE);
    first = replica("first");
    second = replica("second");
  }

  private ShardLeases replica(String name) {
    return new ShardLeases(jdbc, transactions, INFERENCE, new ShardSettings(2, LEASE, name));
  }

  @AfterEach
  void stop() {
    servers.close();
  }

  private static void sleepPastTheLease() throws InterruptedException {
    Thread.sleep(LEASE.toMillis() + 100);
  }

  private SortedMap<Integer, Long> locked(ShardLeases replica) {
    return transactions.execute(status -> replica.lock(Progress.UNKNOWN));
  }

  @Test
  void a_shard_has_one_owner_and_each_taking_over_a_higher_epoch() throws Exception {
    SortedMap<Integer, Long> taken = first.take(PLAN, List.of(0, 1));
    assertThat(taken).containsOnlyKeys(0, 1);
    SortedMap<Integer, Long> rest = second.take(PLAN, List.of(0, 1, 2));
    assertThat(rest).containsOnlyKeys(2);
    assertThat(rest.get(2)).isGreaterThan(taken.get(0));
    assertThat(locked(first)).isEqualTo(taken);

    sleepPastTheLease();
    assertThat(second.renew(PLAN, Progress.UNKNOWN)).isEqualTo(rest);
    SortedMap<Integer, Long> over = second.take(PLAN, List.of(0));
    assertThat(over).containsOnlyKeys(0);
    assertThat(over.get(0)).isGreaterThan(rest.get(2));
    assertThat(locked(first)).isEqualTo(Map.of(1, taken.get(1)));
    assertThat(first.renew(PLAN, Progress.UNKNOWN)).containsOnlyKeys(1);
  }

  @Test
  void a_lease_that_is_over_goes_on_if_nobody_took_the_shard() throws Exception {
    SortedMap<Integer, Long> taken = first.take(PLAN, List.of(0));
    sleepPastTheLease();
    assertThat(table.seen(PLAN, first.me()).holders()).isEmpty();
    assertThat(first.renew(PLAN, Progress.UNKNOWN)).isEqualTo(taken);
    assertThat(second.take(PLAN, List.of(0))).isEmpty();
  }

  @Test
  void nobody_takes_a_shard_over_from_a_transaction_that_locked_it() throws Exception {
    SortedMap<Integer, Long> taken = first.take(PLAN, List.of(0, 1));
    sleepPastTheLease();
    transactions.executeWithoutResult(
        status -> {
          assertThat(first.lock(Progress.UNKNOWN)).isEqualTo(taken);
          assertThat(inAnotherThread(() -> second.take(PLAN, List.of(0, 1, 2))))
              .containsOnlyKeys(2);
        });
    assertThat(first.renew(PLAN, Progress.UNKNOWN)).isEqualTo(taken);
  }

  /** It has its own connection: the test's is in a transaction. */
  private static <T> T inAnotherThread(Supplier<T> work) {
    return CompletableFuture.supplyAsync(work, task -> Thread.ofPlatform().start(task)).join();
  }

  @Test
  void one_that_is_stopped_within_its_transaction_commits_nothing_and_keeps_nobody_waiting()
      throws Exception {
    first.take(PLAN, List.of(0));
    assertThatThrownBy(
            () ->
                transactions.executeWithoutResult(
                    status -> {
                      first.lock(Progress.UNKNOWN);
                      try {
                        sleepPastTheLease();
                      } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                      }
                      assertThat(inAnotherThread(() -> second.take(PLAN, List.of(0))))
                          .containsOnlyKeys(0);
                    }))
        .isInstanceOf(RuntimeException.class);
    assertThat(locked(first)).isEmpty();
    assertThat(locked(second)).containsOnlyKeys(0);
  }

  @Test
  void what_is_released_can_be_taken_at_once_and_who_left_is_not_alive() {
    first.renew(PLAN, Progress.UNKNOWN);
    first.take(PLAN, List.of(0, 1, 2));
    assertThat(table.seen(PLAN, second.me()).alive())
        .containsExactlyInAnyOrder(first.me(), second.me());
    first.release(List.of(1), Progress.UNKNOWN);
    assertThat(second.take(PLAN, List.of(0, 1, 2))).containsOnlyKeys(1);
    assertThat(table.seen(PLAN, second.me()).holders())
        .isEqualTo(Map.of(0, first.me(), 1, second.me(), 2, first.me()));
    first.leave();
    assertThat(table.seen(PLAN, second.me()).alive()).containsExactly(second.me());
  }

  @Test
  void pairs_split_otherwise_cannot_be_held_beside_and_their_commits_end_with_the_change()
      throws Exception {
    ShardPlan other = plan(3);
    SortedMap<Integer, Long> taken = first.take(PLAN, List.of(0, 1, 2));
    assertThat(second.take(other, List.of(0, 1))).isEmpty();
    assertThat(table.seen(other, second.me()).plan()).isEqualTo(PLAN.id());
    assertThat(table.seen(other, second.me()).alive()).doesNotContain(first.me());

    sleepPastTheLease();
    SortedMap<Integer, Long> over = second.take(other, List.of(0, 1));
    assertThat(over).containsOnlyKeys(0, 1);
    assertThat(over.get(0)).isGreaterThan(taken.get(0));
    assertThat(table.seen(other, second.me()).shards())
        .extracting(row -> row.pairs().size())
        .containsExactly(3, 3);
    assertThat(locked(first)).isEmpty();
    assertThat(first.renew(PLAN, Progress.UNKNOWN)).isEmpty();
    assertThat(first.take(PLAN, List.of(0, 1, 2))).isEmpty();
  }

  @Test
  void positions_are_those_of_the_shards_that_came_so_far_and_outlive_their_owners() {
    first.take(PLAN, List.of(0, 1, 2));
    assertThat(table.positions()).containsExactly("", "", "");
    first.renew(PLAN, new Progress("redis 7-0", Set.of(0, 1)));
    transactions.executeWithoutResult(status -> first.lock(new Progress("redis 9-0", Set.of(1))));
    first.release(List.of(2), new Progress("redis 8-0", Set.of(0, 2)));
    second.take(PLAN, List.of(2));
    assertThat(table.positions()).containsExactlyInAnyOrder("redis 7-0", "redis 9-0", "redis 8-0");
  }

  @Test
  void sizes_and_leases_out_of_range_are_refused() {
    assertThatThrownBy(() -> new ShardSettings(0, LEASE, ""))
        .hasMessageContaining("INFERENCE_SHARDS_SIZE: 0");
    assertThatThrownBy(() -> new ShardSettings(1_001, LEASE, ""))
        .hasMessageContaining("INFERENCE_SHARDS_SIZE: 1001");
    assertThatThrownBy(() -> new ShardSettings(10, Duration.ofMillis(999), ""))
        .hasMessageContaining("INFERENCE_SHARDS_LEASE");
    assertThatThrownBy(() -> new ShardSettings(10, Duration.ofSeconds(61), ""))
        .hasMessageContaining("INFERENCE_SHARDS_LEASE");
  }
}
