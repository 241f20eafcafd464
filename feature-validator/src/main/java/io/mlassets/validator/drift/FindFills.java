package io.mlassets.validator.drift;

import io.mlassets.market.Pair;
import io.mlassets.market.Symbol;
import io.mlassets.signal.Action;
import io.mlassets.signal.Side;
import io.mlassets.trade.LiveFill;
import io.mlassets.validator.ModelInUse;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads the deals of a model's mode from its first entry on; exits may have been decided by its
 * successor. A deal's weight is that of the leg in the signal obeyed.
 */
@Component
class FindFills {
  private final JdbcClient jdbc;

  FindFills(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  List<LiveFill> since(ModelInUse model) {
    return jdbc.sql(
            """
            with signals as (
              select signal_id, model_version, legs from core.signals
              where mode = :mode and action <> 'HOLD'
            )
            select t.account, t.pair, t.symbol, t.signal_seq, t.deal_ticket, t.action, t.side,
                   t.lots, t.price, t.filled_at, s.model_version,
                   (leg ->> 'weight')::float8 as weight
            from core.live_trades t
            join signals s using (signal_id)
            cross join lateral jsonb_array_elements(s.legs) leg
            where t.mode = :mode and leg ->> 'symbol' = t.symbol
              and t.signal_seq >= (
                select min(e.signal_seq) from core.live_trades e join signals using (signal_id)
                where e.mode = :mode and e.action = 'ENTER' and model_version = :version)
            order by t.signal_seq, t.deal_ticket
            """)
        .param("mode", model.mode().wire())
        .param("version", model.version())
        .query(FindFills::fill)
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
