package io.mlassets.trainer.retune;

import io.mlassets.trainer.TrainLog;
import io.mlassets.trainer.TrainingContext;
import io.mlassets.trainer.run.ExitCode;
import io.mlassets.trainer.run.Trigger;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import tools.jackson.databind.json.JsonMapper;

/** Tunes the thresholds in force again, from the command line; prints the run's row. */
@Command(
    name = "retune",
    description = "Tunes the thresholds in force again on bars the active model has not seen.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:came to a verdict, whatever it is",
      "1:failed, with the reason on stderr",
      "2:wrong usage",
      "3:another one is under way"
    })
public final class RetuneMain implements Callable<Integer> {

  /** Runs and exits. */
  public static void main(String[] args) {
    TrainLog.configure();
    int code =
        new CommandLine(new RetuneMain())
            .setExecutionExceptionHandler(
                (failure, command, parsed) -> {
                  System.err.println("ml-assets: " + failure.getMessage());
                  return ExitCode.FAILED;
                })
            .execute(args);
    System.out.flush();
    System.exit(code);
  }

  @Override
  public Integer call() {
    try (AnnotationConfigApplicationContext context = TrainingContext.start()) {
      Optional<UUID> run = context.getBean(RunRetuning.class).runNow(Trigger.CLI);
      if (run.isEmpty()) {
        System.err.println("ml-assets: another re-tuning is under way");
        return ExitCode.BUSY;
      }
      ThetaRun row = context.getBean(ThetaRuns.class).find(run.get()).orElseThrow();
      System.out.println(context.getBean(JsonMapper.class).writeValueAsString(row));
      if (row.verdict() == null) {
        System.err.println("ml-assets: " + row.errorMessage());
        return ExitCode.FAILED;
      }
      return ExitCode.DONE;
    }
  }
}
