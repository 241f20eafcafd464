package io.mlassets.dispatcher.control;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.mlassets.channel.Channels;
import io.mlassets.channel.ControlNotice;
import io.mlassets.control.Cause;
import io.mlassets.control.TradingState;
import io.mlassets.platform.MarketClock;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The trading state, in the database alone: the rows of {@code core.trading_causes} hold, over
 * every restart and for every replica, until an operator resumes. Every change stays as a row of
 * {@code core.trading_state}. A change waits for what is being sent under the old state, so that
 * nothing of it comes after the change.
 */
@Component
public class TradingStates {
  private static final Logger log = LoggerFactory.getLogger(TradingStates.class);
  private static final TypeReference<Map<String, Double>> FIGURES = new TypeReference<>() {};

  /** A sender that stops in the middle loses its session after this, so that a halt can pass. */
  private static final String LONGEST_SENDING = "5s";

  private static final String CAUSES =
      "select cause, state, since, market_since, reason, actor, figures from core.trading_causes";

  private static final String HOLD_OFF_CHANGES =
      """
      select set_config('idle_in_transaction_session_timeout', ?, true),
        pg_advisory_xact_lock_shared(hashtext('core.trading_state'))
      """;

  private record Change(boolean made, StateInForce state) {}

  private final JdbcClient jdbc;
  private final JdbcTemplate template;
  private final TransactionOperations transactions;
  private final StringRedisTemplate redis;
  private final Channels channels;
  private final JsonMapper json;
  private final Clock clock;
  private final MarketClock marketClock;
  private final AwaitedReports awaited;
  private final ApplicationEventPublisher events;
  private final AtomicInteger halted = new AtomicInteger();
  private final Map<Cause, AtomicInteger> gauges = new EnumMap<>(Cause.class);

  TradingStates(
      JdbcClient jdbc,
      JdbcTemplate template,
      TransactionOperations transactions,
      StringRedisTemplate redis,
      Channels channels,
      JsonMapper json,
      Clock clock,
      MarketClock marketClock,
      AwaitedReports awaited,
      ApplicationEventPublisher events,
      MeterRegistry meters) {
    this.jdbc = jdbc;
    this.template = template;
    this.transactions = transactions;
    this.redis = redis;
    this.channels = channels;
    this.json = json;
    this.clock = clock;
    this.marketClock = marketClock;
    this.awaited = awaited;
    this.events = events;
    meters.gauge("trading_halted", halted);
    for (Cause cause : Cause.values()) {
      AtomicInteger gauge = new AtomicInteger();
      gauges.put(cause, gauge);
      meters.gauge("trading_cause", Tags.of("cause", cause.name()), gauge);
    }
  }

  /** The state in force. */
  public StateInForce current() {
    return inForce(jdbc.sql(CAUSES).query((row, n) -> cause(row)).list());
  }

  private StateInForce inForce(List<LatchedCause> causes) {
    StateInForce state = new StateInForce(causes, awaited.cause());
    halted.set(state.allowsEntries() ? 0 : 1);
    gauges.forEach((cause, gauge) -> gauge.set(state.of(cause).ordinal()));
    return state;
  }

  private LatchedCause cause(ResultSet row) throws SQLException {
    return new LatchedCause(
        Cause.valueOf(row.getString("cause")),
        TradingState.valueOf(row.getString("state")),
        row.getObject("since", OffsetDateTime.class).toInstant(),
        row.getObject("market_since", OffsetDateTime.class).toInstant(),
        row.getString("reason"),
        row.getString("actor"),
        json.readValue(row.getString("figures"), FIGURES));
  }

  /** Does work, in one transaction, while no change can come in between. */
  public <T> T whileInForce(Function<StateInForce, T> work) {
    return Objects.requireNonNull(transactions.execute(status -> work.apply(inForce(locked()))));
  }

  /** In one round trip; the second statement sees what was committed before the lock was had. */
  private List<LatchedCause> locked() {
    return Objects.requireNonNull(
        template.execute(
            HOLD_OFF_CHANGES + ";" + CAUSES,
            (PreparedStatement statements) -> {
              statements.setString(1, LONGEST_SENDING);
              statements.execute();
              statements.getMoreResults();
              try (ResultSet rows = statements.getResultSet()) {
                List<LatchedCause> causes = new ArrayList<>();
                while (rows.next()) {
                  causes.add(cause(rows));
                }
                return causes;
              }
            }));
  }

  /**
   * Latches a cause; committed when this returns. One that already leads as far, or farther, stays
   * as it is.
   *
   * @param to REDUCING or HALTED
   */
  public StateInForce stop(
      Cause cause, TradingState to, String reason, Map<String, Double> figures, String actor) {
    Change change =
        changing(
            () -> {
              boolean latched = latch(cause, to, reason, figures, actor);
              if (latched) {
                journal(cause.name(), reason, actor, figures);
              }
              return latched;
            });
    if (change.made()) {
      log.warn("trading {} for {} by {}: {}", to, cause, actor, reason);
      events.publishEvent(new TradingStopped());
      announce(change.state(), reason, actor);
    }
    return change.state();
  }

  /** Resumes from causes, and waits for no positions; committed when this returns. */
  public StateInForce resume(Set<Cause> causes, String reason, String actor) {
    return end(causes, causes.contains(Cause.POSITIONS), reason, actor);
  }

  /** A cause is over, as an operator saw to; committed when this returns. */
  public StateInForce over(Cause cause, String reason, String actor) {
    return end(Set.of(cause), false, reason, actor);
  }

  private StateInForce end(Set<Cause> causes, boolean waiting, String reason, String actor) {
    Set<Cause> ended = EnumSet.noneOf(Cause.class);
    Change change =
        changing(
            () -> {
              ended.addAll(release(causes, reason, actor));
              if (waiting && awaited.giveUp()) {
                ended.add(Cause.POSITIONS);
              }
              if (!ended.isEmpty()) {
                journal(names(ended), reason, actor, Map.of());
              }
              return !ended.isEmpty();
            });
    if (change.made()) {
      log.warn(
          "resumed from {} by {}: {}; trading {}",
          names(ended),
          actor,
          reason,
          change.state().state());
      announce(change.state(), reason, actor);
    }
    return change.state();
  }

  private static String names(Set<Cause> causes) {
    return causes.stream().map(Cause::name).collect(Collectors.joining(", "));
  }

  /** Makes a change while nothing is being sent. */
  private Change changing(BooleanSupplier change) {
    return Objects.requireNonNull(
        transactions.execute(
            status -> {
              jdbc.sql("select pg_advisory_xact_lock(hashtext('core.trading_state'))")
                  .query((row, n) -> n)
                  .single();
              boolean made = change.getAsBoolean();
              return new Change(made, current());
            }));
  }

  private boolean latch(
      Cause cause, TradingState to, String reason, Map<String, Double> figures, String actor) {
    return jdbc.sql(
                """
                insert into core.trading_causes as c
                  (cause, state, since, market_since, reason, actor, figures)
                values (:cause, :state, :now, :market, :reason, :actor, :figures::jsonb)
                on conflict (cause) do update set state = excluded.state, since = excluded.since,
                  market_since = excluded.market_since, reason = excluded.reason,
                  actor = excluded.actor, figures = excluded.figures
                where c.state = 'ACTIVE' or (c.state = 'REDUCING' and excluded.state = 'HALTED')
                """)
            .param("cause", cause.name())
            .param("state", to.name())
            .param("now", utc(clock.instant()))
            .param("market", utc(marketClock.now()))
            .param("reason", reason)
            .param("actor", actor)
            .param("figures", json.writeValueAsString(figures))
            .update()
        > 0;
  }

  private List<Cause> release(Set<Cause> causes, String reason, String actor) {
    return causes.isEmpty()
        ? List.of()
        : jdbc.sql(
                """
                update core.trading_causes set state = 'ACTIVE', since = :now,
                  market_since = :market, reason = :reason, actor = :actor, figures = '{}'
                where state <> 'ACTIVE' and cause in (:causes) returning cause
                """)
            .param("now", utc(clock.instant()))
            .param("market", utc(marketClock.now()))
            .param("reason", reason)
            .param("actor", actor)
            .param("causes", causes.stream().map(Cause::name).toList())
            .query((row, n) -> Cause.valueOf(row.getString(1)))
            .list();
  }

  private void journal(String cause, String reason, String actor, Map<String, Double> figures) {
    jdbc.sql(
            """
            insert into core.trading_state (state, reason, actor, changed_at, cause, figures)
            values (?, ?, ?, ?, ?, ?::jsonb)
            """)
        .params(
            current().state().name(),
            reason,
            actor,
            utc(clock.instant()),
            cause,
            json.writeValueAsString(figures))
        .update();
  }

  private static OffsetDateTime utc(Instant at) {
    return at.atOffset(ZoneOffset.UTC);
  }

  private void announce(StateInForce state, String reason, String actor) {
    // Empty when nothing ever led anywhere and waiting was given up.
    ControlNotice notice =
        state
            .decisive()
            .map(
                one ->
                    new ControlNotice(state.state().name(), one.reason(), one.actor(), one.since()))
            .orElseGet(
                () -> new ControlNotice(state.state().name(), reason, actor, clock.instant()));
    try {
      redis.convertAndSend(channels.control(), json.writeValueAsString(notice));
    } catch (DataAccessException e) {
      log.warn("trading state was not announced on Redis; it holds all the same", e);
    }
  }
}
