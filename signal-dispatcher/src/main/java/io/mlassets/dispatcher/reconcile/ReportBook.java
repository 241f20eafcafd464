package io.mlassets.dispatcher.reconcile;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.mlassets.market.Pair;
import io.mlassets.market.Symbol;
import io.mlassets.signal.SignalMode;
import io.mlassets.trade.HeldLots;
import io.mlassets.trade.PositionDifference;
import io.mlassets.trade.PositionReport;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The newest report of each account, and what the deals booked come to. */
@Component
class ReportBook {
  /** What comparing came to. */
  enum Status {
    /** It differs, but fills may be on their way. */
    CHECKING,
    AGREES,
    DIFFERS,
    /** An operator took it for true. */
    ADOPTED
  }

  /**
   * A report as it is kept.
   *
   * @param account the account
   * @param mode of its signals
   * @param document its bytes
   * @param lastSeq number of the last signal it knows
   * @param at market time in it
   * @param receivedAt when it came
   * @param status what comparing came to
   * @param settledAt when that was clear
   * @param differences those found last
   */
  record Kept(
      String account,
      String mode,
      @JsonIgnore String document,
      @JsonProperty("last_seq") long lastSeq,
      @Nullable Instant at,
      @JsonProperty("received_at") Instant receivedAt,
      Status status,
      @JsonProperty("settled_at") @Nullable Instant settledAt,
      List<PositionDifference> differences) {}

  private static final TypeReference<List<PositionDifference>> DIFFERENCES =
      new TypeReference<>() {};
  private static final String KEPT =
      """
      select r.*, a.mode from core.position_reports r join core.ea_accounts a using (account)
      """;
  private final JdbcClient jdbc;
  private final JsonMapper json;

  ReportBook(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /**
   * Keeps a report, within a transaction, unless a newer one is kept.
   *
   * @param entryId of its entry in the stream
   */
  boolean keep(PositionReport report, SignalMode mode, String document, String entryId) {
    jdbc.sql("insert into core.ea_accounts (account, mode) values (?, ?) on conflict do nothing")
        .params(report.account(), mode.wire())
        .update();
    Instant at = report.at();
    return jdbc.sql(
                """
                insert into core.position_reports as r
                  (account, entry_id, last_seq, at, document, status)
                values (:account, :entry, :last, :at, :document, 'CHECKING')
                on conflict (account) do update set entry_id = excluded.entry_id,
                  last_seq = excluded.last_seq, at = excluded.at, document = excluded.document,
                  received_at = excluded.received_at, status = excluded.status, settled_at = null,
                  differences = '[]'
                where string_to_array(r.entry_id, '-')::bigint[]
                  < string_to_array(excluded.entry_id, '-')::bigint[]
                """)
            .param("account", report.account())
            .param("entry", entryId)
            .param("last", report.lastSeq())
            .param("at", at == null ? null : at.atOffset(ZoneOffset.UTC))
            .param("document", document)
            .update()
        > 0;
  }

  List<Kept> all() {
    return jdbc.sql(KEPT + " order by account").query((row, n) -> kept(row)).list();
  }

  /** One account's; locked until the transaction ends. */
  Optional<Kept> locked(String account) {
    return jdbc.sql(KEPT + " where r.account = ? for update of r")
        .param(account)
        .query((row, n) -> kept(row))
        .optional();
  }

  private Kept kept(ResultSet row) throws SQLException {
    return new Kept(
        row.getString("account"),
        row.getString("mode"),
        row.getString("document"),
        row.getLong("last_seq"),
        time(row, "at"),
        row.getObject("received_at", OffsetDateTime.class).toInstant(),
        Status.valueOf(row.getString("status")),
        time(row, "settled_at"),
        json.readValue(row.getString("differences"), DIFFERENCES));
  }

  private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  /** The database's clock, which stamps what is booked. */
  Instant now() {
    return jdbc.sql("select clock_timestamp()").query(OffsetDateTime.class).single().toInstant();
  }

  /**
   * What an account holds by the deals booked, corrections included.
   *
   * @param lastSeq of signals up to this number
   * @param by booked by this instant
   */
  List<HeldLots> booked(String account, long lastSeq, Instant by) {
    return jdbc.sql(
            """
            select pair, symbol, sum(case side when 'BUY' then lots else -lots end)
            from core.live_trades where account = ? and signal_seq <= ? and received_at <= ?
            group by pair, symbol
            """)
        .params(account, lastSeq, by.atOffset(ZoneOffset.UTC))
        .query(
            (row, n) ->
                new HeldLots(
                    Pair.parse(row.getString(1)), new Symbol(row.getString(2)), row.getDouble(3)))
        .list();
  }

  /**
   * Notes what comparing a report came to, unless a newer one is kept by now.
   *
   * @param asOf when that was clear; null while it is not
   */
  boolean note(
      Kept report, Status status, List<PositionDifference> differences, @Nullable Instant asOf) {
    return jdbc.sql(
                """
                update core.position_reports set status = :status, differences = :found::jsonb,
                  settled_at = :settled
                where account = :account and document = :document and received_at = :received
                """)
            .param("status", status.name())
            .param("settled", asOf == null ? null : asOf.atOffset(ZoneOffset.UTC))
            .param("found", json.writeValueAsString(differences))
            .param("account", report.account())
            .param("document", report.document())
            .param("received", report.receivedAt().atOffset(ZoneOffset.UTC))
            .update()
        > 0;
  }

  /**
   * Whether an account's record goes on from a report that agreed: every order sent since was
   * answered, and every deal answered is booked.
   */
  boolean goesOn(Kept report, String stream) {
    return jdbc.sql(
            """
            select not exists (
              select 1 from core.signal_dispatch d
              join core.signals s on s.signal_id = d.signal_id and s.bar_ts = d.bar_ts
              where d.stream = :stream and d.seq > :last and d.outcome = 'PUBLISHED'
                and s.action <> 'HOLD' and not exists (select 1 from core.signal_outcomes o
                  where o.account = :account and o.signal_seq = d.seq))
            and not exists (
              select 1 from core.leg_outcomes l
              where l.account = :account and l.signal_seq > :last
                and abs(l.lots) - 1e-6 > (select coalesce(sum(t.lots), 0) from core.live_trades t
                  where t.account = l.account and t.signal_seq = l.signal_seq
                    and t.symbol = l.symbol and t.action <> 'ADJUST'
                    and t.side = case when l.lots > 0 then 'BUY' else 'SELL' end))
            """)
        .param("stream", stream)
        .param("account", report.account())
        .param("last", report.lastSeq())
        .query(Boolean.class)
        .single();
  }

  /** Forgets an account; false when it is not known. */
  boolean forget(String account) {
    jdbc.sql("delete from core.position_reports where account = ?").param(account).update();
    return jdbc.sql("delete from core.ea_accounts where account = ?").param(account).update() > 0;
  }
}
