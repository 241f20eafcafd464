package io.mlassets.suite;

import io.mlassets.dispatcher.archive.StoreFailure;
import io.mlassets.market.BarInterval;
import io.mlassets.market.Pair;
import io.mlassets.policy.InvalidPolicyException;
import io.mlassets.suite.bars.BarInputException;
import io.mlassets.suite.command.ArchiveCommand;
import io.mlassets.suite.command.DemoCommand;
import io.mlassets.suite.command.LoadCommand;
import io.mlassets.suite.command.MigrateCommand;
import io.mlassets.suite.command.PaperEaCommand;
import io.mlassets.suite.command.ReplayCommand;
import io.mlassets.suite.command.UpCommand;
import io.mlassets.suite.console.Logs;
import io.mlassets.suite.demo.DemoFailure;
import io.mlassets.suite.server.ServiceStartException;
import io.mlassets.trainer.TrainMain;
import java.sql.SQLException;
import org.flywaydb.core.api.FlywayException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import redis.clients.jedis.exceptions.JedisException;

/** Entry point of the launcher. */
@Command(
    name = "ml-assets",
    mixinStandardHelpOptions = true,
    subcommands = {
      DemoCommand.class,
      UpCommand.class,
      MigrateCommand.class,
      LoadCommand.class,
      ReplayCommand.class,
      PaperEaCommand.class,
      ArchiveCommand.class,
      TrainMain.class
    })
public final class Main {
  private static final String UNDEFINED_TABLE = "42P01";

  /** As a shell reports a program ended by Ctrl-C. */
  private static final int INTERRUPTED = 130;

  private Main() {}

  /** Runs one command; exit code 0 done, 1 failed, 2 wrong usage. */
  public static void main(String[] args) {
    Logs.toFiles();
    int code = commandLine().execute(args);
    System.out.flush();
    System.exit(code);
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .registerConverter(Pair.class, Pair::parse)
        .registerConverter(BarInterval.class, BarInterval::parse)
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> {
              if (failure instanceof InterruptedException) {
                return INTERRUPTED; // Somebody asked for it: nothing to report.
              }
              System.err.println("ml-assets: " + message(failure));
              if (!isForPeople(failure)) {
                failure.printStackTrace(System.err);
              }
              return failure instanceof IllegalArgumentException ? 2 : 1;
            });
  }

  private static boolean isForPeople(Exception failure) {
    return failure instanceof DemoFailure
        || failure instanceof StoreFailure
        || failure instanceof BarInputException
        || failure instanceof ServiceStartException
        || failure instanceof InvalidPolicyException
        || failure instanceof IllegalArgumentException
        || failure instanceof IllegalStateException
        || failure instanceof SQLException
        || failure instanceof FlywayException
        || failure instanceof JedisException;
  }

  private static String message(Exception failure) {
    if (failure instanceof SQLException sql && UNDEFINED_TABLE.equals(sql.getSQLState())) {
      return "the database has no tables yet, run ./ml-assets migrate first (%s)"
          .formatted(failure.getMessage());
    }
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }
}
