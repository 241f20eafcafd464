package io.mlassets.dispatcher.fill;

import io.mlassets.channel.Channels;
import io.mlassets.channel.TradeNotice;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells on channel {@code trades} what was booked. A notice is kept in the transaction that books
 * and removed once somebody heard it, so none is lost; after a crash one may be told twice.
 */
@Component
class AnnounceTrades {
  private static final int MOST = 500;

  /** A notice; nobody waits for one that is a minute old: the trade itself can be read. */
  private record Kept(long id, String text, boolean old) {}

  private final JdbcClient jdbc;
  private final TransactionOperations transactions;
  private final StringRedisTemplate redis;
  private final Channels channels;
  private final JsonMapper json;

  AnnounceTrades(
      JdbcClient jdbc,
      TransactionOperations transactions,
      StringRedisTemplate redis,
      Channels channels,
      JsonMapper json) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.redis = redis;
    this.channels = channels;
    this.json = json;
  }

  /** Keeps a notice, in the transaction that books its trade. */
  void keep(TradeNotice notice) {
    jdbc.sql("insert into core.trade_notices (notice) values (?)")
        .param(json.writeValueAsString(notice))
        .update();
  }

  /** Tells what is kept, oldest first. */
  void announce() {
    int told;
    do {
      told = Objects.requireNonNull(transactions.execute(status -> tellSome()));
    } while (told == MOST);
  }

  private int tellSome() {
    List<Long> told = new ArrayList<>();
    for (Kept notice : kept()) {
      Long listeners = redis.convertAndSend(channels.trades(), notice.text());
      // Right after a restart of Redis the subscribers may not be back yet.
      if (notice.old() || (listeners != null && listeners > 0)) {
        told.add(notice.id());
      }
    }
    if (!told.isEmpty()) {
      jdbc.sql("delete from core.trade_notices where id in (:told)").param("told", told).update();
    }
    return told.size();
  }

  private List<Kept> kept() {
    return jdbc.sql(
            """
            select id, notice, booked_at < clock_timestamp() - interval '1 min'
            from core.trade_notices order by id limit %d for update skip locked
            """
                .formatted(MOST))
        .query((row, n) -> new Kept(row.getLong(1), row.getString(2), row.getBoolean(3)))
        .list();
  }
}
