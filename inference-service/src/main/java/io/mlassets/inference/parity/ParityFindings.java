package io.mlassets.inference.parity;

import io.mlassets.inference.stop.PairStops;
import io.mlassets.market.BarInterval;
import io.mlassets.market.Pair;
import io.mlassets.parity.RecordedVector;
import io.mlassets.parity.VectorProof;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps what was found, each thing once: what an operator has looked into does not stop a pair
 * again. A vector that is wrong stops its pair in the same transaction.
 */
@Component
class ParityFindings {
  private static final String ACTOR = "parity-check";
  private final JdbcClient jdbc;
  private final TransactionOperations transactions;
  private final PairStops stops;
  private final JsonMapper json;
  private final Clock clock;

  ParityFindings(
      JdbcClient jdbc,
      TransactionOperations transactions,
      PairStops stops,
      JsonMapper json,
      Clock clock) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.stops = stops;
    this.json = json;
    this.clock = clock;
  }

  /**
   * A vector is not what its bars give.
   *
   * @return whether that is news
   */
  boolean mismatch(RecordedVector vector, VectorProof.Mismatch mismatch) {
    List<String> differences = mismatch.differences().stream().map(Object::toString).toList();
    boolean isNew =
        Boolean.TRUE.equals(
            transactions.execute(
                status -> {
                  boolean inserted =
                      insert(
                          vector.pair(),
                          vector.interval(),
                          vector.ts(),
                          "MISMATCH",
                          Map.of(
                              "differences",
                              differences,
                              "bars_seen",
                              vector.seen().count(),
                              "engine",
                              vector.engine()));
                  if (inserted) {
                    stops.stop(vector.pair(), ACTOR, reason(vector, differences));
                  }
                  return inserted;
                }));
    stops.look();
    return isNew;
  }

  private static String reason(RecordedVector vector, List<String> differences) {
    return "vector of bar %s is not what core.bars give: %s%s"
        .formatted(
            vector.ts(),
            differences.getFirst(),
            differences.size() == 1 ? "" : ", and %d more".formatted(differences.size() - 1));
  }

  /**
   * A bar is not in the table as it was live; of one that cannot be told, the vector's stands for
   * it.
   *
   * @return whether that is news
   */
  boolean barDiffers(RecordedVector vector, Instant ts, String how) {
    return insert(
        vector.pair(),
        vector.interval(),
        ts,
        "BARS_DIFFER",
        Map.of("how", how, "vector", vector.ts().toString()));
  }

  private boolean insert(
      Pair pair, BarInterval interval, Instant ts, String kind, Map<String, Object> details) {
    return jdbc.sql(
                """
                insert into core.parity_findings (pair, interval, ts, kind, found_at, details)
                values (?, ?, ?, ?, ?, ?::jsonb) on conflict do nothing
                """)
            .params(
                pair.id(),
                interval.iso(),
                ts.atOffset(ZoneOffset.UTC),
                kind,
                clock.instant().atOffset(ZoneOffset.UTC),
                json.writeValueAsString(details))
            .update()
        > 0;
  }
}
