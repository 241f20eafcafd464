package io.mlassets.dispatcher.control;

import io.mlassets.control.DriftMeasured;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the validator measured of live results; read from its table, where nothing is lost. */
@Component
class FindDrift {
  private static final Duration AGAIN = Duration.ofSeconds(5);
  private static final int MOST = 2_000;
  private final JdbcClient jdbc;
  private final Clock clock;
  private Instant readAt = Instant.MIN;
  private List<DriftMeasured> measured = List.of();

  FindDrift(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  List<DriftMeasured> within(Duration window) {
    Instant now = clock.instant();
    if (readAt.isBefore(now.minus(AGAIN))) {
      measured =
          jdbc.sql(
                  """
                  select computed_at, model_version, drifted from core.model_drift
                  where mode = 'live' and computed_at > ? order by id desc limit %d
                  """
                      .formatted(MOST))
              .param(now.minus(window).atOffset(ZoneOffset.UTC))
              .query(
                  (row, n) ->
                      new DriftMeasured(
                          row.getObject(1, OffsetDateTime.class).toInstant(),
                          row.getString(2),
                          row.getBoolean(3)))
              .list();
      readAt = now;
    }
    return measured;
  }
}
