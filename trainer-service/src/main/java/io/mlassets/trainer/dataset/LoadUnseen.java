package io.mlassets.trainer.dataset;

import io.mlassets.market.BarInterval;
import io.mlassets.market.InstrumentCatalogue;
import io.mlassets.market.Pair;
import io.mlassets.market.Symbol;
import io.mlassets.policy.CorePolicy;
import io.mlassets.trainer.Workers;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the rows a model was not trained on, with the code that loads training sets. */
public final class LoadUnseen {
  /** Bars one leg lacks are left out of the pair; twice what is needed leaves enough. */
  private static final int MARGIN = 2;

  private final JdbcClient jdbc;
  private final LoadTrainingSet load;
  private final BuildSamples samples;
  private final InstrumentCatalogue instruments;

  /** Over one database, by one policy. */
  public LoadUnseen(
      DataSource dataSource, InstrumentCatalogue instruments, CorePolicy policy, Workers workers) {
    this.jdbc = JdbcClient.create(dataSource);
    this.load = new LoadTrainingSet(dataSource, instruments, policy, workers);
    this.samples = new BuildSamples(policy);
    this.instruments = instruments;
  }

  /**
   * All rows after a moment, however few, and before them those the warm-up brings along.
   *
   * @param seenTo UTC start of the last bar seen
   * @param schemaHash schema of the features wanted
   * @throws DatasetException naming the symbol or pair that has no bars
   */
  public TrainingSet after(
      List<Pair> pairs, BarInterval interval, Instant seenTo, String schemaHash) {
    Instant from = seenTo;
    for (Pair pair : pairs) {
      for (Symbol leg : pair.legs()) {
        Instant first = warmUpFrom(leg, interval, seenTo, MARGIN * leastBars(pair, interval));
        from = first.isBefore(from) ? first : from;
      }
    }
    return load.rows(new DataRequest(pairs, interval, from, null, schemaHash));
  }

  private int leastBars(Pair pair, BarInterval interval) {
    return samples.leastBars(pair, instruments.of(pair.a()), instruments.of(pair.b()), interval);
  }

  private Instant warmUpFrom(Symbol leg, BarInterval interval, Instant seenTo, int bars) {
    Optional<Instant> first =
        jdbc.sql(
                """
                select min(ts) from (
                  select ts from core.bars where symbol = ? and interval = ? and ts <= ?
                  order by ts desc limit ?) newest
                """)
            .params(leg.name(), interval.iso(), seenTo.atOffset(ZoneOffset.UTC), bars)
            .query((row, n) -> Optional.ofNullable(row.getTimestamp(1)))
            .single()
            .map(java.sql.Timestamp::toInstant);
    return first.orElse(seenTo);
  }
}
