package io.mlassets.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.platform.testing.TestServers;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import redis.clients.jedis.Jedis;

/** Two replicas on one database: one run per slot and request, and any of them can abort. */
class ReplicasTest {
  private static final SmallMarket MARKET = new SmallMarket(2, 4_000, 0.05, 11);
  private static final Instant MISSED = Instant.parse("2026-01-01T03:00:00Z");
  private static final Instant REQUESTED_AT = Instant.parse("2026-01-01T00:00:00Z");
  private TestServers servers;
  private JdbcClient database;
  private Slots slots;

  @BeforeEach
  void startServers() {
    servers = TestServers.start();
    database = JdbcClient.create(servers.dataSource());
    slots = new Slots(database);
    database
        .sql(
            """
            insert into audit.retrain_runs (run_id, started_at, status, log_path, trigger, request)
            values (gen_random_uuid(), now(), 'success', 'x', 'rest', ?::jsonb)
            """)
        .param(RunningTrainer.body(MARKET, 1))
        .update();
  }

  @AfterEach
  void stopServers() {
    servers.close();
  }

  @Test
  @Tag("R-01")
  void a_slot_two_replicas_see_at_the_same_time_has_one_run() throws Exception {
    try (var one = new RunningTrainer(servers);
        var two = new RunningTrainer(servers)) {
      Instant slot = slots.makeDue();
      UUID run = onlyRun("cron", slot);
      // No bars: the run fails at once, so that a second one would find the lock free.
      one.awaitStatus(run, "retrying");
      two.awaitStatus(run, "retrying");
      Thread.sleep(3_000);
      assertThat(runs("cron")).hasSize(1);
    }
  }

  @Test
  @Tag("R-01")
  void slots_missed_while_no_replica_was_there_are_made_up_for_by_one_run() throws Exception {
    try (var planning = new RunningTrainer(servers)) {
      slots.planned();
    }
    slots.moveTo(MISSED);
    try (var one = new RunningTrainer(servers);
        var two = new RunningTrainer(servers)) {
      one.awaitStatus(onlyRun("cron", MISSED), "retrying");
      assertThat(slots.planned()).isAfter(Instant.now());
      Thread.sleep(3_000);
      assertThat(runs("cron")).hasSize(1);
    }
  }

  @Test
  @Tag("R-01")
  void a_slot_whose_replica_died_while_firing_gets_its_run_and_no_second_one() throws Exception {
    try (var living = new RunningTrainer(servers)) {
      slots.planned();
      slots.pickedByTheDead(MISSED);
      living.awaitStatus(onlyRun("cron", MISSED), "retrying");

      slots.pickedByTheDead(MISSED);
      Patience.until("the next slot", () -> !slots.planned().equals(MISSED));
      assertThat(slots.planned()).isAfter(Instant.now());
      assertThat(runs("cron")).hasSize(1);
    }
  }

  @Test
  @Tag("R-01")
  void a_slot_that_finds_another_run_under_way_waits_as_a_retry() throws Exception {
    MARKET.load(servers.dataSource());
    try (var replica = new RunningTrainer(servers)) {
      UUID busy = replica.start(MARKET, 500);
      Instant slot = slots.makeDue();
      UUID waiting = onlyRun("cron", slot);
      var row = replica.awaitStatus(waiting, "retrying");
      assertThat(row.get("error_message").asString()).contains(busy + " is under way");
      assertThat(row.get("retry_count").asInt()).isZero();
      assertThat(replica.abort(waiting)).isEqualTo(202);
      assertThat(replica.run(waiting).get("status").asString()).isEqualTo("aborted");
      assertThat(replica.abort(busy)).isEqualTo(202);
      replica.awaitStatus(busy, "aborted");
    }
  }

  @Test
  void a_request_that_finds_another_run_under_way_waits_too_and_is_not_lost() throws Exception {
    MARKET.load(servers.dataSource());
    try (var one = new RunningTrainer(servers);
        var two = new RunningTrainer(servers)) {
      UUID busy = one.start(MARKET, 500);
      publish(2);
      var row = two.awaitStatus(onlyRun("request", REQUESTED_AT), "retrying");
      assertThat(row.get("error_message").asString()).contains(busy + " is under way");
      assertThat(one.abort(busy)).isEqualTo(202);
      one.awaitStatus(busy, "aborted");
      assertThat(runs("request")).hasSize(1);
    }
  }

  @Test
  void a_stream_of_another_replicas_run_claims_to_know_nothing_of_its_progress() throws Exception {
    MARKET.load(servers.dataSource());
    UUID run;
    Stream<String> own;
    try (var one =
            new RunningTrainer(servers, "--spring.lifecycle.timeout-per-shutdown-phase=PT5M");
        var two = new RunningTrainer(servers)) {
      run = one.start(MARKET, 500);
      String elsewhere = two.send("GET", "/" + run + "/events", null).body();
      assertThat(elsewhere)
          .contains("\"stage\":\"running\"")
          .doesNotContain("percent", "seconds_left");

      own = one.events(run);
      assertThat(own.anyMatch(line -> line.equals(":alive"))).as("a heartbeat").isTrue();
      own = one.events(run);
      long stopping = System.nanoTime();
      one.close();
      assertThat(Duration.ofNanos(System.nanoTime() - stopping))
          .as("the web server need not wait for those who listen")
          .isLessThan(Duration.ofMinutes(2));
      assertThat(own.toList()).isNotEmpty();
      two.awaitStatus(run, "aborted");
    }
  }

  @Test
  void a_request_both_replicas_hear_has_one_run() throws Exception {
    try (var one = new RunningTrainer(servers);
        var two = new RunningTrainer(servers)) {
      publish(2);
      UUID run = onlyRun("request", REQUESTED_AT);
      one.awaitStatus(run, "retrying");
      two.awaitStatus(run, "retrying");
      Thread.sleep(2_000);
      assertThat(runs("request")).hasSize(1);
    }
  }

  @Test
  @Tag("R-06")
  void a_run_of_one_replica_is_aborted_by_the_other() throws Exception {
    MARKET.load(servers.dataSource());
    try (var one = new RunningTrainer(servers);
        var two = new RunningTrainer(servers)) {
      UUID run = one.start(MARKET, 500);
      ProcessHandle child = RunningTrainer.childOf(run);
      assertThat(two.abort(run)).isEqualTo(202);
      var row = two.awaitStatus(run, "aborted");
      assertThat(row.get("error_message").asString()).isEqualTo("aborted on request");
      assertThat(row.get("resources").get("peak_memory_mib").asLong()).isPositive();
      assertThat(child.isAlive()).isFalse();
      assertThat(two.abort(run)).isEqualTo(409);
    }
  }

  /** To so many replicas. */
  private void publish(int listeners) throws Exception {
    String request =
        """
        {"source": "feature-validator", "reason": "model_drift", "detail": "win rate fell",
         "requested_at": "2026-01-01T00:00:00Z"}
        """;
    try (Jedis redis = servers.jedis()) {
      Patience.until(
          listeners + " listeners",
          () -> redis.pubsubNumSub("retrain.requests").get("retrain.requests") >= listeners);
      assertThat(redis.publish("retrain.requests", request)).isEqualTo(listeners);
    }
  }

  private UUID onlyRun(String trigger, Instant slot) throws Exception {
    Patience.until("a run", () -> !runs(trigger).isEmpty());
    assertThat(runs(trigger)).hasSize(1);
    Map<String, Object> row = runs(trigger).getFirst();
    assertThat(((Timestamp) row.get("slot")).toInstant()).isEqualTo(slot);
    return (UUID) row.get("run_id");
  }

  private List<Map<String, Object>> runs(String trigger) {
    return database
        .sql("select run_id, slot from audit.retrain_runs where trigger = ?")
        .param(trigger)
        .query()
        .listOfRows();
  }
}
