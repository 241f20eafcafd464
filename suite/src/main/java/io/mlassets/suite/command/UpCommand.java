package io.mlassets.suite.command;

import io.mlassets.suite.Home;
import io.mlassets.suite.server.SuiteSettings;
import io.mlassets.suite.up.FiveProcesses;
import io.mlassets.suite.up.SuiteEnvironment;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code up}. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = {
      "Migrates the database, then runs the five services as five processes (more with --replicas)"
          + " until Ctrl-C.",
      "Reads DATABASE_URL, DATABASE_USER, DATABASE_PASSWORD (the owner, used to migrate), REDIS_URL"
          + " (or REDIS_HOST, REDIS_PORT), OPERATOR_TOKEN, ANALYST_TOKEN, BUNDLE_KEY; optional:"
          + " SIGNAL_KEY, SERVICE_DB_PASSWORD, CLOCK_MODE (system or bars), CONFIG_DIR, VAR_DIR."
    })
public final class UpCommand implements Callable<Integer> {
  @Option(
      names = "--replicas",
      description = "inference processes that share the pairs, 1 to 32 (default: ${DEFAULT-VALUE})",
      defaultValue = "1")
  private int replicas;

  @Override
  public Integer call() throws Exception {
    SuiteSettings settings =
        new SuiteEnvironment(System.getenv()).settings(Home.directory(), Home.varDir());
    settings.checkConfiguration();
    settings.migrate();
    try (FiveProcesses processes = new FiveProcesses(settings, replicas)) {
      return processes.run();
    }
  }
}
