package io.mlassets.bench.faults;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * An entry that was sent, and fills of it, sound or not.
 *
 * @param seq its number
 * @param pair its pair
 * @param side of its first leg
 */
record SentEntry(long seq, String pair, String side) {

  /** Up to a thousand of those there are. */
  static List<SentEntry> of(Floor floor) throws SQLException {
    List<SentEntry> entries = new ArrayList<>();
    try (Connection connection = floor.servers().connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select d.seq, s.pair, s.legs -> 0 ->> 'side' from core.signal_dispatch d"
                    + " join core.signals_live s using (signal_id)"
                    + " where s.action = 'ENTER' and d.outcome = 'PUBLISHED'"
                    + " and d.sent_at is not null limit 1000")) {
      while (rows.next()) {
        entries.add(new SentEntry(rows.getLong(1), rows.getString(2), rows.getString(3)));
      }
    }
    return entries;
  }

  String fill(String account, long ticket) {
    return "{\"account\":\"%s\",\"signal_seq\":%d,\"pair\":\"%s\",\"symbol\":\"%s\",\"side\":\"%s\",\"lots\":0.25,\"price\":1.5,\"deal_ticket\":%d,\"filled_at\":\"2026-01-05T10:00:00Z\",\"retcode\":10009}"
        .formatted(account, seq, pair, pair.substring(0, pair.indexOf('-')), side, ticket);
  }

  /** The same with damage of the i-th kind, in turn; cut off anywhere when i is a multiple of 8. */
  String damaged(String account, long ticket, int i, SplittableRandom random) {
    String fill = fill(account, ticket);
    return switch (i % 8) {
      case 0 -> fill.substring(0, 1 + (i / 8) % (fill.length() - 1));
      case 1 -> fill.replace("\"lots\":0.25", "\"lots\":0.25,\"lots\":0.25");
      case 2 -> fill.replace("0.25", random.nextBoolean() ? "9e999" : "1" + "0".repeat(30));
      case 3 -> fill.replace(pair, "NOPE-NADA");
      case 4 -> fill.replace("\"signal_seq\":", "\"signal_seq\":99999999");
      case 5 -> fill.replace(":0.25", random.nextBoolean() ? ":\"0.25\"" : ":-0.25");
      case 6 -> fill.replace("\"" + side + "\"", random.nextBoolean() ? "\"HOLD\"" : "null");
      default -> {
        int at = random.nextInt(fill.length());
        yield fill.substring(0, at) + '\u0001' + fill.substring(at);
      }
    };
  }
}
