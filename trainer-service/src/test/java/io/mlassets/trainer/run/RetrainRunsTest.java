package io.mlassets.trainer.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlassets.decision.Thresholds;
import io.mlassets.market.BarInterval;
import io.mlassets.market.Pair;
import io.mlassets.model.ModelVersion;
import io.mlassets.platform.testing.TestServers;
import io.mlassets.trainer.engine.EngineChoice;
import io.mlassets.trainer.store.BacktestFigures;
import io.mlassets.trainer.store.RunMetrics;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** What a row may become, whoever comes first. */
@Tag("R-06")
class RetrainRunsTest {
  private static final Instant SLOT = Instant.parse("2026-01-01T03:00:00Z");
  private static final RunRequest REQUEST =
      new RunRequest(
          List.of(Pair.parse("SIM01A-SIM01B")),
          BarInterval.M1,
          null,
          null,
          5,
          2,
          EngineChoice.BOTH,
          null,
          "a test");
  private TestServers servers;
  private RetrainRuns runs;

  @BeforeEach
  void startServers() {
    servers = TestServers.start();
    runs =
        new RetrainRuns(
            JdbcClient.create(servers.dataSource("mlassets_trainer")),
            JsonMapper.builder().build(),
            Clock.systemUTC(),
            new RunLogs(Path.of("log")));
  }

  @AfterEach
  void stopServers() {
    servers.close();
  }

  @Test
  void a_run_that_was_promised_to_be_aborted_stores_nothing_and_ends_aborted() {
    UUID id = runs.begin(REQUEST, Trigger.CRON);
    assertThat(runs.requestAbort(id)).isTrue();
    assertThat(runs.isUnwanted(id)).isTrue();
    assertThatThrownBy(() -> runs.succeed(id, outcome())).isInstanceOf(IllegalStateException.class);
    RetrainRun row = runs.end(id, RunStatus.RETRYING, "exit code 1", null).orElseThrow();
    assertThat(row.status()).isEqualTo("aborted");
    assertThat(row.errorMessage()).isEqualTo("aborted on request");
  }

  @Test
  void a_run_that_has_its_model_can_be_aborted_no_more() {
    UUID id = runs.begin(REQUEST, Trigger.CLI);
    runs.succeed(id, outcome());
    assertThat(runs.requestAbort(id)).isFalse();
    assertThat(runs.isUnwanted(id)).isFalse();
    assertThat(runs.end(id, RunStatus.FAILED, "exit code 137", null)).isEmpty();
    assertThat(runs.find(id).orElseThrow().status()).isEqualTo("success");
  }

  @Test
  void a_slot_that_only_waited_has_all_its_retries_left() {
    runs.waiting().defer(REQUEST, Trigger.CRON, SLOT, "another is under way");
    UUID id = runs.waiting().due(Duration.ZERO).orElseThrow().runId();
    assertThat(runs.waiting().beginAgain(id)).hasValue(0);
    runs.end(id, RunStatus.RETRYING, "failed", null);
    assertThat(runs.waiting().beginAgain(id)).hasValue(1);
    runs.end(id, RunStatus.RETRYING, "failed", null);
    assertThat(runs.waiting().beginAgain(id)).hasValue(2);
    assertThat(runs.waiting().beginAgain(id)).as("it is running").isEmpty();
  }

  @Test
  void an_end_nobody_was_told_of_is_told_once_and_a_slot_that_waits_is_no_end() {
    runs.waiting().defer(REQUEST, Trigger.CRON, SLOT, "another is under way");
    UUID refused =
        runs.waiting().refuse(Trigger.REQUEST, SLOT, "drift", "no pairs").orElseThrow().runId();
    UUID told = runs.begin(REQUEST, Trigger.REST);
    runs.end(told, RunStatus.FAILED, "no bars", null);
    runs.ended().announced(told);
    UUID running = runs.begin(REQUEST, Trigger.REST);
    Instant later = Instant.now().plusSeconds(60);

    assertThat(runs.ended().takeUnannounced(Instant.now().minusSeconds(60))).isEmpty();
    assertThat(runs.ended().takeUnannounced(later))
        .extracting(RetrainRun::runId)
        .containsExactly(refused)
        .doesNotContain(running);
    assertThat(runs.ended().takeUnannounced(later)).isEmpty();
    assertThat(runs.waiting().refuse(Trigger.REQUEST, SLOT, "drift", "no pairs")).isEmpty();
  }

  @Test
  void a_staged_bundle_is_awaited_until_its_delivery_is_recorded() {
    UUID id = runs.begin(REQUEST, Trigger.REST);
    runs.succeed(id, outcome().with("staged"));
    assertThat(runs.ended().hasStored(id, outcome().modelVersion())).isTrue();
    assertThat(runs.ended().hasStored(id, new ModelVersion("20200101_0300"))).isFalse();
    assertThat(runs.ended().staged()).containsExactly(outcome().modelVersion());
    runs.ended().delivered(id, "delivered");
    assertThat(runs.ended().staged()).isEmpty();
  }

  @Test
  void a_training_that_dies_of_an_error_leaves_a_failed_row() {
    CommandLineRun run = CommandLineRun.begin(REQUEST, runs, new AnnounceRun(null, "#runs", runs));
    assertThatThrownBy(
            () ->
                run.toTheEnd(
                    () -> {
                      throw new OutOfMemoryError("Java heap space");
                    }))
        .isInstanceOf(OutOfMemoryError.class);
    RetrainRun row = runs.find(run.id()).orElseThrow();
    assertThat(row.status()).isEqualTo("failed");
    assertThat(row.errorMessage()).contains("OutOfMemoryError");
  }

  @Test
  void a_lock_that_was_given_back_is_not_taken_again_by_a_late_look() {
    var dataSource = servers.dataSource("mlassets_trainer");
    RunLock lock = RunLock.tryAcquire(dataSource).orElseThrow();
    assertThat(lock.keep()).isTrue();
    lock.close();
    assertThat(lock.keep()).isFalse();
    try (RunLock next = RunLock.tryAcquire(dataSource).orElseThrow()) {
      assertThat(next.keep()).isTrue();
    }
  }

  @Test
  void a_process_that_is_ending_does_not_take_back_what_it_has_used() {
    Resources before = new Resources("cpu", 2, 2, 0, 10, 15, 700);
    Resources last = new Resources("cpu", 2, 2, 0, 11, 0, -1);
    assertThat(last.most(before)).isEqualTo(new Resources("cpu", 2, 2, 0, 11, 15, 700));
    assertThat(last.most(null)).isEqualTo(last);
  }

  private static RunOutcome outcome() {
    return new RunOutcome(
        new ModelVersion("20260101_0300"),
        "abc",
        "adopted",
        List.of("better"),
        new Thresholds(0.6, 0.3),
        new RunMetrics(
            new TreeMap<>(),
            new BacktestFigures(1.0, 0.5, 1.5, 2.0, 0.6, 0.1, 0.2, 100, 0.3, 1_000),
            null,
            0,
            List.of(),
            0.2,
            0.8,
            0.3),
        new Resources("cpu", 2, 2, 0, 10, 15, 700),
        null);
  }
}
