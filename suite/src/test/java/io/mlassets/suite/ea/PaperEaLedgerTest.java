package io.mlassets.suite.ea;

import static io.mlassets.suite.ea.TradingFloor.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.dispatcher.DispatcherApplication;
import io.mlassets.platform.testing.TestServers;
import io.mlassets.signal.SignalKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** The account's own ledger against what the dispatcher booked of it. */
@Tag("S-03")
class PaperEaLedgerTest {
  private static final int SIGNALS = 60;
  private static final PaperAccount ODD =
      new PaperAccount("paper-odd", 1_000_000, 0.3, 0.2, 0.4, 5);

  private static final SignalKey KEY = SignalKey.of(TestServers.SIGNAL_KEY);

  @TempDir Path folder;

  @Test
  @Timeout(600)
  void each_deal_is_one_row_and_each_row_one_deal_whatever_was_restarted_meanwhile()
      throws Exception {
    Path journal = folder.resolve("paper-odd.jsonl");
    try (TestServers servers = TestServers.start();
        Connection connection = servers.dataSource().getConnection();
        ConfigurableApplicationContext dispatcher =
            servers.start(DispatcherApplication.class, "dispatcher", "--clock.mode=bars")) {
      TradingFloor floor = new TradingFloor(servers.redis());
      PaperEa ea = TradingFloor.listening(servers.redis(), ODD, KEY, folder);
      try {
        for (int i = 1; i <= SIGNALS; i++) {
          Instant bar = TradingFloor.BAR.plusSeconds(60L * i);
          floor.bar("XAUUSD", 2_000 + i, bar);
          floor.bar("XAGUSD", 25 + i * 0.01, bar);
          commit(connection, bar, i % 2 == 1 ? "ENTER" : "EXIT");
          if (i == SIGNALS / 3) {
            servers.stopRedis();
            servers.startRedis();
          } else if (i == SIGNALS / 2) {
            ea.close();
            ea = TradingFloor.listening(servers.redis(), ODD, KEY, folder);
          }
        }
        PaperEa last = ea;
        await("all obeyed", () -> last.lastSeq() == SIGNALS);
        await("all booked", () -> booked(connection).equals(journaled(journal)));
        await("all answered", () -> answered(connection) == SIGNALS);
      } finally {
        ea.close();
      }
      assertThat(journaled(journal).lines())
          .extracting(AccountLedger.Line::retcode)
          .contains(10_006, 10_009, 10_010);
      assertThat(dispatcher.isRunning()).isTrue();
    }
  }

  private static long answered(Connection connection) {
    try (Statement query = connection.createStatement();
        ResultSet row =
            query.executeQuery("select count(*) from core.signal_outcomes where document <> ''")) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static AccountLedger booked(Connection connection) {
    try {
      return AccountLedger.ofTables(connection);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static AccountLedger journaled(Path journal) {
    try {
      return AccountLedger.ofJournal(journal);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As inference does it. */
  private static void commit(Connection connection, Instant bar, String action)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into core.signals_live (signal_id, mode, pair, interval, bar_ts, "timestamp",
              expires_at, z_score, return_prob, risk_score, entry, confidence, risk_flag, theta1,
              theta2, position_scale, action, reason, legs, model_version, policy_hash,
              leverage_reduction)
            values (?, 'live', 'XAUUSD-XAGUSD', 'PT1M', ?, ?, ?, 2.31, 0.78, 0.22, '', 0.78, 0, 0.7,
              0.3, 0.85, ?, 'test', ?::jsonb, '20250701_0300', 'abc123', 0.5)
            """)) {
      insert.setObject(1, UUID.randomUUID());
      insert.setObject(2, bar.atOffset(ZoneOffset.UTC));
      insert.setObject(3, bar.plusSeconds(60).atOffset(ZoneOffset.UTC));
      insert.setObject(4, bar.plusSeconds(3_600).atOffset(ZoneOffset.UTC));
      insert.setString(5, action);
      insert.setString(
          6,
          """
          [{"symbol":"XAUUSD","side":"SELL","weight":0.6},{"symbol":"XAGUSD","side":"BUY","weight":0.4}]
          """);
      insert.executeUpdate();
    }
  }
}
