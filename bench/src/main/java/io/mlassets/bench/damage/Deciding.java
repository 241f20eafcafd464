package io.mlassets.bench.damage;

import io.mlassets.bench.faults.FaultPolicies;
import io.mlassets.bench.faults.ModelForFaults;
import io.mlassets.bench.faults.Servers;
import io.mlassets.channel.Channels;
import io.mlassets.ea.EaConfig;
import io.mlassets.model.BundleFile;
import io.mlassets.model.EngineId;
import io.mlassets.model.ModelVersion;
import io.mlassets.suite.server.FreePort;
import io.mlassets.suite.server.ServiceName;
import io.mlassets.suite.server.SuiteSettings;
import io.mlassets.suite.up.ServiceProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.util.FileSystemUtils;
import redis.clients.jedis.Jedis;

/** Inference as {@code ./ml-assets up} starts it, with models as the trainer makes them. */
final class Deciding implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Pattern REFUSAL =
      Pattern.compile("bundle of (\\S+): (.*) refused, what was in force stays");
  private static final Channels CHANNELS = new Channels("");

  private final Servers servers;
  private final SuiteSettings settings;
  private final Path folder;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private final List<ModelVersion> trained = new ArrayList<>();
  private ServiceProcess inference;
  private int port;

  private Deciding(Path folder) throws IOException, SQLException, InterruptedException {
    this.folder = folder;
    FileSystemUtils.deleteRecursively(folder.resolve("var"));
    Files.createDirectories(folder.resolve("log"));
    Path config = FaultPolicies.configuration(folder.resolve("config"));
    servers = new Servers(folder);
    settings = servers.settings(config, folder.resolve("var"), EaConfig.Clock.BARS);
    try {
      settings.migrate();
      train();
      activate(trained.getFirst());
      inference = startProcess();
    } catch (IOException | SQLException | RuntimeException | InterruptedException e) {
      servers.close();
      throw e;
    }
  }

  /** Starts everything and returns when the first model decides. */
  static Deciding start(Path folder) throws IOException, SQLException, InterruptedException {
    Deciding deciding = new Deciding(folder);
    try {
      deciding.await("a model in force", () -> deciding.swaps() > 0);
      return deciding;
    } catch (RuntimeException | InterruptedException e) {
      deciding.close();
      throw e;
    }
  }

  private void train() throws SQLException, IOException, InterruptedException {
    try (Connection connection = servers.connect()) {
      ModelForFaults.load(connection);
    }
    for (EngineId engine : EngineId.values()) {
      ModelForFaults.train(settings, engine, folder.resolve("log/trainer.out"));
    }
    try (Connection connection = servers.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "update core.model_registry set status = 'archived', theta1 = 0, theta2 = 1");
      try (ResultSet rows =
          statement.executeQuery("select model_version from core.model_artifacts order by 1")) {
        while (rows.next()) {
          trained.add(new ModelVersion(rows.getString(1)));
        }
      }
    }
  }

  /** One of each engine. */
  List<ModelVersion> trained() {
    return trained;
  }

  Servers servers() {
    return servers;
  }

  Path config() {
    return settings.configDir();
  }

  String key() {
    return settings.bundleKey();
  }

  private ServiceProcess startProcess() throws IOException {
    port = FreePort.any();
    return ServiceProcess.start(
        ServiceName.INFERENCE,
        port,
        settings,
        ServiceProcess.HEAP,
        FaultPolicies.MODELS_AT_THEIR_WORD);
  }

  /** Ends the process as a crash would. */
  void kill() throws InterruptedException {
    inference.kill();
  }

  void restart() throws IOException {
    inference = startProcess();
  }

  boolean isAlive() {
    return ProcessHandle.of(inference.pid()).map(ProcessHandle::isAlive).orElse(false);
  }

  /** The bundle's file in its folder of models. */
  Path fileOf(ModelVersion version) {
    return settings.varDir().resolve("inference/models").resolve(BundleFile.nameOf(version));
  }

  byte[] artifact(ModelVersion version) throws SQLException {
    try (Connection connection = servers.connect();
        PreparedStatement query =
            connection.prepareStatement(
                "select content from core.model_artifacts where model_version = ?")) {
      query.setString(1, version.value());
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return row.getBytes(1);
      }
    }
  }

  /** Registers bytes as the active version, as {@code like} is registered, and tells. */
  void register(ModelVersion version, byte[] zip, ModelVersion like) throws SQLException {
    try (Connection connection = servers.connect()) {
      connection.setAutoCommit(false);
      run(connection, "insert into core.model_artifacts values (?, 'c', 's', ?)", version, zip);
      run(
          connection,
          """
          insert into core.model_registry (model_version, model_type, model_scope, status,
            train_period_start, train_period_end, theta1, theta2, metrics, artifact_path, notes,
            feature_schema_hash, seed, params)
          select ?, model_type, model_scope, 'archived', train_period_start, train_period_end,
            theta1, theta2, metrics, artifact_path, notes, feature_schema_hash, seed, params
          from core.model_registry where model_version = ?
          """,
          version,
          like);
      activate(connection, version);
      connection.commit();
    }
    tell();
  }

  /** Puts a registered version in force, and tells. */
  void activate(ModelVersion version) throws SQLException {
    try (Connection connection = servers.connect()) {
      connection.setAutoCommit(false);
      activate(connection, version);
      connection.commit();
    }
    tell();
  }

  private static void activate(Connection connection, ModelVersion version) throws SQLException {
    run(
        connection,
        "update core.model_registry set status = 'archived'"
            + " where status = 'active' and model_version <> ?",
        version);
    run(
        connection,
        "update core.model_registry set status = 'active' where model_version = ?",
        version);
  }

  /** Forgets a version that is no longer active. */
  void forget(ModelVersion version) throws SQLException, IOException {
    try (Connection connection = servers.connect()) {
      run(connection, "delete from core.model_registry where model_version = ?", version);
      run(connection, "delete from core.model_artifacts where model_version = ?", version);
    }
    FileSystemUtils.deleteRecursively(fileOf(version));
  }

  private static void run(Connection connection, String sql, Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(
            i + 1, parameters[i] instanceof ModelVersion v ? v.value() : parameters[i]);
      }
      statement.executeUpdate();
    }
  }

  private void tell() {
    try (Jedis redis = servers.redis()) {
      redis.publish(CHANNELS.models(), "{}");
    }
  }

  /** Start of the first bar after all there are. */
  Instant nextBar() throws SQLException {
    try (Connection connection = servers.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select max(ts) from core.bars")) {
      row.next();
      return row.getObject(1, OffsetDateTime.class).toInstant().plusSeconds(60);
    }
  }

  double refusals() throws InterruptedException {
    return metric("bundles_refused_total");
  }

  /** Swaps of its life. */
  double swaps() throws InterruptedException {
    return metric("model_swaps_total");
  }

  /** What its log says of versions it refused since its start. */
  Map<String, String> refusalReasons() throws IOException {
    Map<String, String> reasons = new HashMap<>();
    for (String line : Files.readAllLines(settings.varDir().resolve("log/inference.out"))) {
      Matcher refusal = REFUSAL.matcher(line);
      if (refusal.find()) {
        reasons.putIfAbsent(refusal.group(1), refusal.group(2));
      }
    }
    return reasons;
  }

  /** Sum over its tags; 0 while the process does not answer. */
  private double metric(String name) throws InterruptedException {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator/prometheus"))
              .timeout(Duration.ofSeconds(5))
              .build();
      String all = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
      Matcher found = Pattern.compile("(?m)^" + name + "(?:\\{.*})? (\\S+)$").matcher(all);
      double sum = 0;
      while (found.find()) {
        sum += Double.parseDouble(found.group(1));
      }
      return sum;
    } catch (IOException e) {
      return 0;
    }
  }

  /** Something that is to come about. */
  interface Condition {
    boolean holds() throws SQLException, IOException, InterruptedException;
  }

  /** Waits for it; not in a minute → {@link IllegalStateException}. */
  void await(String what, Condition condition)
      throws SQLException, IOException, InterruptedException {
    if (!comesAbout(condition, PATIENCE)) {
      throw new IllegalStateException(
          "%s: not within %s, see %s".formatted(what, PATIENCE, folder.resolve("var/log")));
    }
  }

  static boolean comesAbout(Condition condition, Duration within)
      throws SQLException, IOException, InterruptedException {
    long deadline = System.nanoTime() + within.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      Thread.sleep(20);
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    inference.close();
    servers.close();
  }
}
