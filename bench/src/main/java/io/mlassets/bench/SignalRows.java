package io.mlassets.bench;

import io.mlassets.signal.Action;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.function.IntFunction;

/** Signals as inference commits them, on a bar a minute after the one before. */
public final class SignalRows implements AutoCloseable {
  private static final Instant BEFORE_FIRST = Instant.parse("2026-01-05T00:00:00Z");
  private static final String HASH = "5f".repeat(32);

  private final Connection connection;
  private final PreparedStatement insert;
  private final String names;
  private final Duration validity;
  private Instant bar;
  private LocalDate day = LocalDate.MIN;

  /**
   * Goes on behind the newest bar there is.
   *
   * @param connection of inference's role; closed with this
   * @param names form of a symbol's name, of the pair's number and {@code A} or {@code B}
   * @param validity from a bar's end until its entries expire
   */
  public SignalRows(Connection connection, String names, Duration validity) throws SQLException {
    this.connection = connection;
    this.names = names;
    this.validity = validity;
    this.bar = newestBar(connection);
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

  private static Instant newestBar(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select max(bar_ts) from core.signals_live")) {
      row.next();
      OffsetDateTime newest = row.getObject(1, OffsetDateTime.class);
      return newest == null ? BEFORE_FIRST : newest.toInstant();
    }
  }

  /** The next bar begins; its day has a partition. */
  public Instant nextBar() throws SQLException {
    return nextBar(bar.plusSeconds(60));
  }

  /** A later bar begins; its day has a partition. */
  public Instant nextBar(Instant ts) throws SQLException {
    bar = ts;
    LocalDate now = LocalDate.ofInstant(bar, ZoneOffset.UTC);
    if (!now.equals(day)) {
      day = now;
      try (Statement statement = connection.createStatement()) {
        statement.execute("select core.ensure_signal_partition('%s')".formatted(day));
      }
    }
    return bar;
  }

  /** Bars since the first there was. */
  public long bars() {
    return Duration.between(BEFORE_FIRST, bar).toMinutes();
  }

  /** Name of a pair's symbol. */
  public String symbol(int pair, char leg) {
    return names.formatted(pair, leg);
  }

  /** One signal of this bar, committed when this returns. */
  public void commit(int pair, Action action) throws SQLException {
    commit(pair, action, expiry());
  }

  /** One signal of this bar with an expiry of its own, committed when this returns. */
  public void commit(int pair, Action action, Instant expiresAt) throws SQLException {
    bind(pair, action, expiresAt);
    insert.executeUpdate();
  }

  private Instant expiry() {
    return bar.plusSeconds(60).plus(validity);
  }

  /** A signal of each of so many pairs, committed together when this returns. */
  public void commitAll(int pairs, IntFunction<Action> actions) throws SQLException {
    connection.setAutoCommit(false);
    for (int pair = 0; pair < pairs; pair++) {
      bind(pair, actions.apply(pair), expiry());
      insert.addBatch();
      if (pair % 1_000 == 999) {
        insert.executeBatch();
      }
    }
    insert.executeBatch();
    connection.commit();
    connection.setAutoCommit(true);
  }

  private void bind(int pair, Action action, Instant expiresAt) throws SQLException {
    String a = symbol(pair, 'A');
    String b = symbol(pair, 'B');
    insert.setObject(1, new UUID(bar.getEpochSecond(), pair));
    insert.setString(2, a + "-" + b);
    insert.setObject(3, bar.atOffset(ZoneOffset.UTC));
    insert.setObject(4, bar.plusSeconds(60).atOffset(ZoneOffset.UTC));
    insert.setObject(5, expiresAt.atOffset(ZoneOffset.UTC));
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
  }

  @Override
  public void close() throws SQLException {
    insert.close();
    connection.close();
  }
}
