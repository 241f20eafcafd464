package io.mlassets.dispatcher.control;

import io.micrometer.core.instrument.MeterRegistry;
import io.mlassets.channel.Channels;
import io.mlassets.channel.ControlNotice;
import io.mlassets.dispatcher.control.TradingState.State;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.json.JsonMapper;

/**
 * The trading state, in the database alone: the newest row of {@code core.trading_state} holds,
 * over every restart and for every replica. Every change stays as a row of its own. A change waits
 * for what is being sent under the old state, so that nothing of it comes after the change.
 */
@Component
public class TradingStates {
  private static final Logger log = LoggerFactory.getLogger(TradingStates.class);
  private static final TradingState FROM_THE_START =
      new TradingState(State.ACTIVE, "never changed", "system", Instant.EPOCH);

  /** A sender that stops in the middle loses its session after this, so that a halt can pass. */
  private static final String LONGEST_SENDING = "5s";

  private final JdbcClient jdbc;
  private final TransactionOperations transactions;
  private final StringRedisTemplate redis;
  private final Channels channels;
  private final JsonMapper json;
  private final Clock clock;
  private final AtomicInteger halted = new AtomicInteger();

  TradingStates(
      JdbcClient jdbc,
      TransactionOperations transactions,
      StringRedisTemplate redis,
      Channels channels,
      JsonMapper json,
      Clock clock,
      MeterRegistry meters) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.redis = redis;
    this.channels = channels;
    this.json = json;
    this.clock = clock;
    meters.gauge("trading_halted", halted);
  }

  /** The state in force. */
  public TradingState current() {
    TradingState state =
        jdbc.sql(
                """
                select state, reason, actor, changed_at from core.trading_state
                order by id desc limit 1
                """)
            .query(
                (row, n) ->
                    new TradingState(
                        State.valueOf(row.getString(1)),
                        row.getString(2),
                        row.getString(3),
                        row.getObject(4, OffsetDateTime.class).toInstant()))
            .optional()
            .orElse(FROM_THE_START);
    halted.set(state.allowsEntries() ? 0 : 1);
    return state;
  }

  /** Does work, in one transaction, while no change can come in between. */
  public <T> T whileInForce(Function<TradingState, T> work) {
    return Objects.requireNonNull(
        transactions.execute(
            status -> {
              jdbc.sql(
                      """
                      select set_config('idle_in_transaction_session_timeout', ?, true),
                        pg_advisory_xact_lock_shared(hashtext('core.trading_state'))
                      """)
                  .param(LONGEST_SENDING)
                  .query((row, n) -> n)
                  .single();
              return work.apply(current());
            }));
  }

  /** Changes the state; committed when this returns. */
  public TradingState change(State to, String reason, String actor) {
    TradingState state = new TradingState(to, reason, actor, clock.instant());
    transactions.executeWithoutResult(status -> insert(state));
    halted.set(state.allowsEntries() ? 0 : 1);
    log.warn("trading {} by {}: {}", to, actor, reason);
    announce(state);
    return state;
  }

  private void insert(TradingState state) {
    jdbc.sql("select pg_advisory_xact_lock(hashtext('core.trading_state'))")
        .query((row, n) -> n)
        .single();
    jdbc.sql(
            """
            insert into core.trading_state (state, reason, actor, changed_at) values (?, ?, ?, ?)
            """)
        .params(
            state.state().name(),
            state.reason(),
            state.actor(),
            state.changedAt().atOffset(ZoneOffset.UTC))
        .update();
  }

  private void announce(TradingState state) {
    ControlNotice notice =
        new ControlNotice(state.state().name(), state.reason(), state.actor(), state.changedAt());
    try {
      redis.convertAndSend(channels.control(), json.writeValueAsString(notice));
    } catch (DataAccessException e) {
      log.warn("trading state was not announced on Redis; it holds all the same", e);
    }
  }
}
