package io.mlassets.inference;

import static io.mlassets.inference.LiveMarket.await;
import static io.mlassets.inference.PipelineMarket.HISTORY;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.inference.BarSettings.Source;
import io.mlassets.testing.SampleMarket;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Bars that wait for features the data pipeline makes while their shard goes from one replica to
 * another. The table of bars has none of them yet: whoever decides them heard of them itself.
 */
@Tag("I-01")
@Tag("I-04")
class PipelineReplicasTest {
  private static final int DECIDED = HISTORY + 20;
  private static final int WAITING = DECIDED + 3;
  private static final int BARS_UNTIL_GIVEN_UP = 2;

  @TempDir Path folder;
  private PipelineMarket on;

  @BeforeEach
  void start() throws Exception {
    on = new PipelineMarket(folder);
  }

  @AfterEach
  void stop() throws Exception {
    on.close();
  }

  private void decide(Source source, int from, int to) throws Exception {
    for (int bar = from; bar < to; bar++) {
      on.sendVector(source, bar);
      on.sendBarAlone(source, bar);
    }
    on.awaitSignals(to - HISTORY);
  }

  /** Some bars are decided, and some wait in all that listen; the second's vector is there. */
  private void letWait(Source source, ConfigurableApplicationContext... replicas) throws Exception {
    decide(source, HISTORY, DECIDED);
    for (int bar = DECIDED; bar < WAITING; bar++) {
      on.sendBarAlone(source, bar);
    }
    on.sendVector(source, DECIDED + 1);
    for (ConfigurableApplicationContext replica : replicas) {
      await(
          "all bars heard",
          () -> PipelineMarket.counted(replica, "bars_total") == 2 * (WAITING - HISTORY));
    }
    assertThat(on.market.signals()).isEqualTo(DECIDED - HISTORY);
  }

  private static void awaitPairs(ConfigurableApplicationContext replica, int count)
      throws Exception {
    PairBoard board = replica.getBean(PairBoard.class);
    await(count + " pairs", () -> board.pairs().size() == count);
  }

  private void sendOtherVectors(Source source) throws Exception {
    on.sendVector(source, DECIDED);
    on.sendVector(source, DECIDED + 2);
  }

  private void assertEachDecidedOnceAsReplayed(Source source) throws Exception {
    decide(source, WAITING, WAITING + 10);
    on.assertAsReplayed(HISTORY, WAITING + 10, Set.of());
    assertThat(on.market.sql().sql("select reason from core.quarantine").query(String.class).list())
        .isEqualTo(List.of());
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void another_replica_decides_them_when_the_first_one_leaves(Source source) throws Exception {
    try (ConfigurableApplicationContext first = on.replica("first", source);
        ConfigurableApplicationContext second = on.replica("second", source)) {
      awaitPairs(first, 1);
      letWait(source, first, second);
      first.close();
      awaitPairs(second, 1);
      sendOtherVectors(source);
      assertEachDecidedOnceAsReplayed(source);
      assertThat(PipelineMarket.counted(second, "features_missing_total", "pair", pair())).isZero();
    }
  }

  private static String pair() {
    return SampleMarket.PAIR.id();
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void who_lost_its_lease_decides_them_when_it_has_the_shard_again(Source source) throws Exception {
    try (ConfigurableApplicationContext replica = on.replica("first", source)) {
      letWait(source, replica);
      on.market.steal(0);
      awaitPairs(replica, 0);
      sendOtherVectors(source);
      await(
          "all vectors",
          () -> PipelineMarket.counted(replica, "features_total") == WAITING - HISTORY);
      assertThat(on.market.signals()).isEqualTo(DECIDED - HISTORY);
      on.market.die(0);
      assertEachDecidedOnceAsReplayed(source);
    }
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void after_the_next_one_stopped_too_a_restart_reads_them_again(Source source) throws Exception {
    try (ConfigurableApplicationContext first = on.replica("first", source);
        ConfigurableApplicationContext second = on.replica("second", source)) {
      awaitPairs(first, 1);
      letWait(source, first, second);
      first.close();
      awaitPairs(second, 1);
    }
    on.market.history(HISTORY, DECIDED);
    try (ConfigurableApplicationContext third = on.replica("third", source)) {
      awaitPairs(third, 1);
      sendOtherVectors(source);
      assertEachDecidedOnceAsReplayed(source);
    }
  }

  /** The record is asked for a deal of an entry when it is to be given up. */
  @Test
  void a_bar_whose_decision_a_stop_cut_short_is_decided_after_it() throws Exception {
    int bar = HISTORY;
    try (ConfigurableApplicationContext first = on.replica("first", Source.REDIS)) {
      do {
        decide(Source.REDIS, bar, bar + 1);
        bar++;
      } while (!on.recorded().getLast().get("action").equals("ENTER"));
      decide(Source.REDIS, bar, bar + BARS_UNTIL_GIVEN_UP);
      bar += BARS_UNTIL_GIVEN_UP;
      on.market.history(HISTORY, bar);
      int heard = 2 * (bar - HISTORY);
      on.sendBarAlone(Source.REDIS, bar);
      await("the bar", () -> PipelineMarket.counted(first, "bars_total") == heard + 2);
      on.servers.databaseAway(true);
      on.sendVector(Source.REDIS, bar);
      // From then on it pauses for longer than a stop takes.
      await(
          "a deal is asked for",
          () ->
              PipelineMarket.counted(first, "database_retries_total", "work", "look for a deal")
                  >= 6);
      on.servers.databaseAway(false);
    }
    assertThat(on.market.signals()).isEqualTo(bar - HISTORY);
    try (ConfigurableApplicationContext second = on.replica("second", Source.REDIS)) {
      awaitPairs(second, 1);
      decide(Source.REDIS, bar + 1, bar + 5);
      on.assertAsReplayed(HISTORY, bar + 5, Set.of());
    }
  }
}
