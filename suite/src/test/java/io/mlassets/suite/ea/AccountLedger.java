package io.mlassets.suite.ea;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An account's deals and refusals, once as its journal has them and once as the tables do. */
public record AccountLedger(List<Line> lines) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** A refusal has neither lots nor price. */
  public record Line(
      String account,
      long dealTicket,
      long signalSeq,
      String pair,
      String symbol,
      String side,
      double lots,
      double price,
      Instant at,
      int retcode) {}

  /** Of the account whose journal it is. */
  public static AccountLedger ofJournal(Path journal) throws IOException {
    try (Stream<String> lines = Files.lines(journal)) {
      return new AccountLedger(
          lines
              .flatMap(line -> JSON.readTree(line).path("deals").valueStream())
              .map(AccountLedger::line)
              .sorted(Comparator.comparing(Line::dealTicket))
              .toList());
    }
  }

  private static Line line(JsonNode deal) {
    return new Line(
        deal.required("account").asString(),
        deal.required("deal_ticket").asLong(),
        deal.required("signal_seq").asLong(),
        deal.required("pair").asString(),
        deal.required("symbol").asString(),
        deal.required("side").asString(),
        deal.required("lots").asDouble(),
        deal.required("price").asDouble(),
        Instant.parse(deal.required("filled_at").asString()),
        deal.required("retcode").asInt());
  }

  /** Of every account there is. */
  public static AccountLedger ofTables(Connection connection) throws SQLException {
    List<Line> lines = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                select account, deal_ticket, signal_seq, pair, symbol, side, lots, price,
                  filled_at, retcode from core.live_trades
                union all
                select account, deal_ticket, signal_seq, pair, symbol, side, 0, 0,
                  rejected_at, retcode from core.order_rejections
                order by deal_ticket
                """)) {
      while (row.next()) {
        lines.add(
            new Line(
                row.getString(1),
                row.getLong(2),
                row.getLong(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getDouble(7),
                row.getDouble(8),
                row.getObject(9, OffsetDateTime.class).toInstant(),
                row.getInt(10)));
      }
    }
    return new AccountLedger(lines);
  }
}
