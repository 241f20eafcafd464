package io.mlassets.dispatcher.outbox;

import io.mlassets.decision.Thresholds;
import io.mlassets.dispatcher.outbox.Dispatched.Outcome;
import io.mlassets.market.BarInterval;
import io.mlassets.market.Pair;
import io.mlassets.model.ModelVersion;
import io.mlassets.signal.Action;
import io.mlassets.signal.Leg;
import io.mlassets.signal.Signal;
import io.mlassets.signal.SignalMode;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads signals that nobody has dispatched, writes what was decided on them. */
@Component
class Outbox {
  /** Last number given and last number Redis is known to have had; 0 without any. */
  record Progress(long numbered, long sent) {}

  /** A bar of that many pairs goes out in one round, before files are written and rows marked. */
  static final int MOST = 10_000;

  private static final String WRITE =
      """
      with lease as (
        update core.dispatch_lease set next_seq = ?
        where stream = ? and epoch = ? and next_seq = ? returning stream, epoch)
      insert into core.signal_dispatch
        (signal_id, stream, seq, epoch, outcome, payload, bar_ts, reason)
      select one.signal_id::uuid, lease.stream, one.seq, lease.epoch, one.outcome, one.payload,
        one.bar_ts::timestamptz, one.reason
      from lease, unnest(?, ?, ?, ?, ?, ?)
        as one (signal_id, seq, outcome, payload, bar_ts, reason)
      """;
  private static final TypeReference<List<Leg>> LEGS = new TypeReference<>() {};
  private final JdbcClient jdbc;
  private final JdbcTemplate template;
  private final JsonMapper json;

  Outbox(JdbcClient jdbc, JdbcTemplate template, JsonMapper json) {
    this.jdbc = jdbc;
    this.template = template;
    this.json = json;
  }

  /**
   * One look.
   *
   * @param waiting what has no dispatch row, in the order it is to be sent
   * @param oldestRunning the oldest transaction that had not ended
   */
  record Look(List<Waiting> waiting, long oldestRunning) {

    /** Whether more may wait than one look takes. */
    boolean isFull() {
      return waiting.size() == MOST;
    }
  }

  /**
   * Looks for signals without a dispatch row.
   *
   * @param writtenFrom the oldest transaction that was running at the look before, 0 without any
   */
  Look look(SignalStream stream, long writtenFrom) {
    long[] oldestRunning = new long[1];
    List<Waiting> waiting =
        jdbc
            .sql(
                """
                select now.oldest, s.*
                from (select pg_snapshot_xmin(pg_current_snapshot())::text as oldest) now
                left join lateral
                  core.waiting_signals(cast(:from as xid8), :mode, :scope, :most)
                  with ordinality s on true
                order by s.ordinality
                """)
            .param("from", Long.toString(writtenFrom))
            .param("mode", stream.mode().wire())
            .param("scope", stream.scope())
            .param("most", MOST)
            .query(
                (row, n) -> {
                  oldestRunning[0] = row.getLong("oldest");
                  return row.getObject("signal_id") == null
                      ? Optional.<Waiting>empty()
                      : Optional.of(waiting(row));
                })
            .list()
            .stream()
            .flatMap(Optional::stream)
            .toList();
    return new Look(waiting, oldestRunning[0]);
  }

  private Waiting waiting(ResultSet row) throws SQLException {
    Instant createdAt = time(row, "created_at");
    try {
      return new Waiting.Ready(signal(row), createdAt);
    } catch (IllegalArgumentException | NullPointerException | JacksonException e) {
      return new Waiting.Unreadable(
          row.getObject("signal_id", UUID.class), time(row, "bar_ts"), createdAt, e.toString());
    }
  }

  private Signal signal(ResultSet row) throws SQLException {
    return new Signal(
        row.getObject("signal_id", UUID.class),
        SignalMode.of(row.getString("mode")),
        Pair.parse(row.getString("pair")),
        BarInterval.parse(row.getString("interval")),
        time(row, "bar_ts"),
        time(row, "timestamp"),
        time(row, "expires_at"),
        row.getDouble("z_score"),
        row.getDouble("return_prob"),
        row.getDouble("risk_score"),
        row.getDouble("position_scale"),
        Action.valueOf(row.getString("action")),
        legs(row.getString("legs")),
        row.getInt("risk_flag") == 1,
        new Thresholds(row.getDouble("theta1"), row.getDouble("theta2")),
        new ModelVersion(row.getString("model_version")),
        row.getString("policy_hash"),
        row.getDouble("leverage_reduction"),
        row.getString("reason"));
  }

  private List<Leg> legs(String text) {
    return text.equals("[]") ? List.of() : json.readValue(text, LEGS);
  }

  private static Instant time(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  /**
   * Writes what was decided and moves the next number on, in one statement: all of it, or nothing.
   *
   * @param nextSeq the number the first of them has that has one
   * @throws EpochOverException if the epoch is over; nothing is written
   */
  void write(SignalStream stream, long epoch, long nextSeq, List<Dispatched> all) {
    long given = all.stream().filter(one -> one.seq() > 0).count();
    int written =
        Objects.requireNonNull(
            template.execute(
                WRITE,
                (PreparedStatement statement) -> {
                  statement.setLong(1, nextSeq + given);
                  statement.setString(2, stream.id());
                  statement.setLong(3, epoch);
                  statement.setLong(4, nextSeq);
                  array(statement, 5, "text", all, String[]::new, Outbox::signalId);
                  array(statement, 6, "int8", all, Long[]::new, Outbox::seq);
                  array(statement, 7, "text", all, String[]::new, one -> one.outcome().name());
                  array(statement, 8, "text", all, String[]::new, Dispatched::payload);
                  array(statement, 9, "text", all, String[]::new, Outbox::barTs);
                  array(statement, 10, "text", all, String[]::new, Outbox::reason);
                  return statement.executeUpdate();
                }));
    if (written != all.size()) {
      throw new EpochOverException(stream, epoch);
    }
  }

  private static String signalId(Dispatched one) {
    return one.waiting().signalId().toString();
  }

  private static @Nullable Long seq(Dispatched one) {
    return one.seq() == 0 ? null : one.seq();
  }

  private static String barTs(Dispatched one) {
    return one.waiting().barTs().toString();
  }

  private static @Nullable String reason(Dispatched one) {
    return one.reason().isEmpty() ? null : one.reason();
  }

  /** Arrays of these types the driver sends in binary form; others it would write out as text. */
  private static <T> void array(
      PreparedStatement statement,
      int at,
      String type,
      List<Dispatched> all,
      IntFunction<T[]> values,
      Function<Dispatched, @Nullable T> value)
      throws SQLException {
    statement.setArray(
        at, statement.getConnection().createArrayOf(type, all.stream().map(value).toArray(values)));
  }

  /** Numbered signals Redis may not have yet, oldest first: numbers are sent in their order. */
  List<Numbered> unsent(SignalStream stream) {
    return numbered("core.signals_live", "d.sent_at is null", stream, progress(stream).sent());
  }

  /** Sent signals with numbers after {@code seq}, oldest first, to rebuild a lost log from. */
  List<Numbered> sentAfter(SignalStream stream, long seq) {
    return numbered("core.signals", "d.sent_at is not null", stream, seq);
  }

  /** The signals sent last, oldest first. */
  List<Numbered> lastSent(SignalStream stream) {
    return sentAfter(stream, Math.max(0, progress(stream).sent() - MOST));
  }

  /**
   * The rows wanted come first, and the signal of each is looked up by its key: joined freely,
   * every page would be hashed against all signals there are.
   */
  private List<Numbered> numbered(
      String signals, String which, SignalStream stream, long afterSeq) {
    return jdbc.sql(
            """
            with d as materialized (
              select d.seq, d.payload, d.signal_id, d.bar_ts, d.outcome
              from core.signal_dispatch d
              where d.stream = ? and d.seq > ? and %s
              order by d.seq limit %d)
            select d.seq, d.payload, s.pair, s.bar_ts, s.expires_at, s.created_at,
              case when d.outcome = 'PUBLISHED' then s.action else 'HOLD' end as action
            from d cross join lateral (
              select pair, bar_ts, expires_at, created_at, action from %s s
              where s.signal_id = d.signal_id and s.bar_ts = d.bar_ts
              offset 0) s
            order by d.seq
            """
                .formatted(which, MOST, signals))
        .params(stream.id(), afterSeq)
        .query(
            (row, n) ->
                new Numbered(
                    row.getLong("seq"),
                    row.getString("payload"),
                    row.getString("pair"),
                    Action.valueOf(row.getString("action")),
                    time(row, "bar_ts"),
                    time(row, "expires_at"),
                    time(row, "created_at")))
        .list();
  }

  /** A numbered signal as inference decided it, and the epoch it was numbered in. */
  record Decided(Signal signal, long epoch) {}

  /** The decision behind a number. */
  Decided decided(SignalStream stream, long seq) {
    return jdbc.sql(
            """
            select s.*, d.epoch from core.signal_dispatch d
            join core.signals_live s on s.signal_id = d.signal_id and s.bar_ts = d.bar_ts
            where d.stream = ? and d.seq = ?
            """)
        .params(stream.id(), seq)
        .query((row, n) -> new Decided(signal(row), row.getLong("epoch")))
        .single();
  }

  /** Puts other bytes under a number that was not sent. */
  void replace(SignalStream stream, long seq, Outcome outcome, String payload, String reason) {
    jdbc.sql(
            """
            update core.signal_dispatch set outcome = ?, payload = ?, reason = ?
            where stream = ? and seq = ? and sent_at is null
            """)
        .params(outcome.name(), payload, reason, stream.id(), seq)
        .update();
  }

  /** A bar that was decided on. */
  record DecidedBar(Instant ts, BarInterval interval) {}

  /** The newest bar decided on. */
  Optional<DecidedBar> newestBar() {
    return jdbc.sql("select bar_ts, interval from core.signals_live order by bar_ts desc limit 1")
        .query((row, n) -> new DecidedBar(time(row, "bar_ts"), BarInterval.parse(row.getString(2))))
        .optional();
  }

  /** How far the stream has come. */
  Progress progress(SignalStream stream) {
    return jdbc.sql(
            """
            select
              coalesce((select max(seq) from core.signal_dispatch where stream = :stream), 0),
              coalesce((select max(seq) from core.signal_dispatch
                        where stream = :stream and sent_at is not null), 0)
            """)
        .param("stream", stream.id())
        .query((row, n) -> new Progress(row.getLong(1), row.getLong(2)))
        .single();
  }

  /** The bytes stored under a number. */
  Optional<String> payload(SignalStream stream, long seq) {
    return jdbc.sql("select payload from core.signal_dispatch where stream = ? and seq = ?")
        .params(stream.id(), seq)
        .query(String.class)
        .optional();
  }

  /**
   * Notes that Redis has these numbers.
   *
   * @throws EpochOverException if the epoch is over; nothing is written
   */
  void markSent(SignalStream stream, long epoch, long firstSeq, long lastSeq) {
    int marked =
        jdbc.sql(
                """
                update core.signal_dispatch set sent_at = clock_timestamp()
                where stream = :stream and seq between :first and :last and sent_at is null
                  and exists (
                    select 1 from core.dispatch_lease where stream = :stream and epoch = :epoch)
                """)
            .param("stream", stream.id())
            .param("epoch", epoch)
            .param("first", firstSeq)
            .param("last", lastSeq)
            .update();
    if (marked == 0) {
      throw new EpochOverException(stream, epoch);
    }
  }
}
