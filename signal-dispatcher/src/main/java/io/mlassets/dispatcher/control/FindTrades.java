package io.mlassets.dispatcher.control;

import io.mlassets.control.ClosedTrade;
import io.mlassets.market.InstrumentCatalogue;
import io.mlassets.market.Pair;
import io.mlassets.market.Symbol;
import io.mlassets.signal.Action;
import io.mlassets.signal.Side;
import io.mlassets.trade.LiveFill;
import io.mlassets.trade.RoundTrips;
import io.mlassets.trade.RoundTrips.Matched;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The live trades that are over, with what they earned in full positions: a leg weighs its share of
 * the position times the position's scale. Read again when a fill was booked here, and every
 * minute.
 */
@Component
public class FindTrades {
  private static final Logger log = LoggerFactory.getLogger(FindTrades.class);
  private static final Duration AGAIN = Duration.ofMinutes(1);
  private final JdbcClient jdbc;
  private final InstrumentCatalogue instruments;
  private final Clock clock;
  private final AtomicBoolean changed = new AtomicBoolean(true);
  private Instant readAt = Instant.MIN;
  private List<ClosedTrade> trades = List.of();
  private Set<Symbol> withoutCosts = Set.of();

  FindTrades(JdbcClient jdbc, InstrumentCatalogue instruments, Clock clock) {
    this.jdbc = jdbc;
    this.instruments = instruments;
    this.clock = clock;
  }

  /** A fill was booked. */
  public void changed() {
    changed.set(true);
  }

  /** Trades closed after an instant of market time, and some before. */
  List<ClosedTrade> since(Instant from) {
    Instant now = clock.instant();
    if (changed.getAndSet(false) || readAt.isBefore(now.minus(AGAIN))) {
      try {
        trades = read(from);
        readAt = now;
      } catch (RuntimeException e) {
        changed.set(true);
        throw e;
      }
    }
    return trades;
  }

  private List<ClosedTrade> read(Instant from) {
    Matched matched = RoundTrips.match(fills(from), instruments::find);
    if (!matched.withoutCosts().equals(withoutCosts)) {
      withoutCosts = matched.withoutCosts();
      log.warn("trades on {} counted without costs: not in instruments.yaml", withoutCosts);
    }
    return matched.closed().stream()
        .map(trip -> new ClosedTrade(trip.exitAt(), trip.grossReturn() - trip.cost()))
        .toList();
  }

  /** From the last entry of each pair before {@code from} on: it may be closed after. */
  private List<LiveFill> fills(Instant from) {
    return jdbc.sql(
            """
            with before as (
              select account, pair, max(signal_seq) as seq from core.live_trades
              where mode = 'live' and action = 'ENTER' and filled_at < :from
              group by account, pair
            ), signals as (
              select signal_id, model_version, position_scale, legs from core.signals
              where mode = 'live' and action <> 'HOLD'
            )
            select t.account, t.pair, t.symbol, t.signal_seq, t.deal_ticket, t.action, t.side,
              t.lots, t.price, t.filled_at, s.model_version,
              (leg ->> 'weight')::float8 * s.position_scale as weight
            from core.live_trades t
            join signals s using (signal_id)
            cross join lateral jsonb_array_elements(s.legs) leg
            left join before b on b.account = t.account and b.pair = t.pair
            where t.mode = 'live' and leg ->> 'symbol' = t.symbol
              and (t.filled_at >= :from or t.signal_seq >= b.seq)
            """)
        .param("from", from.atOffset(ZoneOffset.UTC))
        .query(FindTrades::fill)
        .list();
  }

  private static LiveFill fill(ResultSet row, int number) throws SQLException {
    return new LiveFill(
        row.getString("account"),
        Pair.parse(row.getString("pair")),
        new Symbol(row.getString("symbol")),
        row.getLong("signal_seq"),
        row.getLong("deal_ticket"),
        Action.valueOf(row.getString("action")),
        Side.valueOf(row.getString("side")),
        row.getDouble("lots"),
        row.getDouble("price"),
        row.getObject("filled_at", OffsetDateTime.class).toInstant(),
        row.getString("model_version"),
        row.getDouble("weight"));
  }
}
