package io.mlassets.trainer.reproduce;

import io.mlassets.model.ModelVersion;
import io.mlassets.trainer.TrainLog;
import io.mlassets.trainer.TrainingContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code ./ml-assets reproduce VERSION}: trains a bundle again in this process, or in many fresh
 * ones, and compares the files byte for byte. Settings as for {@code train}.
 */
@Command(
    name = "reproduce",
    description = "Trains a stored bundle again and compares it byte for byte.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:every byte is the same",
      "1:something differs, or it failed; the reason is printed",
      "2:wrong usage, or there is no such bundle"
    })
public final class ReproduceMain implements Callable<Integer> {
  @Parameters(paramLabel = "VERSION", description = "yyyyMMdd_HHmm")
  private String version = "";

  @Option(names = "--threads", description = "default: all processors")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(names = "--times", description = "so many fresh processes, one after the other")
  private int times = 1;

  /** Runs and exits. */
  public static void main(String[] args) {
    TrainLog.configure();
    int code =
        new CommandLine(new ReproduceMain())
            .setExecutionExceptionHandler(
                (failure, command, parsed) -> {
                  System.err.println("ml-assets: " + failure.getMessage());
                  return failure instanceof IllegalArgumentException ? 2 : 1;
                })
            .execute(args);
    System.out.flush();
    System.exit(code);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    return times > 1 ? inFreshProcesses() : here();
  }

  private int here() throws IOException {
    try (AnnotationConfigApplicationContext context = TrainingContext.start()) {
      Reproduction result =
          context
              .getBean(Reproduce.class)
              .run(
                  new ModelVersion(version),
                  threads,
                  (stage, percent) -> System.err.printf("%3d %% %s%n", percent, stage));
      System.out.println("stored  " + result.sha256());
      System.out.println("again   " + result.again());
      System.out.println("content " + result.contentSha256());
      result.differences().forEach(difference -> System.out.println("differs: " + difference));
      System.out.println(result.isSame() ? "every byte is the same" : "NOT the same");
      return result.isSame() ? 0 : 1;
    }
  }

  private int inFreshProcesses() throws IOException, InterruptedException {
    Set<String> hashes = new LinkedHashSet<>();
    boolean same = true;
    for (int i = 1; i <= times; i++) {
      Process process =
          new ProcessBuilder(command()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int code = process.waitFor();
      same &= code == 0;
      List<String> again = out.lines().filter(line -> line.startsWith("again")).toList();
      hashes.addAll(again);
      System.out.printf("%d of %d: exit %d, %s%n", i, times, code, String.join(" ", again));
    }
    System.out.printf("%d processes, %d different files%n", times, hashes.size());
    return same && hashes.size() == 1 ? 0 : 1;
  }

  private List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            ReproduceMain.class.getName(),
            version,
            "--threads",
            String.valueOf(threads)));
    return command;
  }
}
