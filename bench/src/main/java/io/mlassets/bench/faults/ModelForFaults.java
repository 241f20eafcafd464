package io.mlassets.bench.faults;

import io.mlassets.market.Bar;
import io.mlassets.market.BarInterval;
import io.mlassets.market.Pair;
import io.mlassets.model.EngineId;
import io.mlassets.suite.bars.BarTable;
import io.mlassets.suite.market.MarketSimulator;
import io.mlassets.suite.market.SimulationSpec;
import io.mlassets.suite.server.ServiceName;
import io.mlassets.suite.server.SuiteSettings;
import io.mlassets.trainer.TrainMain;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A model as the trainer makes it, of simulated bars, put in force with thresholds that let every
 * candidate in, whatever the verdict: here it is not the model that is on trial.
 */
public final class ModelForFaults {
  private static final SimulationSpec HISTORY =
      new SimulationSpec(Plan.PAIRS, 6_000, BarInterval.M1, SimulationSpec.DEFAULT_EDGE, 1);

  private ModelForFaults() {}

  /** Loads bars, trains in a process of its own and puts the model in force. */
  static void train(Connection connection, SuiteSettings settings, Path log)
      throws SQLException, IOException, InterruptedException {
    load(connection);
    train(settings, EngineId.LIGHTGBM, log);
    try (Statement statement = connection.createStatement()) {
      statement.execute("update core.model_registry set status = 'active', theta1 = 0, theta2 = 1");
    }
  }

  /** Loads the bars. */
  public static void load(Connection connection) throws SQLException, IOException {
    load(connection, HISTORY);
  }

  /** Loads the bars of a simulated market. */
  public static void load(Connection connection, SimulationSpec market)
      throws SQLException, IOException {
    List<Bar> bars =
        new MarketSimulator(market)
            .simulate().bars().values().stream().flatMap(List::stream).toList();
    new BarTable(connection).load(bars);
  }

  /** Trains on them with an engine, in a process of its own. */
  public static void train(SuiteSettings settings, EngineId engine, Path log)
      throws IOException, InterruptedException {
    train(settings, engine, WaveMarket.PAIRS, log);
  }

  /** Trains on bars of these pairs with an engine, in a process of its own. */
  public static void train(SuiteSettings settings, EngineId engine, List<Pair> pairs, Path log)
      throws IOException, InterruptedException {
    String ids = pairs.stream().map(Pair::id).collect(Collectors.joining(","));
    List<String> arguments =
        List.of("--pairs", ids, "--interval", "PT1M", "--trials", "2", "--engine", engine.wire());
    try (ChildJvm trainer =
        ChildJvm.start(
            TrainMain.class.getName(), arguments, settings.environment(ServiceName.TRAINER), log)) {
      int code = trainer.awaitEnd();
      if (code != 0) {
        throw new IllegalStateException("training ended with code %d, see %s".formatted(code, log));
      }
    }
  }
}
