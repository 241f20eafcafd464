package io.mlassets.dispatcher.reconcile;

import io.mlassets.dispatcher.reconcile.ReportBook.Kept;
import io.mlassets.market.Pair;
import io.mlassets.market.Symbol;
import io.mlassets.signal.Side;
import io.mlassets.trade.HeldLots;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** What operators decided, and the corrections that stand among the deals for it. */
@Component
class CorrectionBook {
  private static final int PER_DECISION = 1_000;
  private final JdbcClient jdbc;
  private final JsonMapper json;

  CorrectionBook(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /** Writes a decision down; its number. */
  long decide(
      String decision,
      String account,
      String actor,
      String reason,
      Optional<Kept> report,
      List<HeldLots> corrections) {
    return jdbc.sql(
            """
            insert into audit.position_decisions
              (actor, account, decision, reason, report, differences, corrections)
            values (:actor, :account, :decision, :reason, :report, :differences::jsonb,
              :corrections::jsonb)
            returning id
            """)
        .param("actor", actor)
        .param("account", account)
        .param("decision", decision)
        .param("reason", reason)
        .param("report", report.map(Kept::document).orElse(null))
        .param(
            "differences", json.writeValueAsString(report.map(Kept::differences).orElse(List.of())))
        .param("corrections", json.writeValueAsString(corrections))
        .query(Long.class)
        .single();
  }

  /**
   * Books corrections, within the decision's transaction: of signals up to the report's last one,
   * so that they count wherever it is compared.
   *
   * @param at market time
   */
  void book(Kept report, long decision, List<HeldLots> missing, Instant at) {
    int number = 0;
    for (HeldLots one : missing) {
      number++;
      jdbc.sql(
              """
              insert into core.live_trades (account, deal_ticket, signal_seq, mode, action, pair,
                symbol, side, lots, filled_at, retcode, adoption)
              values (?, ?, ?, ?, 'ADJUST', ?, ?, ?, ?, ?, 0, ?)
              """)
          .params(
              report.account(),
              // Below every broker's tickets.
              -(decision * PER_DECISION + number),
              report.lastSeq(),
              report.mode(),
              one.pair().id(),
              one.symbol().name(),
              one.lots() > 0 ? Side.BUY.name() : Side.SELL.name(),
              Math.abs(one.lots()),
              at.atOffset(ZoneOffset.UTC),
              decision)
          .update();
    }
  }

  /** The pair of the newest order signal that trades a symbol. */
  Optional<Pair> newestPairWith(Symbol symbol, String mode) {
    return jdbc.sql(
            """
            select pair from core.signals
            where mode = :mode and action <> 'HOLD' and :symbol = any(string_to_array(pair, '-'))
            order by bar_ts desc limit 1
            """)
        .param("mode", mode)
        .param("symbol", symbol.name())
        .query((row, n) -> Pair.parse(row.getString(1)))
        .optional();
  }
}
