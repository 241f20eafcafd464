package io.mlassets.validator.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.mlassets.validator.RunningValidator;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

class DriftScheduleTest {
  private static RunningValidator validator;

  @BeforeAll
  static void start() {
    validator =
        new RunningValidator("--validator.initial-delay=PT0S", "--validator.interval=PT0.2S");
  }

  @AfterAll
  static void stop() {
    validator.close();
  }

  private static double checks(String outcome) {
    MeterRegistry meters = validator.context.getBean(MeterRegistry.class);
    return meters.counter("drift_checks_total", "outcome", outcome).count();
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited 60 s").isLessThan(deadline);
      Thread.sleep(50);
    }
  }

  @Test
  @Tag("V-02")
  void measuring_goes_on_by_itself_and_outlives_a_database_that_was_away() throws Exception {
    await(() -> checks("done") >= 2);
    validator.servers.databaseAway(true);
    await(() -> checks("failed") >= 1);
    validator.servers.databaseAway(false);
    double before = checks("done");
    await(() -> checks("done") > before);
  }

  @Test
  void its_role_may_write_its_own_tables_only() {
    JdbcClient own = validator.context.getBean(JdbcClient.class);
    for (String foreign :
        new String[] {
          "insert into core.trading_state (state, reason, actor, changed_at)"
              + " values ('ACTIVE', '', '', now())",
          "update core.model_registry set status = 'archived'",
          "delete from core.feature_drift"
        }) {
      assertThatThrownBy(() -> own.sql(foreign).update())
          .as(foreign)
          .isInstanceOf(DataAccessException.class)
          .rootCause()
          .hasMessageContaining("permission denied");
    }
  }
}
