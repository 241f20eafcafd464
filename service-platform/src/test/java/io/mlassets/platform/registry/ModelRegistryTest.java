package io.mlassets.platform.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlassets.decision.Thresholds;
import io.mlassets.model.BundleFile;
import io.mlassets.model.InvalidBundleException;
import io.mlassets.model.ModelType;
import io.mlassets.model.ModelVersion;
import io.mlassets.platform.testapp.SmallApplication;
import io.mlassets.platform.testing.TestServers;
import io.mlassets.platform.web.ConflictException;
import io.mlassets.platform.web.NotFoundException;
import java.sql.Connection;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Each test has a scope of its own. */
class ModelRegistryTest {
  private static TestServers servers;
  private static ConfigurableApplicationContext context;
  private static ModelRegistry registry;
  private static JdbcClient database;

  @BeforeAll
  static void start() {
    servers = TestServers.start();
    context = servers.startAs("mlassets_trainer", SmallApplication.class, "platformtest");
    registry = context.getBean(ModelRegistry.class);
    database = JdbcClient.create(servers.dataSource());
  }

  @AfterAll
  static void stop() {
    context.close();
    servers.close();
  }

  @Test
  @Tag("G-01")
  void adopting_archives_the_model_before_and_rolling_back_swaps_them() {
    ModelVersion first = adopted("s");
    ModelVersion second = adopted("s");
    assertActive("s", second);
    registry.activate(first, "s", () -> {});
    assertActive("s", first);
    assertThatThrownBy(() -> registry.activate(first, "s", () -> {}))
        .isInstanceOf(ConflictException.class);
  }

  @Test
  @Tag("R-07")
  @Tag("G-03")
  void refused_candidates_push_out_no_model_that_was_in_force() {
    List<ModelVersion> adopted = IntStream.range(0, 4).mapToObj(i -> adopted("r")).toList();
    List<ModelVersion> rejected = IntStream.range(0, 4).mapToObj(i -> rejected("r")).toList();

    assertThat(registry.retain("r", 2))
        .containsExactly(adopted.get(0), rejected.get(0), rejected.get(1));

    assertThat(registry.artifact(adopted.get(0))).isEmpty();
    assertThat(registry.artifact(rejected.get(1))).isEmpty();
    assertThat(registry.artifact(rejected.get(2))).isPresent();
    assertActive("r", adopted.get(3));
    registry.activate(adopted.get(1), "r", () -> {});
    assertActive("r", adopted.get(1));
    assertThatThrownBy(() -> registry.activate(adopted.get(0), "r", () -> {}))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("bundle of model " + adopted.get(0));
  }

  @Test
  @Tag("I-07")
  void the_active_model_stays_active_when_its_bytes_are_lost_and_a_candidate_without_does_not() {
    ModelVersion active = adopted("l");
    ModelVersion candidate = rejected("l");
    for (ModelVersion version : List.of(active, candidate)) {
      database
          .sql("delete from core.model_artifacts where model_version = ?")
          .param(version.value())
          .update();
    }
    assertActive("l", active);
    assertThat(registry.newestRejected("l")).isEmpty();
    assertThat(registry.artifact(active)).isEmpty();
  }

  @Test
  @Tag("I-06")
  void bytes_that_are_more_than_a_bundle_are_not_read() {
    ModelVersion version = registry.freeVersion();
    registry.store(version, "c", "s", new byte[BundleFile.MAX_BYTES + 1]);
    assertThatThrownBy(() -> registry.artifact(version))
        .isInstanceOf(InvalidBundleException.class)
        .hasMessageContaining("larger than " + BundleFile.MAX_BYTES);
  }

  @Test
  @Tag("E-03")
  void figures_reports_and_numbers_of_trials_outlive_their_bundle() {
    ModelVersion old = rejected("h");
    for (String row :
        List.of(
            "search_trials values ('st', 1, '{}', 0.6, '{1,2}', false, 9, :v, now(), '[[1]]')",
            "run_reports values (:v, '<p>', now())",
            "backtest_results values (:v, 'oof', 'PT1M', now(), now(), 0.7, 0.3, 1.5, 1, 2, 3,"
                + " 0.5, 0.1, 0.2, 7, 0.4, 300)",
            "backtest_trades values (:v, 'oof', 'A-B', now(), now(), 1, 1, 1, 1, 1, 'x')",
            "theta_cells values (:v, 1, 0.7, 0.3, false, 1, 1, 7, 0.2)",
            "oof_predictions values (:v, 'A-B', 'PT1M', now(), 0, 1, 1, 1, 1, 1, 1, now())",
            "feature_reference values (:v, 'f', '{}', '{}', 1, 1, 1)")) {
      database.sql("insert into core." + row).param("v", old.value()).update();
    }
    rejected("h");

    assertThat(registry.retain("h", 1)).containsExactly(old);
    assertThat(registry.retain("h", 1)).as("again, for files left behind").containsExactly(old);

    assertThat(count("run_reports", old)).isOne();
    assertThat(count("search_trials", old)).isOne();
    for (String table :
        List.of("oof_predictions", "backtest_trades", "theta_cells", "feature_reference")) {
      assertThat(count(table, old)).as(table).isZero();
    }
    assertThat(
            database
                .sql(
                    """
                    select sharpe from analytics.model_performance
                    where model_version = ? and ai1_auc = 0.6
                    """)
                .param(old.value())
                .query(Double.class)
                .single())
        .isEqualTo(1.5);
  }

  @Test
  @Tag("R-07")
  void a_model_being_rolled_back_to_is_not_deleted_meanwhile() throws Exception {
    ModelVersion old = adopted("a");
    adopted("a");
    adopted("a");
    CountDownLatch activated = new CountDownLatch(1);
    CountDownLatch mayCommit = new CountDownLatch(1);
    CompletableFuture<Void> operator =
        CompletableFuture.runAsync(
            () ->
                registry.activate(
                    old,
                    "a",
                    () -> {
                      activated.countDown();
                      await(mayCommit);
                    }),
            Thread::startVirtualThread);
    await(activated);
    CompletableFuture<List<ModelVersion>> trainer =
        CompletableFuture.supplyAsync(() -> registry.retain("a", 1), Thread::startVirtualThread);
    awaitWaiting();
    mayCommit.countDown();
    operator.get(60, TimeUnit.SECONDS);

    assertThat(trainer.get(60, TimeUnit.SECONDS)).doesNotContain(old);

    assertActive("a", old);
    assertThat(registry.artifact(old)).isPresent();
  }

  @Test
  @Tag("G-03")
  void a_model_being_deleted_is_not_rolled_back_to() throws Exception {
    ModelVersion old = adopted("d");
    ModelVersion last = adopted("d");
    try (Connection connection = servers.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(
          "update core.model_registry set bundle_deleted_at = now() where model_version = '%s'"
              .formatted(old));
      CompletableFuture<Void> operator =
          CompletableFuture.runAsync(
              () -> registry.activate(old, "d", () -> {}), Thread::startVirtualThread);
      awaitWaiting();
      connection.commit();
      assertThat(operator).failsWithin(60, TimeUnit.SECONDS);
    }
    assertActive("d", last);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void awaitWaiting() throws InterruptedException {
    for (int i = 0; i < 1_200; i++) {
      boolean waits =
          database
              .sql(
                  """
                  select exists (select 1 from pg_stat_activity
                    where datname = current_database() and wait_event_type = 'Lock')
                  """)
              .query(Boolean.class)
              .single();
      if (waits) {
        return;
      }
      Thread.sleep(50);
    }
    throw new AssertionError("nobody waited for the other transaction");
  }

  private static void assertActive(String scope, ModelVersion version) {
    assertThat(registry.active(scope))
        .hasValueSatisfying(model -> assertThat(model.version()).isEqualTo(version));
  }

  private static long count(String table, ModelVersion version) {
    return database
        .sql("select count(*) from core." + table + " where model_version = ?")
        .param(version.value())
        .query(Long.class)
        .single();
  }

  @Test
  @Tag("I-06")
  void while_a_step_back_from_the_active_model_holds_the_last_good_one_decides() {
    ModelVersion first = adopted("b");
    ModelVersion second = adopted("b");
    ModelVersion active = adopted("b");
    List.of(first, second, active).forEach(ModelRegistryTest::swappedTo);
    assertDecides(active);
    stepBackFrom(first);
    assertDecides(active);
    stepBackFrom(active);
    assertDecides(second);
    assertActive("b", active);
    stepBackFrom(second);
    assertDecides(active);
    database
        .sql(
            """
            update core.model_stepbacks set lifted_at = now(), lifted_by = 'o', lift_reason = 'r'
            where model_version = ?
            """)
        .param(first.value())
        .update();
    assertDecides(first);
    registry.activate(first, "b", () -> {});
    assertDecides(first);
  }

  private static void assertDecides(ModelVersion version) {
    assertThat(registry.deciding("b").map(RegisteredModel::version)).contains(version);
  }

  private static void swappedTo(ModelVersion version) {
    database
        .sql(
            "insert into core.model_swaps (model_scope, model_version, cause)"
                + " values ('b', ?, 'at_once')")
        .param(version.value())
        .update();
  }

  private static void stepBackFrom(ModelVersion version) {
    database
        .sql(
            "insert into core.model_stepbacks (model_scope, model_version, found, reason, figures)"
                + " values ('b', ?, 'live', 'r', '{}')")
        .param(version.value())
        .update();
  }

  private static ModelVersion adopted(String scope) {
    ModelVersion version = stored(scope);
    registry.adopt(version, scope, entries(), () -> {});
    return version;
  }

  private static ModelVersion rejected(String scope) {
    ModelVersion version = stored(scope);
    registry.reject(version, scope, entries(), () -> {});
    return version;
  }

  private static ModelVersion stored(String scope) {
    ModelVersion version = registry.freeVersion();
    registry.store(version, "c", scope, new byte[] {1, 2, 3});
    return version;
  }

  private static List<RegistryEntry> entries() {
    return Arrays.stream(ModelType.values())
        .map(
            type ->
                new RegistryEntry(
                    type,
                    LocalDate.EPOCH,
                    LocalDate.EPOCH,
                    new Thresholds(0.7, 0.3),
                    "{\"auc\":0.6}",
                    "x.zip",
                    "test",
                    "h",
                    1,
                    "{}"))
        .toList();
  }
}
