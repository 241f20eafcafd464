package io.mlassets.dispatcher.outcome;

import io.mlassets.dispatcher.outbox.SignalStream;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Order signals without an outcome. One that was sent while no account was known is owed by nobody
 * in particular until any answers it. Each signal sent is looked at once; from then on only what is
 * owed is asked for, so that a silent Expert Advisor does not make every look longer.
 */
@Component
class Unanswered {
  /** More are not needed to be told of them. */
  private static final int MOST = 5_000;

  /** Numbers looked at in one statement. */
  private static final int SPAN = 10_000;

  /**
   * A signal an account owes an answer to.
   *
   * @param account the account; empty when none is known
   * @param seq its number
   * @param signalId which it is
   * @param expiresAt its expiry, market time
   */
  record Owed(String account, long seq, UUID signalId, Instant expiresAt) {}

  private record Known(long lookedUpTo, List<Owed> owed) {}

  private final JdbcClient jdbc;
  private final Map<SignalStream, Known> known = new HashMap<>();

  Unanswered(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** What is owed, oldest first. */
  List<Owed> of(SignalStream stream) {
    Known before = known.getOrDefault(stream, new Known(0, List.of()));
    List<Owed> owed = new ArrayList<>(stillOwed(before.owed()));
    long sent = lastSent(stream);
    long upTo = before.lookedUpTo();
    while (upTo < sent && owed.size() < MOST) {
      long to = Math.min(sent, upTo + SPAN);
      owed.addAll(owed(stream, upTo, to));
      upTo = to;
    }
    known.put(stream, new Known(upTo, owed));
    return owed;
  }

  private long lastSent(SignalStream stream) {
    return jdbc.sql(
            """
            select coalesce(max(seq), 0) from core.signal_dispatch
            where stream = ? and sent_at is not null
            """)
        .param(stream.id())
        .query(Long.class)
        .single();
  }

  /** Without what was answered meanwhile, and what an account owed that was forgotten. */
  private List<Owed> stillOwed(List<Owed> owed) {
    if (owed.isEmpty()) {
      return owed;
    }
    return jdbc.sql(
            """
            select one.place from unnest(?, ?, ?)
              with ordinality as one (account, seq, signal_id, place)
            where case when one.account = '' then
                (select true from core.signal_outcomes o where o.signal_id = one.signal_id limit 1)
                  is null
              else exists (select 1 from core.ea_accounts a where a.account = one.account) and
                (select true from core.signal_outcomes o
                 where o.account = one.account and o.signal_seq = one.seq) is null end
            order by one.place
            """)
        .params(
            owed.stream().map(Owed::account).toArray(String[]::new),
            owed.stream().map(Owed::seq).toArray(Long[]::new),
            owed.stream().map(Owed::signalId).toArray(UUID[]::new))
        .query((row, n) -> owed.get(row.getInt(1) - 1))
        .list();
  }

  /** Of signals with numbers after one, up to another, each found by its keys (offset 0). */
  private List<Owed> owed(SignalStream stream, long after, long upTo) {
    return jdbc.sql(
            """
            select d.seq, d.signal_id, s.expires_at, a.account
            from core.signal_dispatch d
            cross join lateral (
              select expires_at from core.signals o
              where o.signal_id = d.signal_id and o.bar_ts = d.bar_ts and o.action <> 'HOLD'
              offset 0) s
            left join core.ea_accounts a on a.mode = ? and a.known_since <= d.sent_at
            where d.stream = ? and d.seq > ? and d.seq <= ? and d.outcome = 'PUBLISHED'
              and d.sent_at is not null
              and case when a.account is null then
                (select true from core.signal_outcomes o where o.signal_id = d.signal_id limit 1)
                  is null
              else
                (select true from core.signal_outcomes o
                 where o.account = a.account and o.signal_seq = d.seq) is null end
            order by d.seq
            """)
        .params(stream.mode().wire(), stream.id(), after, upTo)
        .query(
            (row, n) -> {
              @Nullable String account = row.getString("account");
              return new Owed(
                  account == null ? "" : account,
                  row.getLong("seq"),
                  row.getObject("signal_id", UUID.class),
                  Objects.requireNonNull(row.getObject("expires_at", OffsetDateTime.class))
                      .toInstant());
            })
        .list();
  }
}
