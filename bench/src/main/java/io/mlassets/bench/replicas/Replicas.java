package io.mlassets.bench.replicas;

import io.mlassets.bench.faults.FaultPolicies;
import io.mlassets.bench.faults.ModelForFaults;
import io.mlassets.bench.faults.Servers;
import io.mlassets.ea.EaConfig;
import io.mlassets.market.BarInterval;
import io.mlassets.model.EngineId;
import io.mlassets.suite.market.SimulationSpec;
import io.mlassets.suite.server.FreePort;
import io.mlassets.suite.server.ServiceName;
import io.mlassets.suite.server.SuiteSettings;
import io.mlassets.suite.up.ServiceProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.util.FileSystemUtils;

/** Inference processes that share the pairs of one model, on servers of their own. */
final class Replicas implements AutoCloseable {
  private static final SimulationSpec HISTORY =
      new SimulationSpec(Plan.PAIRS.size(), 2_000, BarInterval.M1, SimulationSpec.DEFAULT_EDGE, 1);

  private final Plan plan;
  private final Path folder;
  private final Servers servers;
  private final List<ServiceProcess> processes = new ArrayList<>();

  private Replicas(Plan plan, Path folder) throws IOException, SQLException {
    this.plan = plan;
    this.folder = folder;
    Files.createDirectories(folder.resolve("log"));
    FaultPolicies.configuration(folder.resolve("config"));
    servers = new Servers(folder);
  }

  /** Trains a model, puts it in force and starts all replicas. */
  static Replicas start(Plan plan, Path folder)
      throws IOException, SQLException, InterruptedException {
    Replicas replicas = new Replicas(plan, folder);
    try {
      SuiteSettings settings = replicas.settings(0);
      settings.migrate();
      try (Connection connection = replicas.servers.connect();
          Statement statement = connection.createStatement()) {
        ModelForFaults.load(connection, HISTORY);
        ModelForFaults.train(
            settings, EngineId.LIGHTGBM, Plan.PAIRS, folder.resolve("log/trainer.out"));
        statement.execute(
            "update core.model_registry set status = 'active', theta1 = 0, theta2 = 1");
      }
      for (int i = 0; i < Plan.REPLICAS; i++) {
        replicas.processes.add(replicas.process(i));
      }
      return replicas;
    } catch (IOException | SQLException | RuntimeException | InterruptedException e) {
      replicas.close();
      throw e;
    }
  }

  Servers servers() {
    return servers;
  }

  /** What a replica's name begins with. */
  static String name(int replica) {
    return "r" + replica;
  }

  private SuiteSettings settings(int replica) {
    return servers.settings(
        folder.resolve("config"), folder.resolve(name(replica)), EaConfig.Clock.BARS);
  }

  private ServiceProcess process(int replica) throws IOException {
    FileSystemUtils.deleteRecursively(folder.resolve(name(replica)).resolve("inference"));
    return ServiceProcess.start(
        ServiceName.INFERENCE,
        FreePort.any(),
        settings(replica),
        ServiceProcess.HEAP,
        Map.of(
            "INFERENCE_SHARDS_SIZE", Integer.toString(Plan.SHARD),
            "INFERENCE_SHARDS_LEASE", plan.lease().toMillis() + "ms",
            "INFERENCE_SHARDS_REPLICA", name(replica)));
  }

  /** Lets it happen; of a pause only its beginning. */
  void begin(Fault fault, int replica) throws IOException, InterruptedException {
    switch (fault) {
      case KILL -> processes.get(replica).kill();
      case PAUSE -> tell(replica, "STOP");
      case LEAVE -> processes.get(replica).close();
    }
  }

  /** Brings the replica back. */
  void end(Fault fault, int replica) throws IOException, InterruptedException {
    switch (fault) {
      case PAUSE -> tell(replica, "CONT");
      case KILL, LEAVE -> processes.set(replica, process(replica));
    }
  }

  private void tell(int replica, String signal) throws IOException, InterruptedException {
    String pid = Long.toString(processes.get(replica).pid());
    int code = new ProcessBuilder("kill", "-" + signal, pid).inheritIO().start().waitFor();
    if (code != 0) {
      throw new IOException("kill -%s %s ended with %d".formatted(signal, pid, code));
    }
  }

  @Override
  public void close() throws IOException {
    processes.forEach(ServiceProcess::close);
    servers.close();
  }
}
