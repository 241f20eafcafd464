package io.mlassets.inference;

import io.mlassets.market.Pair;
import io.mlassets.shard.ShardPlan;
import java.util.Collection;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Leases of shards in PostgreSQL. Each taking-over gives an epoch no shard had before; a commit
 * finds its shards under owner and epoch and locks them, so a replica that wakes up after its lease
 * was taken commits nothing (fencing token; Kleppmann, "How to do distributed locking", 2016).
 */
@Component
class ShardLeases {
  /** A transaction idle for longer than a lease is ended, one that lasts so many in any case. */
  private static final int LONGEST_LEASES = 10;

  /** A replica's row is kept for so long after it was last heard of. */
  private static final String FORGOTTEN_AFTER = "1 hour";

  private final JdbcClient jdbc;
  private final TransactionOperations transactions;
  private final String scope;
  private final long leaseMillis;
  private final String me;

  ShardLeases(
      JdbcClient jdbc,
      TransactionOperations transactions,
      InferenceSettings inference,
      ShardSettings shards) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.scope = inference.scope();
    this.leaseMillis = shards.lease().toMillis();
    // A process that was killed may still be writing when its next one has the same name.
    String random = UUID.randomUUID().toString().substring(0, 8);
    this.me = shards.replica().isBlank() ? random : shards.replica() + "-" + random;
  }

  /**
   * How far decisions have come.
   *
   * @param position up to there, in the source of bars, all is decided
   * @param shards of these
   */
  record Progress(String position, Set<Integer> shards) {
    /** Nothing is known of it. */
    static final Progress UNKNOWN = new Progress("", Set.of());

    Integer[] numbers() {
      return shards.toArray(Integer[]::new);
    }
  }

  /** The name of this process among the replicas. */
  String me() {
    return me;
  }

  /**
   * Prolongs what is ours, whatever time has passed, and says that we are alive.
   *
   * @return the epochs of our shards of this plan
   */
  SortedMap<Integer, Long> renew(ShardPlan plan, Progress progress) {
    jdbc.sql(
            """
            insert into core.replicas (scope, replica, plan, until)
            values (:scope, :me, :plan, clock_timestamp() + :lease * interval '1 ms')
            on conflict (scope, replica) do update
            set plan = excluded.plan, until = excluded.until
            """)
        .param("scope", scope)
        .param("me", me)
        .param("plan", plan.id())
        .param("lease", leaseMillis)
        .update();
    return epochs(
        jdbc.sql(
                """
                update core.shards s set until = clock_timestamp() + :lease * interval '1 ms',
                  position =
                    case when s.shard = any(:decided) then :position else s.position end
                from core.shard_plans p
                where s.scope = :scope and s.owner = :me and p.scope = s.scope and p.plan = :plan
                returning s.shard, s.epoch
                """)
            .param("scope", scope)
            .param("me", me)
            .param("plan", plan.id())
            .param("lease", leaseMillis)
            .param("position", progress.position())
            .param("decided", progress.numbers()));
  }

  /**
   * The same within the caller's transaction, until whose end nobody else can take them. A process
   * that is stopped in the middle of it would keep others from them: then PostgreSQL ends it.
   */
  SortedMap<Integer, Long> lock(Progress progress) {
    return epochs(
        jdbc.sql(
                """
                update core.shards set until = clock_timestamp() + :lease * interval '1 ms',
                  position = case when shard = any(:decided) then :position else position end
                where scope = :scope and owner = :me
                returning shard, epoch,
                  set_config('idle_in_transaction_session_timeout', (:lease)::text, true),
                  set_config('transaction_timeout', (:longest)::text, true)
                """)
            .param("scope", scope)
            .param("me", me)
            .param("lease", leaseMillis)
            .param("longest", LONGEST_LEASES * leaseMillis)
            .param("position", progress.position())
            .param("decided", progress.numbers()));
  }

  private static SortedMap<Integer, Long> epochs(JdbcClient.StatementSpec returning) {
    SortedMap<Integer, Long> epochs = new TreeMap<>();
    returning.query(
        row -> {
          epochs.put(row.getInt(1), row.getLong(2));
        });
    return epochs;
  }

  /**
   * Takes those of the wanted shards that are free. Puts our plan in force if another one is and
   * nobody holds shards of that.
   *
   * @return the epochs of those taken; none when our plan could not be put in force, or when
   *     another replica is just taking shards
   */
  SortedMap<Integer, Long> take(ShardPlan plan, Collection<Integer> wanted) {
    SortedMap<Integer, Long> taken = new TreeMap<>();
    transactions.executeWithoutResult(
        status -> {
          limit();
          if (locksPlan() && inForce(plan)) {
            taken.putAll(takeFree(wanted));
          }
        });
    return taken;
  }

  private void limit() {
    jdbc.sql(
            """
            select set_config('idle_in_transaction_session_timeout', (:lease)::text, true),
              set_config('transaction_timeout', (:longest)::text, true),
              set_config('lock_timeout', (:lease)::text, true)
            """)
        .param("lease", leaseMillis)
        .param("longest", LONGEST_LEASES * leaseMillis)
        .query()
        .listOfRows();
  }

  /** One at a time; who comes second looks again later. */
  private boolean locksPlan() {
    jdbc.sql(
            """
            insert into core.shard_plans (scope, plan, epoch) values (?, '', 0)
            on conflict do nothing
            """)
        .param(scope)
        .update();
    return jdbc.sql("select true from core.shard_plans where scope = ? for update skip locked")
        .param(scope)
        .query(Boolean.class)
        .optional()
        .isPresent();
  }

  private boolean inForce(ShardPlan plan) {
    String other =
        jdbc.sql("select plan from core.shard_plans where scope = ?")
            .param(scope)
            .query(String.class)
            .single();
    if (other.equals(plan.id())) {
      return true;
    }
    boolean held =
        jdbc.sql(
                """
                select exists (select 1 from core.shards
                  where scope = ? and owner <> ? and until >= clock_timestamp())
                """)
            .params(scope, me)
            .query(Boolean.class)
            .single();
    if (held) {
      return false;
    }
    // Deleted, the rows let nobody commit any more who decided by the other plan.
    jdbc.sql("delete from core.shards where scope = ?").param(scope).update();
    for (int shard = 0; shard < plan.count(); shard++) {
      jdbc.sql("insert into core.shards (scope, shard, pairs) values (?, ?, ?)")
          .params(scope, shard, plan.pairs(shard).stream().map(Pair::id).toArray(String[]::new))
          .update();
    }
    jdbc.sql("update core.shard_plans set plan = ? where scope = ?")
        .params(plan.id(), scope)
        .update();
    jdbc.sql(
            "delete from core.replicas where until < clock_timestamp() - interval '%s'"
                .formatted(FORGOTTEN_AFTER))
        .update();
    return true;
  }

  /** One whose row is locked is committing: it is alive. */
  private SortedMap<Integer, Long> takeFree(Collection<Integer> wanted) {
    return epochs(
        jdbc.sql(
                """
                with next as (
                  update core.shard_plans set epoch = epoch + 1 where scope = :scope
                  returning epoch),
                free as (
                  select shard from core.shards
                  where scope = :scope and shard in (:wanted)
                    and (owner is null or until < clock_timestamp())
                  for update skip locked)
                update core.shards s set owner = :me, epoch = next.epoch,
                  until = clock_timestamp() + :lease * interval '1 ms'
                from next, free where s.scope = :scope and s.shard = free.shard
                returning s.shard, s.epoch
                """)
            .param("scope", scope)
            .param("me", me)
            .param("wanted", wanted)
            .param("lease", leaseMillis));
  }

  /** Lets others have shards at once. */
  void release(Collection<Integer> shards, Progress progress) {
    jdbc.sql(
            """
            update core.shards set owner = null, until = clock_timestamp(),
              position = case when shard = any(:decided) then :position else position end
            where scope = :scope and owner = :me and shard in (:shards)
            """)
        .param("scope", scope)
        .param("me", me)
        .param("shards", shards)
        .param("position", progress.position())
        .param("decided", progress.numbers())
        .update();
  }

  /** We are no longer among the replicas. */
  void leave() {
    jdbc.sql("delete from core.replicas where scope = ? and replica = ?")
        .params(scope, me)
        .update();
  }
}
