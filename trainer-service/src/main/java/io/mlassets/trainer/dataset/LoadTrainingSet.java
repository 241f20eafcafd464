package io.mlassets.trainer.dataset;

import io.mlassets.feature.FeatureSchema;
import io.mlassets.label.Labels;
import io.mlassets.market.Bar;
import io.mlassets.market.InstrumentCatalogue;
import io.mlassets.market.Pair;
import io.mlassets.market.PairBar;
import io.mlassets.market.Symbol;
import io.mlassets.platform.database.CopyRows;
import io.mlassets.policy.CorePolicy;
import io.mlassets.trainer.Workers;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Reads the bars of a request, makes its rows and keeps them in the tables. */
public final class LoadTrainingSet {
  private static final int LEAST_ROWS = 200;
  private final JdbcTemplate jdbc;
  private final CopyRows copy;
  private final InstrumentCatalogue instruments;
  private final CorePolicy policy;
  private final Workers workers;

  /** Over one database, by one policy. */
  public LoadTrainingSet(
      DataSource dataSource, InstrumentCatalogue instruments, CorePolicy policy, Workers workers) {
    this.jdbc = new JdbcTemplate(dataSource);
    this.copy = new CopyRows(dataSource);
    this.instruments = instruments;
    this.policy = policy;
    this.workers = workers;
  }

  /**
   * The rows of the request; features and labels are stored for others to read.
   *
   * @throws DatasetException naming the symbol, pair or table that lacks what is needed
   */
  public LoadedData load(DataRequest request) {
    LoadedData loaded = read(request);
    FeatureSchema schema = loaded.set().schema();
    StoredSamples stored = new StoredSamples(jdbc, copy, schema, new Labels(policy).spec());
    if (schema.isCurrent()) {
      stored.registerSchema();
    }
    workers.map(
        loaded.set().pairs(),
        samples -> {
          stored.keep(samples, request.interval());
          return samples.pair();
        });
    return loaded;
  }

  /** The same, and nothing is stored. */
  public LoadedData read(DataRequest request) {
    SortedMap<Symbol, List<Bar>> bars = bars(request);
    Rows rows = rows(request, bars);
    TrainingSet set = rows.set();
    if (set.rows() < LEAST_ROWS) {
      String left =
          rows.leftOut() == 0
              ? ""
              : ", and %d without a vector of schema %s in core.features"
                  .formatted(rows.leftOut(), set.schema().hash());
      throw new DatasetException(
          "%d labelled candidates in %d pairs %s%s, training needs at least %d"
              .formatted(set.rows(), set.pairs().size(), request.window(), left, LEAST_ROWS));
    }
    return LoadedData.of(set, request, bars, rows.leftOut());
  }

  /** The rows however few: enough to score, maybe not to train on. */
  TrainingSet rows(DataRequest request) {
    return rows(request, bars(request)).set();
  }

  /** Rows, and how many candidates are none because the data pipeline made no vector. */
  private record Rows(TrainingSet set, int leftOut) {}

  private Rows rows(DataRequest request, SortedMap<Symbol, List<Bar>> bars) {
    List<PairSamples> made = workers.map(request.pairs(), pair -> build(pair, request, bars));
    if (request.pipelineSchema() == null) {
      return new Rows(new TrainingSet(FeatureSchema.current(), request.interval(), made), 0);
    }
    PipelineFeatures pipeline = PipelineFeatures.of(jdbc, request.pipelineSchema());
    List<PairSamples> pairs = workers.map(made, pair -> pipeline.instead(pair, request.interval()));
    TrainingSet set = new TrainingSet(pipeline.schema(), request.interval(), pairs);
    return new Rows(set, made.stream().mapToInt(pair -> pair.samples().size()).sum() - set.rows());
  }

  private PairSamples build(Pair pair, DataRequest request, SortedMap<Symbol, List<Bar>> bars) {
    List<PairBar> joined =
        JoinLegs.of(
            pair, bars.getOrDefault(pair.a(), List.of()), bars.getOrDefault(pair.b(), List.of()));
    return new BuildSamples(policy)
        .of(pair, instruments.of(pair.a()), instruments.of(pair.b()), request.interval(), joined);
  }

  private SortedMap<Symbol, List<Bar>> bars(DataRequest request) {
    SortedSet<Symbol> symbols = new TreeSet<>();
    for (Pair pair : request.pairs()) {
      for (Symbol symbol : pair.legs()) {
        if (!instruments.knows(symbol)) {
          throw new DatasetException(
              "pair %s: symbol %s is not in instruments.yaml".formatted(pair, symbol));
        }
        symbols.add(symbol);
      }
    }
    ReadBars read = new ReadBars(jdbc);
    if (read.none()) {
      throw new DatasetException("core.bars is empty: load bars first");
    }
    List<Symbol> ordered = List.copyOf(symbols);
    List<List<Bar>> lists = workers.map(ordered, symbol -> read.of(symbol, request));
    SortedMap<Symbol, List<Bar>> bars = new TreeMap<>();
    for (int i = 0; i < ordered.size(); i++) {
      if (lists.get(i).isEmpty()) {
        throw new DatasetException(
            "core.bars has no %s bars of %s %s"
                .formatted(request.interval(), ordered.get(i), request.window()));
      }
      bars.put(ordered.get(i), lists.get(i));
    }
    return bars;
  }
}
