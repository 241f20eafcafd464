package io.mlassets.dispatcher.outcome;

import io.mlassets.dispatcher.outbox.SignalStream;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Order signals without an outcome. One that was sent while no account was known is owed by nobody
 * in particular until any answers it.
 */
@Component
class Unanswered {
  /** More are not needed to be told of them. */
  private static final int MOST = 5_000;

  /**
   * A signal an account owes an answer to.
   *
   * @param account the account; empty when none is known
   * @param seq its number
   * @param expiresAt its expiry, market time
   */
  record Owed(String account, long seq, Instant expiresAt) {}

  private final JdbcClient jdbc;
  private final Map<SignalStream, Long> settledUpTo = new HashMap<>();

  Unanswered(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** What is owed, oldest first; looks only behind what was settled when it looked last. */
  List<Owed> of(SignalStream stream) {
    long after = settledUpTo.getOrDefault(stream, 0L);
    long sent =
        jdbc.sql(
                """
                select coalesce(max(seq), 0) from core.signal_dispatch
                where stream = ? and sent_at is not null
                """)
            .param(stream.id())
            .query(Long.class)
            .single();
    List<Owed> owed = after >= sent ? new ArrayList<>() : owed(stream, after);
    settledUpTo.put(
        stream,
        owed.isEmpty() ? Math.max(after, sent) : Math.max(after, owed.getFirst().seq() - 1));
    return owed;
  }

  private List<Owed> owed(SignalStream stream, long after) {
    return jdbc.sql(
            """
            select d.seq, s.expires_at, a.account
            from core.signal_dispatch d
            join core.signals s on s.signal_id = d.signal_id and s.bar_ts = d.bar_ts
            left join core.ea_accounts a on a.mode = s.mode and a.known_since <= d.sent_at
            where d.stream = ? and d.seq > ? and d.outcome = 'PUBLISHED' and d.sent_at is not null
              and s.action <> 'HOLD' and case when a.account is null
                then not exists (
                  select 1 from core.signal_outcomes o where o.signal_id = d.signal_id)
                else not exists (
                  select 1 from core.signal_outcomes o
                  where o.account = a.account and o.signal_seq = d.seq) end
            order by d.seq limit %d
            """
                .formatted(MOST))
        .params(stream.id(), after)
        .query(
            (row, n) -> {
              @Nullable String account = row.getString(3);
              return new Owed(
                  account == null ? "" : account,
                  row.getLong(1),
                  Objects.requireNonNull(row.getObject(2, OffsetDateTime.class)).toInstant());
            })
        .list();
  }
}
