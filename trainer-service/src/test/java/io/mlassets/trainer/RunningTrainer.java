package io.mlassets.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.platform.DatabaseSettings;
import io.mlassets.platform.testing.TestServers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A replica of the trainer, asked over REST as an operator does. */
final class RunningTrainer implements AutoCloseable {
  /** No run has another after one of these. */
  private static final Set<String> LAST_STATUSES = Set.of("success", "failed", "aborted");

  private static final String SETTLED = "--training.settled=";
  private final AutoCloseable service;
  private final int port;
  private final HttpClient http = HttpClient.newHttpClient();
  private final JsonMapper json = JsonMapper.builder().build();

  private static boolean settles(String argument) {
    return argument.startsWith(SETTLED);
  }

  /** In this process. */
  RunningTrainer(TestServers servers, String... arguments) {
    String[] all =
        Stream.concat(
                Stream.of(
                    "--log.dir=" + servers.var(),
                    "--training.poll=PT1S",
                    "--training.heartbeat=PT1S"),
                // Spring makes a list of an argument given twice.
                Stream.concat(
                    Stream.of(arguments),
                    Stream.of(SETTLED + "PT3S")
                        .filter(usual -> Stream.of(arguments).noneMatch(RunningTrainer::settles))))
            .toArray(String[]::new);
    ConfigurableApplicationContext context =
        servers.start(TrainerApplication.class, "trainer", all);
    service = context;
    port = ((ServletWebServerApplicationContext) context).getWebServer().getPort();
  }

  private RunningTrainer(Process process, int port) {
    this.service = process::destroyForcibly;
    this.port = port;
  }

  /** In a process of its own, which {@link #close} kills with signal 9. */
  static RunningTrainer alone(TestServers servers) throws Exception {
    return alone(servers, Map.of());
  }

  /** With more in its environment. */
  static RunningTrainer alone(TestServers servers, Map<String, String> more) throws Exception {
    int port = TestServers.freePort();
    ProcessBuilder builder = java(servers, TrainerApplication.class);
    builder.environment().put("SERVER_PORT", "" + port);
    builder.environment().putAll(more);
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    Process process = builder.start();
    RunningTrainer trainer = new RunningTrainer(process, port);
    Patience.until("a trainer that is ready", () -> !process.isAlive() || trainer.isReady());
    assertThat(process.isAlive()).as("the trainer's process lives").isTrue();
    return trainer;
  }

  /** A main of this project in a process of its own, with its settings in the environment. */
  static ProcessBuilder java(TestServers servers, Class<?> main, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx500m",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    DatabaseSettings database = servers.as("mlassets_trainer");
    builder
        .environment()
        .putAll(
            Map.ofEntries(
                Map.entry("DATABASE_URL", database.jdbcUrl()),
                Map.entry("DATABASE_USER", database.user()),
                Map.entry("DATABASE_PASSWORD", database.password()),
                Map.entry("REDIS_HOST", "127.0.0.1"),
                Map.entry("REDIS_PORT", "" + servers.redis().address().getPort()),
                Map.entry("OPERATOR_TOKEN", TestServers.OPERATOR),
                Map.entry("ANALYST_TOKEN", TestServers.ANALYST),
                Map.entry("BUNDLE_KEY", TestServers.BUNDLE_KEY),
                Map.entry("CONFIG_DIR", TestServers.configFolder().toAbsolutePath().toString()),
                Map.entry("VAR_DIR", servers.var().toString()),
                Map.entry("LOG_DIR", servers.var().toString()),
                Map.entry("TRAINING_POLL", "PT1S"),
                Map.entry("TRAINING_SETTLED", "PT3S")));
    return builder;
  }

  private boolean isReady() throws Exception {
    try {
      return send("GET", "", null).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** Starts a run of a market; its id. */
  UUID start(SmallMarket market, int trials) throws Exception {
    return start(body(market, trials));
  }

  /** A run has the lock until its process is gone, some time after its row ended. */
  UUID start(String body) throws Exception {
    HttpResponse<String> accepted =
        Patience.await(
            "the end of the run before",
            () -> Optional.of(send("POST", "", body)).filter(answer -> answer.statusCode() != 409));
    assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
    return UUID.fromString(json.readTree(accepted.body()).get("run_id").asString());
  }

  static String body(SmallMarket market, int trials) {
    String pairs =
        market.pairs().stream().map(pair -> '"' + pair.id() + '"').collect(Collectors.joining(","));
    return "{\"pairs\":[%s],\"interval\":\"PT1M\",\"seed\":5,\"trials\":%d}"
        .formatted(pairs, trials);
  }

  JsonNode run(UUID id) throws Exception {
    return json.readTree(send("GET", "/" + id, null).body());
  }

  int abort(UUID id) throws Exception {
    return send("DELETE", "/" + id, null).statusCode();
  }

  /** The lines of a run's events. */
  Stream<String> events(UUID id) throws Exception {
    return http.send(
            request("/api/v1/retrain/" + id + "/events", TestServers.OPERATOR).GET().build(),
            HttpResponse.BodyHandlers.ofLines())
        .body();
  }

  /** Waits until the run's events show a stage; false when the run ended before. */
  boolean reaches(UUID id, String stage) throws Exception {
    try (Stream<String> lines = events(id)) {
      return lines.anyMatch(line -> line.contains("\"stage\":\"" + stage + "\""));
    }
  }

  JsonNode await(UUID id, Predicate<JsonNode> wanted) throws Exception {
    AtomicReference<JsonNode> last = new AtomicReference<>();
    try {
      return Patience.await(
          "run " + id,
          () -> {
            last.set(run(id));
            return Optional.of(last.get()).filter(wanted);
          });
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + " as wanted, but " + last.get(), e);
    }
  }

  JsonNode awaitStatus(UUID id, String status) throws Exception {
    JsonNode row =
        await(id, run -> status.equals(status(run)) || LAST_STATUSES.contains(status(run)));
    assertThat(status(row)).as("%s", row).isEqualTo(status);
    return row;
  }

  /** None while the database is away. */
  private static String status(JsonNode run) {
    return run.path("status").asString("");
  }

  /** The training process of a run, child of this or another process. */
  static ProcessHandle childOf(UUID run) throws Exception {
    return Patience.await(
        "a process of run " + run,
        () ->
            ProcessHandle.allProcesses()
                .filter(p -> p.isAlive() && commandLine(p).contains(run.toString()))
                .findFirst());
  }

  /** The handle's own is cut off, class paths are long. */
  private static String commandLine(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc", "" + process.pid(), "cmdline"));
    } catch (IOException e) {
      return "";
    }
  }

  HttpResponse<String> send(String method, String path, String body) throws Exception {
    return send(method, path, body, TestServers.OPERATOR);
  }

  HttpResponse<String> send(String method, String path, String body, String token)
      throws Exception {
    HttpRequest.BodyPublisher content =
        body == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body);
    return http.send(
        request("/api/v1/retrain" + path, token)
            .header("Content-Type", "application/json")
            .method(method, content)
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** The page Prometheus reads. */
  String metrics() throws Exception {
    return http.send(
            request("/actuator/prometheus", TestServers.ANALYST).build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private HttpRequest.Builder request(String path, String token) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
        .header("Authorization", "Bearer " + token);
  }

  /** A part of one that runs in this process. */
  <T> T bean(Class<T> type) {
    return ((ConfigurableApplicationContext) service).getBean(type);
  }

  @Override
  public void close() throws Exception {
    service.close();
  }
}
