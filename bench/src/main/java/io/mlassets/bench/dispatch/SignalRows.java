package io.mlassets.bench.dispatch;

import io.mlassets.signal.Action;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;

/** Signals as inference commits them, on a bar a minute after the one before. */
final class SignalRows implements AutoCloseable {
  private static final Instant FIRST = Instant.parse("2026-01-05T00:00:00Z");
  private static final String HASH = "5f".repeat(32);

  private final Connection connection;
  private final PreparedStatement insert;
  private Instant bar = FIRST;
  private LocalDate day = LocalDate.MIN;

  SignalRows(Connection connection) throws SQLException {
    this.connection = connection;
    this.insert =
        connection.prepareStatement(
            """
            insert into core.signals_live (signal_id, mode, pair, interval, bar_ts, "timestamp",
              expires_at, z_score, return_prob, risk_score, entry, confidence, risk_flag, theta1,
              theta2, position_scale, action, reason, legs, model_version, policy_hash,
              leverage_reduction)
            values (?, 'live', ?, 'PT1M', ?, ?, ?, 2.345678, 0.712345, 0.123456, ?, 0.712345, 0,
              0.7, 0.3, 0.456789, ?, ?, ?::jsonb, '20260101_0000', ?, 0.5)
            """);
  }

  /** The next bar begins; its day has a partition. */
  void nextBar() throws SQLException {
    bar = bar.plusSeconds(60);
    LocalDate now = LocalDate.ofInstant(bar, ZoneOffset.UTC);
    if (!now.equals(day)) {
      day = now;
      try (Statement statement = connection.createStatement()) {
        statement.execute("select core.ensure_signal_partition('%s')".formatted(day));
      }
    }
  }

  /** One signal of this bar, committed when this returns. */
  UUID commit(int pair, Action action) throws SQLException {
    UUID id = bind(pair, action);
    insert.executeUpdate();
    return id;
  }

  /** A signal of each of so many pairs, committed together when this returns. */
  void commitAll(int pairs) throws SQLException {
    connection.setAutoCommit(false);
    for (int pair = 0; pair < pairs; pair++) {
      bind(pair, pair % 20 == 0 ? Action.EXIT : Action.HOLD);
      insert.addBatch();
      if (pair % 1_000 == 999) {
        insert.executeBatch();
      }
    }
    insert.executeBatch();
    connection.commit();
    connection.setAutoCommit(true);
  }

  private UUID bind(int pair, Action action) throws SQLException {
    String a = "BA%05d".formatted(pair);
    String b = "BB%05d".formatted(pair);
    UUID id = new UUID(bar.getEpochSecond(), pair);
    insert.setObject(1, id);
    insert.setString(2, a + "-" + b);
    insert.setObject(3, bar.atOffset(ZoneOffset.UTC));
    insert.setObject(4, bar.plusSeconds(60).atOffset(ZoneOffset.UTC));
    insert.setObject(5, bar.plusSeconds(120).atOffset(ZoneOffset.UTC));
    insert.setString(
        6,
        switch (action) {
          case HOLD -> "HOLD";
          case EXIT -> "CLOSE_%s, CLOSE_%s".formatted(a, b);
          case ENTER -> "SELL_%s, BUY_%s".formatted(a, b);
        });
    insert.setString(7, action.name());
    insert.setString(8, action == Action.HOLD ? "no_candidate" : "reverted");
    insert.setString(
        9,
        action == Action.HOLD
            ? "[]"
            : """
            [{"symbol": "%s", "side": "SELL", "weight": 0.523456},
             {"symbol": "%s", "side": "BUY", "weight": 0.476544}]
            """
                .formatted(a, b));
    insert.setString(10, HASH);
    return id;
  }

  @Override
  public void close() throws SQLException {
    insert.close();
    connection.close();
  }
}
