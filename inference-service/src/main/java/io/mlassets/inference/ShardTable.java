package io.mlassets.inference;

import io.mlassets.market.Pair;
import io.mlassets.shard.ShardPlan;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What PostgreSQL says of shards and replicas; {@link ShardLeases} changes it. */
@Component
class ShardTable {
  private final JdbcClient jdbc;
  private final String scope;

  ShardTable(JdbcClient jdbc, InferenceSettings settings) {
    this.jdbc = jdbc;
    this.scope = settings.scope();
  }

  /**
   * A shard as the database has it.
   *
   * @param held whether its owner's lease lasts
   * @param until when it ends, or ended; the database's clock, UTC
   */
  record Row(
      int shard,
      List<Pair> pairs,
      @Nullable String owner,
      long epoch,
      boolean held,
      @Nullable Instant until) {}

  /**
   * What the database says.
   *
   * @param plan in force, null before the first
   * @param shards of the plan in force
   * @param alive replicas that split pairs as we do, ourselves among them
   */
  record Seen(@Nullable String plan, List<Row> shards, SortedSet<String> alive) {

    /** Who holds which shard. */
    Map<Integer, String> holders() {
      Map<Integer, String> holders = new HashMap<>();
      for (Row row : shards) {
        if (row.held() && row.owner() != null) {
          holders.put(row.shard(), row.owner());
        }
      }
      return holders;
    }
  }

  /**
   * Who holds what, and who is alive.
   *
   * @param plan how we split pairs
   * @param me our name; we are alive
   */
  Seen seen(ShardPlan plan, String me) {
    @Nullable String inForce =
        jdbc.sql("select plan from core.shard_plans where scope = ?")
            .param(scope)
            .query(String.class)
            .optional()
            .orElse(null);
    List<Row> rows =
        jdbc.sql(
                """
                select shard, owner, epoch, nullif(until, '-infinity') as until,
                  owner is not null and until >= clock_timestamp() as held,
                  case when :ours = (select plan from core.shard_plans where scope = :scope)
                    then null else pairs end as pairs
                from core.shards where scope = :scope order by shard
                """)
            .param("ours", plan.id())
            .param("scope", scope)
            .query((row, n) -> row(row, plan))
            .list();
    SortedSet<String> alive =
        new TreeSet<>(
            jdbc.sql(
                    """
                    select replica from core.replicas
                    where scope = ? and plan = ? and until >= clock_timestamp()
                    """)
                .params(scope, plan.id())
                .query(String.class)
                .list());
    alive.add(me);
    return new Seen(inForce, rows, alive);
  }

  /** Thousands of pairs are read only if they are not those of our own plan. */
  private static Row row(ResultSet row, ShardPlan plan) throws SQLException {
    int shard = row.getInt("shard");
    @Nullable Array others = row.getArray("pairs");
    @Nullable OffsetDateTime until = row.getObject("until", OffsetDateTime.class);
    return new Row(
        shard,
        others == null
            ? plan.pairs(shard)
            : Arrays.stream((String[]) others.getArray()).map(Pair::parse).toList(),
        row.getString("owner"),
        row.getLong("epoch"),
        row.getBoolean("held"),
        until == null ? null : until.toInstant());
  }

  /** Up to where each shard is decided; with an empty one for a shard nobody knows that of. */
  List<String> positions() {
    return jdbc.sql("select coalesce(position, '') from core.shards where scope = ?")
        .param(scope)
        .query(String.class)
        .list();
  }
}
