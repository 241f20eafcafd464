package io.mlassets.trainer.reproduce;

import io.mlassets.model.ModelVersion;
import io.mlassets.trainer.TrainLog;
import io.mlassets.trainer.TrainingContext;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code ./ml-assets reproduce VERSION}: trains a bundle again in this process, or in many fresh
 * ones, and compares the files byte for byte. Settings as for {@code train}.
 */
@Command(
    name = "reproduce",
    description = {
      "Trains a stored bundle again and compares it byte for byte. Data window, seed, trials and"
          + " policies are those it was made with (core.training_inputs), not today's.",
      "Reads the database only. On stdout: SHA-256 of the stored file and of the one made now, and"
          + " each difference; progress and logs on stderr."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:every byte is the same",
      "1:something differs, or it failed; every difference, or the reason, is printed",
      "2:wrong usage, no such bundle, or nothing says what it was made of"
    })
public final class ReproduceMain implements Callable<Integer> {
  private static final int UNUSABLE = 2;

  @Parameters(paramLabel = "VERSION", description = "yyyyMMdd_HHmm, as in the registry")
  private ModelVersion version = ModelVersion.at(Instant.EPOCH);

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "threads that share the work, which change no byte; default: all processors")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--times",
      paramLabel = "N",
      description = "that many fresh processes, one after the other; default: once, in this one")
  private int times = 1;

  /** Runs and exits. */
  public static void main(String[] args) {
    TrainLog.configure();
    int code =
        new CommandLine(new ReproduceMain())
            .registerConverter(ModelVersion.class, ModelVersion::new)
            .setExecutionExceptionHandler(
                (failure, command, parsed) -> {
                  System.err.println("ml-assets: " + failure.getMessage());
                  return failure instanceof UnknownBundleException ? UNUSABLE : 1;
                })
            .execute(args);
    System.out.flush();
    System.exit(code);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (threads < 1 || times < 1) {
      throw new ParameterException(spec.commandLine(), "--threads and --times are at least 1");
    }
    return times > 1 ? inFreshProcesses() : here();
  }

  private int here() throws IOException {
    try (AnnotationConfigApplicationContext context = TrainingContext.start()) {
      Reproduction result =
          context
              .getBean(Reproduce.class)
              .run(
                  version,
                  threads,
                  (stage, percent) -> System.err.printf("%3d %% %s%n", percent, stage));
      System.out.println("stored  " + result.sha256());
      System.out.println(FreshProcess.AGAIN + result.again());
      System.out.println("content " + result.contentSha256());
      result.differences().forEach(found -> System.out.println(FreshProcess.DIFFERS + found));
      System.out.println(result.isSame() ? "every byte is the same" : "NOT the same");
      return result.isSame() ? 0 : 1;
    }
  }

  private int inFreshProcesses() throws IOException, InterruptedException {
    Set<String> files = new LinkedHashSet<>();
    boolean same = true;
    for (int i = 1; i <= times; i++) {
      FreshProcess process =
          FreshProcess.run(
              ReproduceMain.class, List.of(version.value(), "--threads", "" + threads));
      System.out.printf(
          "%d of %d: exit %d, %s%n", i, times, process.code(), process.sha256().orElse("no file"));
      process.complaints().forEach(System.out::println);
      if (process.code() == UNUSABLE) {
        return UNUSABLE;
      }
      same &= process.code() == 0;
      process.sha256().ifPresent(files::add);
    }
    System.out.println(
        same && files.size() == 1
            ? "%d processes, one file: %s".formatted(times, files.iterator().next())
            : "NOT the same: %d processes, files made: %d".formatted(times, files.size()));
    return same && files.size() == 1 ? 0 : 1;
  }
}
