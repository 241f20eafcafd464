package io.mlassets.inference.replay;

import io.mlassets.market.InstrumentCatalogue;
import io.mlassets.model.BundleKey;
import io.mlassets.platform.DatabaseSettings;
import io.mlassets.platform.LauncherHome;
import io.mlassets.platform.ServiceSettings;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.logging.LoggingInitializationContext;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./ml-assets replay-decision SIGNAL_ID}: makes a past decision again and compares. */
@Command(
    name = "replay-decision",
    description = {
      "Makes the decision behind a signal again from what was recorded (features, bundle, policy,"
          + " state), by the code that decides live, and compares every value up to the bytes"
          + " sent.",
      "Reads the database only. On stdout: a table, or JSON. Settings as for train (DATABASE_URL,"
          + " DATABASE_USER, DATABASE_PASSWORD, BUNDLE_KEY; SIGNAL_KEY to check seals), or those of"
          + " a demo that is up."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:every value is the same",
      "1:something differs, or it could not be made again; the differences, or the reason, are"
          + " printed",
      "2:wrong usage"
    })
public final class ReplayDecisionMain implements Callable<Integer> {
  @Parameters(paramLabel = "SIGNAL_ID", description = "signal_id of the signal")
  private UUID signalId = new UUID(0, 0);

  @Option(names = "--json", description = "JSON on stdout instead of a table")
  private boolean json;

  /** Runs and exits. */
  public static void main(String[] args) {
    LoggingSystem logging = LoggingSystem.get(ReplayDecisionMain.class.getClassLoader());
    logging.beforeInitialize();
    logging.initialize(
        new LoggingInitializationContext(new StandardEnvironment()),
        "classpath:logback-command.xml",
        null);
    int code = run(args);
    System.out.flush();
    System.exit(code);
  }

  static int run(String... args) {
    return new CommandLine(new ReplayDecisionMain())
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> {
              System.err.println("ml-assets: " + failure.getMessage());
              return 1;
            })
        .execute(args);
  }

  @Override
  public Integer call() {
    StandardEnvironment environment = new StandardEnvironment();
    environment.getPropertySources().addLast(LauncherHome.settings());
    ConfigurationPropertySources.attach(environment);
    environment.setConversionService(new ApplicationConversionService());
    Binder binder = Binder.get(environment);
    DatabaseSettings database =
        binder
            .bind("database", Bindable.of(DatabaseSettings.class))
            .orElseThrow(() -> new IllegalStateException("DATABASE_URL is not set"));
    ServiceSettings settings = binder.bindOrCreate("", Bindable.of(ServiceSettings.class));
    JsonMapper mapper = JsonMapper.builder().build();
    SingleConnectionDataSource connection = connection(database);
    try {
      Optional<Replayed> replayed =
          new ReplayDecision(
                  JdbcClient.create(connection),
                  InstrumentCatalogue.read(settings.config().path().resolve("instruments.yaml")),
                  BundleKey.of(environment.getRequiredProperty("bundle.key")),
                  ReplayConfiguration.signalKey(environment),
                  mapper)
              .run(signalId);
      if (replayed.isEmpty()) {
        throw new IllegalStateException(
            "signal %s is neither in core.signals_live nor in core.signals_history"
                .formatted(signalId));
      }
      System.out.print(
          json
              ? mapper.writerWithDefaultPrettyPrinter().writeValueAsString(replayed.get()) + "\n"
              : ReplayTable.of(replayed.get()));
      return replayed.get().same() ? 0 : 1;
    } finally {
      connection.destroy();
    }
  }

  private static SingleConnectionDataSource connection(DatabaseSettings settings) {
    SingleConnectionDataSource connection =
        new SingleConnectionDataSource(
            settings.jdbcUrl(), settings.user(), settings.password(), true);
    Properties properties = new Properties();
    properties.setProperty("ApplicationName", "ml-assets-replay-decision");
    properties.setProperty("options", "-c default_transaction_read_only=on");
    connection.setConnectionProperties(properties);
    return connection;
  }
}
