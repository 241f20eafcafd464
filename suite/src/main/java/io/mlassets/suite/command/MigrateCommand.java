package io.mlassets.suite.command;

import io.mlassets.suite.Home;
import io.mlassets.suite.up.SuiteEnvironment;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code migrate}. */
@Command(
    name = "migrate",
    mixinStandardHelpOptions = true,
    description =
        "Brings the tables of DATABASE_URL up to date as DATABASE_USER, its owner, and gives the"
            + " services' roles the password SERVICE_DB_PASSWORD (made and kept under var/ if not"
            + " set).")
public final class MigrateCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    new SuiteEnvironment(System.getenv()).migrate(Home.varDir());
    System.out.println("  migrated");
    return 0;
  }
}
