package io.mlassets.bench.load;

import io.mlassets.bench.Report;
import io.mlassets.bench.dispatch.Quantiles;
import io.mlassets.suite.bars.BarTable;
import io.mlassets.suite.bars.MarketStep;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/**
 * Feeds one bar after the other to the lanes of a load, as the data pipeline does: into {@code
 * core.bars}, then on the stream. A bar is through when each of its pairs has a committed signal,
 * each signal an outcome, and each that was to be published has come.
 */
final class LoadRun implements AutoCloseable {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(120);
  private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

  /**
   * What became of one bar.
   *
   * @param nanos from bar in to subscriber, of each signal that came
   * @param durable signals committed
   * @param published of them those numbered to be sent
   */
  record Through(long[] nanos, long durable, long published) {
    /** Until the last one came, seconds. */
    double seconds() {
      return Arrays.stream(nanos).max().orElse(0) / 1e9;
    }
  }

  private final Load load;
  private final LoadMarket market;
  private final Connection connection;
  private final PreparedStatement outcomes;
  private final BarTable table;
  private final List<Lane> lanes;
  private Instant next;
  private long fedAt = System.nanoTime();

  private LoadRun(Load load, LoadFloor floor)
      throws IOException, SQLException, InterruptedException {
    this.load = load;
    this.market = floor.market(load.pairs());
    this.next = floor.history(market);
    this.connection = floor.connect();
    this.table = new BarTable(connection);
    this.outcomes =
        connection.prepareStatement(
            """
            select (select count(*) from core.signals_live where bar_ts = bar.ts),
              (select count(*) from core.signal_dispatch where bar_ts = bar.ts),
              (select count(*) from core.signal_dispatch where bar_ts = bar.ts
                 and outcome = 'PUBLISHED')
            from (values (?::timestamptz)) bar (ts)
            """);
    try {
      this.lanes = floor.lanes(load, market.pairs());
    } catch (IOException | SQLException | RuntimeException | InterruptedException e) {
      connection.close();
      throw e;
    }
  }

  /** Starts the processes and feeds the bars that are not measured. */
  static LoadRun start(Load load, LoadFloor floor)
      throws IOException, SQLException, InterruptedException {
    LoadRun run = new LoadRun(load, floor);
    try {
      for (int i = 0; i < load.warmUp(); i++) {
        run.bar();
        if (i == 0) {
          run.analyze();
        }
      }
      return run;
    } catch (IOException | SQLException | RuntimeException | InterruptedException e) {
      run.close();
      throw e;
    }
  }

  /** A database in use has statistics; one that has just been made plans without any. */
  private void analyze() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("analyze");
    }
  }

  /** Feeds the bars to be measured. */
  LoadFigures measure() throws IOException, SQLException, InterruptedException {
    Stages.Look before = look();
    List<Through> bars = new ArrayList<>();
    for (int i = 0; i < load.bars(); i++) {
      bars.add(bar());
    }
    Stages stages = Stages.between(before, look());
    return new LoadFigures(
        load,
        quantiles(bars),
        Report.median(bars.stream().mapToDouble(Through::seconds).toArray()),
        bars.stream().mapToDouble(Through::seconds).max().orElse(0),
        bars.stream().mapToLong(Through::durable).sum(),
        bars.stream().mapToLong(Through::published).sum(),
        bars.stream().mapToLong(bar -> bar.nanos().length).sum(),
        stages);
  }

  /** Of all signals of bars. */
  static Quantiles quantiles(List<Through> bars) {
    return Quantiles.ofNanos(
        bars.stream().flatMapToLong(bar -> LongStream.of(bar.nanos())).toArray());
  }

  /** The processes, lane by lane. */
  List<Lane> lanes() {
    return lanes;
  }

  private Stages.Look look() throws IOException, InterruptedException {
    List<String> texts = new ArrayList<>();
    for (Lane lane : lanes) {
      for (Meters meters : lane.meters()) {
        texts.add(meters.all());
      }
    }
    return new Stages.Look(texts);
  }

  /** Feeds the next bar, not before its time, and waits until it is through. */
  Through bar() throws IOException, SQLException, InterruptedException {
    Instant ts = next;
    next = ts.plusSeconds(60);
    MarketStep step = market.at(ts);
    table.insert(step);
    long left = fedAt + load.pace().toNanos() - System.nanoTime();
    if (left > 0) {
      TimeUnit.NANOSECONDS.sleep(left);
    }
    fedAt = System.nanoTime();
    for (Lane lane : lanes) {
      lane.feed(step);
    }
    return through(ts);
  }

  private Through through(Instant ts) throws IOException, SQLException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (true) {
      awaitQuiet();
      outcomes.setObject(1, ts.atOffset(ZoneOffset.UTC));
      try (ResultSet row = outcomes.executeQuery()) {
        row.next();
        long durable = row.getLong(1);
        long published = row.getLong(3);
        long came = lanes.stream().mapToInt(Lane::came).sum();
        if (durable == load.pairs() && row.getLong(2) == durable && came == published) {
          return new Through(nanos(ts), durable, published);
        }
        if (System.nanoTime() > deadline) {
          throw new IllegalStateException(
              "bar %s of %s: %d committed, %d with an outcome, %d to be published, %d came"
                  .formatted(ts, load.name(), durable, row.getLong(2), published, came));
        }
      }
      Thread.sleep(20);
    }
  }

  /** All came, or none for a while: questions in between would cost what is measured. */
  private void awaitQuiet() throws InterruptedException {
    int seen = -1;
    long since = System.nanoTime();
    while (System.nanoTime() - since < QUIET_NANOS) {
      int came = lanes.stream().mapToInt(Lane::came).sum();
      if (came >= load.pairs()) {
        return;
      }
      if (came != seen) {
        seen = came;
        since = System.nanoTime();
      }
      Thread.sleep(1);
    }
  }

  private long[] nanos(Instant ts) throws IOException, InterruptedException {
    LongStream all = LongStream.empty();
    for (Lane lane : lanes) {
      all = LongStream.concat(all, LongStream.of(lane.latencies(ts)));
    }
    return all.toArray();
  }

  @Override
  public void close() throws IOException, SQLException {
    for (Lane lane : lanes) {
      lane.close();
    }
    outcomes.close();
    connection.close();
  }
}
