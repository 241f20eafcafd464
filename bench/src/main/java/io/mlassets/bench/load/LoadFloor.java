package io.mlassets.bench.load;

import io.mlassets.bench.faults.FaultPolicies;
import io.mlassets.bench.faults.ModelForFaults;
import io.mlassets.bench.faults.Servers;
import io.mlassets.ea.EaConfig;
import io.mlassets.market.Bar;
import io.mlassets.market.Pair;
import io.mlassets.model.EngineId;
import io.mlassets.platform.RedisSettings;
import io.mlassets.suite.bars.BarTable;
import io.mlassets.suite.server.SuiteSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.springframework.util.FileSystemUtils;

/** PostgreSQL, Redis and a trained model, on which the processes of one load after another run. */
final class LoadFloor implements AutoCloseable {
  /** More than a pair warms up with. */
  private static final int HISTORY_BARS = 800;

  private final Path folder;
  private final Path config;
  private final Servers servers;
  private final ScopedModels models;
  private int markets;
  private int loads;

  /** Starts the servers and trains the model. */
  LoadFloor(Path folder) throws IOException, SQLException, InterruptedException {
    this.folder = folder;
    FileSystemUtils.deleteRecursively(folder.resolve("var"));
    Files.createDirectories(folder.resolve("log"));
    config = FaultPolicies.configuration(folder.resolve("config"));
    servers = new Servers(folder);
    try (Connection connection = servers.connect()) {
      SuiteSettings settings = servers.settings(config, folder.resolve("var"), EaConfig.Clock.BARS);
      settings.migrate();
      ModelForFaults.load(connection);
      ModelForFaults.train(settings, EngineId.LIGHTGBM, folder.resolve("log/trainer.out"));
      models = new ScopedModels(connection, settings.bundleKey());
    } catch (IOException | SQLException | RuntimeException | InterruptedException e) {
      servers.close();
      throw e;
    }
  }

  /** A connection as owner. */
  Connection connect() throws SQLException {
    return servers.connect();
  }

  /** A market of its own for each load: what another has decided on would be caught up. */
  LoadMarket market(int pairs) {
    return new LoadMarket(markets++, pairs);
  }

  /** Loads the market's history, behind all bars there are; returns the first bar to feed. */
  Instant history(LoadMarket market) throws SQLException, IOException {
    try (Connection connection = connect()) {
      Instant ts = newest(connection);
      List<Bar> bars = new ArrayList<>();
      for (int i = 0; i < HISTORY_BARS; i++) {
        ts = ts.plusSeconds(60);
        bars.addAll(market.at(ts).bars());
      }
      new BarTable(connection).load(bars);
      return ts.plusSeconds(60);
    }
  }

  private static Instant newest(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select max(ts) from core.bars")) {
      row.next();
      return row.getObject(1, OffsetDateTime.class).toInstant();
    }
  }

  /** Starts a lane for each triple; returns when all models decide. */
  List<Lane> lanes(Load load, List<Pair> pairs)
      throws IOException, SQLException, InterruptedException {
    int number = loads++;
    List<Lane> lanes = new ArrayList<>();
    try {
      for (int i = 0; i < load.triples(); i++) {
        List<Pair> own =
            pairs.subList(
                (int) ((long) i * pairs.size() / load.triples()),
                (int) ((long) (i + 1) * pairs.size() / load.triples()));
        lanes.add(lane("load-%d-%d".formatted(number, i), own));
      }
      for (Lane lane : lanes) {
        lane.awaitModel();
      }
      return lanes;
    } catch (IOException | SQLException | RuntimeException | InterruptedException e) {
      for (Lane lane : lanes) {
        lane.close();
      }
      throw e;
    }
  }

  private Lane lane(String scope, List<Pair> pairs)
      throws IOException, SQLException, InterruptedException {
    try (Connection connection = connect()) {
      models.activate(connection, scope, pairs);
    }
    SuiteSettings common =
        servers.settings(config, folder.resolve("var").resolve(scope), EaConfig.Clock.BARS);
    RedisSettings redis = common.redis();
    SuiteSettings own =
        common.with(new RedisSettings(redis.url(), redis.host(), redis.port(), scope + ":"));
    return new Lane(own, scope, pairs.size());
  }

  @Override
  public void close() throws IOException {
    servers.close();
  }
}
