package io.mlassets.bench;

import io.mlassets.suite.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * One subcommand: measures, prints its tables, writes its report, and fails when something does not
 * hold. A quick run measures too little to fail.
 */
public abstract class Benchmark implements Callable<Integer> {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  @Option(names = "--quick", description = "less data and fewer repeats: ends within two minutes")
  private boolean quick;

  @Option(names = "--report", description = "JSON report (default: var/bench/NAME.json)")
  private @Nullable Path report;

  @Spec private @Nullable CommandSpec spec;

  /**
   * Measures.
   *
   * @param quick whether to end within two minutes, whatever that costs in precision
   */
  protected abstract Report measure(boolean quick) throws Exception;

  @Override
  public final Integer call() throws Exception {
    Report measured = measure(quick);
    measured.tables().forEach(table -> System.out.println(table.text()));
    Path file = report == null ? directory().resolve(name() + ".json") : report;
    write(measured, file.toAbsolutePath());
    System.out.println("report: " + file);
    measured.broken().forEach(bound -> System.out.println("does not hold: " + bound));
    return quick || measured.broken().isEmpty() ? 0 : 1;
  }

  /** Where benchmarks keep data and environments between runs: {@code var/bench}. */
  protected static Path directory() throws IOException {
    return Files.createDirectories(Home.varDir().resolve("bench"));
  }

  private static void write(Report measured, Path file) throws IOException {
    Path folder = file.getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Files.writeString(file, JSON.writeValueAsString(measured.fields()) + "\n");
  }

  private String name() {
    return spec == null ? getClass().getSimpleName() : spec.name();
  }
}
