package io.mlassets.suite.demo;

import io.mlassets.market.Bar;
import io.mlassets.market.Pair;
import io.mlassets.suite.bars.BarSupply;
import io.mlassets.suite.bars.BarTable;
import io.mlassets.suite.bars.LoadedBars;
import io.mlassets.suite.console.Table;
import io.mlassets.suite.demo.DemoReport.Durations;
import io.mlassets.suite.server.ServiceName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The whole path, once: load, train, adopt, replay, summary. */
public final class Demo {
  private final DemoOptions options;
  private final Path home;
  private final Path varDir;
  private final Clock clock;
  private final JsonMapper json =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /**
   * A demo.
   *
   * @param home the project's directory, with {@code config/}
   * @param varDir where everything written goes
   * @param clock wall clock, to refuse bars of the future
   */
  public Demo(DemoOptions options, Path home, Path varDir, Clock clock) {
    this.options = options;
    this.home = home;
    this.varDir = varDir;
    this.clock = clock;
  }

  /**
   * Runs to the end, or throws {@link DemoFailure} with what is missing. Stays up after the summary
   * until interrupted unless the options say otherwise.
   */
  public DemoReport run() throws Exception {
    long started = System.nanoTime();
    // Reading (or simulating) bars and starting the servers do not need each other.
    CompletableFuture<BarSupply> reading =
        CompletableFuture.supplyAsync(() -> BarSupply.of(options.market(), clock.instant()));
    try (LocalSuite suite = LocalSuite.start(home, varDir)) {
      suite.closeAtShutdown();
      try {
        return run(suite, reading, started);
      } catch (Exception e) {
        if (suite.isStopping()) {
          throw (InterruptedException) new InterruptedException("told to end").initCause(e);
        }
        throw e;
      }
    }
  }

  private DemoReport run(LocalSuite suite, CompletableFuture<BarSupply> reading, long started)
      throws Exception {
    CompletableFuture<Void> services = CompletableFuture.runAsync(() -> startServices(suite));
    BarSupply market = joined(reading);
    say("pairs", "%d, %s bars", market.pairs().size(), options.market().interval());
    load(suite, market);
    joined(services);
    double load = secondsSince(started);
    say("ready", "%.1f s after start", load);
    tellWhere(suite);

    long training = System.nanoTime();
    UUID runId = new TrainingRun(suite.rest(ServiceName.TRAINER)).train(request(market));
    double train = secondsSince(training);
    try (Connection connection = suite.connect()) {
      Records records = new Records(connection);
      Outcome outcome = Outcome.of(records, records.run(runId));
      say("verdict", "%s (%s)", outcome.verdict(), outcome.mode().wire());

      long replaying = System.nanoTime();
      LiveSession session =
          suite.withClient(
              new LiveSession(suite, market, outcome, records, options.market().seed(), clock));
      session.awaitInference(suite.rest(ServiceName.INFERENCE));
      session.replay(options.speed());
      LiveSession.Result result = session.awaitEverything();
      Durations durations =
          new Durations(load, train, secondsSince(replaying), secondsSince(started));
      DemoReport report = report(market, outcome, records, result, durations);
      System.out.println();
      System.out.print(Summary.of(report));
      if (report.signals().blocked() > 0) {
        say(
            "blocked",
            "%d entries; core.signal_dispatch.reason says why. A halt outlives a restart: POST"
                + " /api/v1/control/resume with a reason to the dispatcher ends it.",
            report.signals().blocked());
      }
      System.out.println();
      write(report);
      if (!options.exit()) {
        session.keepComing();
      }
      return report;
    }
  }

  private static <T> T joined(CompletableFuture<T> future) throws Exception {
    try {
      return future.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  private static void startServices(LocalSuite suite) {
    try {
      suite.migrate();
      suite.startServices();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CompletionException(e);
    }
  }

  private void load(LocalSuite suite, BarSupply market) throws SQLException, IOException {
    long started = System.nanoTime();
    suite.awaitMigrated();
    LoadedBars loaded = market.loaded();
    List<Bar> history = market.history();
    try (Connection connection = suite.connect()) {
      BarTable table = new BarTable(connection);
      table.load(history);
      table.refuse(loaded.refused());
    }
    say(
        "load",
        "%,d bars of %d symbols in %.1f s%s",
        history.size(),
        loaded.bars().size(),
        secondsSince(started),
        loaded.reordered() > 0 ? ", " + loaded.reordered() + " out of order put in place" : "");
    if (!loaded.refused().isEmpty()) {
      say("", "%d rows refused (core.quarantine), the first:", loaded.refused().size());
      loaded.refused().stream()
          .limit(5)
          .forEach(row -> say("", "%s: %s", row.source(), row.reason()));
    }
  }

  private ObjectNode request(BarSupply market) {
    ObjectNode request = json.createObjectNode();
    ArrayNode pairs = request.putArray("pairs");
    market.pairs().stream().map(Pair::id).forEach(pairs::add);
    request.put("interval", options.market().interval().iso());
    request.put("to", market.replay().getFirst().ts().toString());
    request.put("seed", options.market().seed());
    if (options.trials() != null) {
      request.put("trials", options.trials());
    }
    return request;
  }

  private DemoReport report(
      BarSupply market,
      Outcome outcome,
      Records records,
      LiveSession.Result result,
      Durations durations)
      throws SQLException {
    return new DemoReport(
        market.pairs().stream().map(Pair::id).toList(),
        market.barsUpToReplayEnd(),
        outcome.modelVersion(),
        outcome.verdict(),
        outcome.reasons(),
        outcome.mode().wire(),
        records.models(outcome.modelVersion()),
        records.thresholds(outcome.modelVersion()),
        records.backtest(outcome.modelVersion()),
        result.signals(),
        result.fills(),
        result.liveTrades(),
        result.latency(),
        durations);
  }

  private void write(DemoReport report) throws IOException {
    Path file = options.report();
    if (file != null) {
      Path absolute = file.toAbsolutePath();
      Files.createDirectories(absolute.getParent());
      Files.writeString(absolute, json.writeValueAsString(report) + System.lineSeparator());
      say("report", "%s", absolute);
    }
  }

  private void tellWhere(LocalSuite suite) {
    Table table = new Table();
    for (Map.Entry<String, String> endpoint : suite.endpoints().entrySet()) {
      table.row("  " + endpoint.getKey(), endpoint.getValue());
    }
    table.row("  all of this in", suite.endpointsFile().toString());
    System.out.print(table);
  }

  private static void say(String what, String format, Object... arguments) {
    System.out.println("  %-8s %s".formatted(what, String.format(Locale.ROOT, format, arguments)));
  }

  private static double secondsSince(long nanoTime) {
    return Math.round((System.nanoTime() - nanoTime) / 1e7) / 100.0;
  }
}
