package io.mlassets.dispatcher.outcome;

import io.mlassets.dispatcher.outbox.SignalStream;
import io.mlassets.market.Pair;
import io.mlassets.signal.Action;
import io.mlassets.signal.Leg;
import io.mlassets.signal.SignalMode;
import io.mlassets.trade.LegOutcome;
import io.mlassets.trade.SignalAck;
import io.mlassets.trade.SignalOutcome;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The tables of outcomes: one per account and signal. */
@Component
class OutcomeBook {
  /** What booking an ack came to. */
  enum Booking {
    BOOKED,
    REPEATED,
    CONFLICTING
  }

  private static final TypeReference<List<Leg>> LEGS = new TypeReference<>() {};
  private final JdbcClient jdbc;
  private final JsonMapper json;

  OutcomeBook(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /** The signal under a number; one that was taken back is a HOLD. */
  Optional<SentSignal> signal(SignalStream stream, long seq) {
    return jdbc.sql(
            """
            select s.signal_id, s.pair, case d.outcome when 'PUBLISHED' then s.action else 'HOLD' end,
              s.legs, d.epoch
            from core.signal_dispatch d
            join core.signals s on s.signal_id = d.signal_id and s.bar_ts = d.bar_ts
            where d.stream = ? and d.seq = ?
            """)
        .params(stream.id(), seq)
        .query(
            (row, n) ->
                new SentSignal(
                    row.getObject(1, UUID.class),
                    Pair.parse(row.getString(2)),
                    Action.valueOf(row.getString(3)),
                    json.readValue(row.getString(4), LEGS),
                    row.getLong(5)))
        .optional();
  }

  /** Makes an account known. */
  void know(String account, SignalMode mode) {
    jdbc.sql("insert into core.ea_accounts (account, mode) values (?, ?) on conflict do nothing")
        .params(account, mode.wire())
        .update();
  }

  /**
   * Books an ack, within a transaction. It takes the place of an outcome that was only concluded
   * from a later ack.
   */
  Booking book(SignalAck ack, SignalMode mode, String document) {
    int rows =
        jdbc.sql(
                """
                insert into core.signal_outcomes as o (account, signal_seq, signal_id, mode, epoch,
                  pair, action, outcome, reason, at, document)
                values (:account, :seq, :id, :mode, :epoch, :pair, :action, :outcome, :reason, :at,
                  :document)
                on conflict (account, signal_seq) do update set outcome = excluded.outcome,
                  reason = excluded.reason, at = excluded.at, document = excluded.document,
                  received_at = excluded.received_at
                where o.document is null
                """)
            .param("account", ack.account())
            .param("seq", ack.signalSeq())
            .param("id", ack.signalId())
            .param("mode", mode.wire())
            .param("epoch", ack.epoch())
            .param("pair", ack.pair().id())
            .param("action", ack.action().name())
            .param("outcome", ack.outcome().name())
            .param("reason", ack.reason())
            .param("at", utc(ack.at()))
            .param("document", document)
            .update();
    if (rows == 0) {
      return isSame(ack, document) ? Booking.REPEATED : Booking.CONFLICTING;
    }
    ack.legs().forEach(leg -> bookLeg(ack.account(), ack.signalSeq(), leg));
    return Booking.BOOKED;
  }

  private static @Nullable OffsetDateTime utc(@Nullable Instant at) {
    return at == null ? null : at.atOffset(ZoneOffset.UTC);
  }

  private boolean isSame(SignalAck ack, String document) {
    return jdbc.sql(
            "select document = ? from core.signal_outcomes where account = ? and signal_seq = ?")
        .params(document, ack.account(), ack.signalSeq())
        .query(Boolean.class)
        .single();
  }

  private void bookLeg(String account, long seq, LegOutcome leg) {
    jdbc.sql(
            """
            insert into core.leg_outcomes (account, signal_seq, leg, symbol, outcome, lots)
            values (?, ?, ?, ?, ?, ?)
            on conflict (account, signal_seq, leg)
            do update set outcome = excluded.outcome, lots = excluded.lots
            """)
        .params(account, seq, leg.leg(), leg.symbol().name(), leg.outcome().name(), leg.lots())
        .update();
  }

  /**
   * The pair's order signals before an answered one that have no outcome were overwritten before
   * they were read: files hold the newest only (docs/ea-protocol.md, F1). An account owes nothing
   * from before it was known that another one answered.
   *
   * @return their numbers
   */
  List<Long> supersedeBefore(SignalStream stream, SignalAck ack) {
    List<Long> numbers =
        jdbc.sql(
                """
                insert into core.signal_outcomes (account, signal_seq, signal_id, mode, epoch, pair,
                  action, outcome, reason)
                select :account, d.seq, s.signal_id, s.mode, d.epoch, s.pair, s.action,
                  'SUPERSEDED', 'not answered before ' || :seq
                from core.signals s
                join core.signal_dispatch d on d.signal_id = s.signal_id and d.bar_ts = s.bar_ts
                join core.ea_accounts a on a.account = :account
                where s.mode = :mode and s.pair = :pair and s.action <> 'HOLD'
                  and d.stream = :stream and d.outcome = 'PUBLISHED' and d.seq < :seq
                  and d.seq > coalesce((select max(o.signal_seq) from core.signal_outcomes o
                    where o.account = :account and o.pair = :pair and o.signal_seq < :seq), 0)
                  and (d.sent_at >= a.known_since or not exists (
                    select 1 from core.signal_outcomes o where o.signal_id = s.signal_id))
                on conflict do nothing returning signal_seq
                """)
            .param("account", ack.account())
            .param("seq", ack.signalSeq())
            .param("mode", stream.mode().wire())
            .param("pair", ack.pair().id())
            .param("stream", stream.id())
            .query(Long.class)
            .list();
    for (long seq : numbers) {
      for (int leg = 0; leg < 2; leg++) {
        bookLeg(
            ack.account(),
            seq,
            new LegOutcome(leg, ack.pair().legs().get(leg), SignalOutcome.SUPERSEDED, 0));
      }
    }
    return numbers;
  }
}
