package io.mlassets.trainer.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mlassets.model.EngineId;
import io.mlassets.model.Objective;
import io.mlassets.model.TreeParams;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A process of its own, whose heap is fixed: what it grows by is native. */
class NativeMemoryTest {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final int MODELS = 150;

  @ParameterizedTest
  @EnumSource(EngineId.class)
  void models_leave_no_native_memory_behind(EngineId engine) throws Exception {
    assumeTrue(Files.isReadable(STATUS), "only Linux tells how large a process is");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Xms100m",
                "-Xmx100m",
                "-XX:+AlwaysPreTouch",
                "-cp",
                System.getProperty("java.class.path"),
                Train.class.getName(),
                engine.name())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor()).isZero();
    assertThat(Long.parseLong(said)).as("KiB by %d models", MODELS).isLessThan(16 * 1024);
  }

  /** Prints by how many KiB the process grew. */
  static final class Train {
    private Train() {}

    public static void main(String[] args) throws IOException {
      EngineContract contract =
          switch (EngineId.valueOf(args[0])) {
            case LIGHTGBM -> new LightGbmTest();
            case XGBOOST -> new XgBoostTest();
          };
      TreeParams params = contract.params().with(TreeEngine.TREES, 120);
      TrainingRows rows = Samples.rows(3_000, Objective.BINARY, 3);
      train(contract.engine(), params, rows, 50);
      long before = residentKib();
      train(contract.engine(), params, rows, MODELS);
      System.out.println(residentKib() - before);
    }

    private static void train(TreeEngine engine, TreeParams params, TrainingRows rows, int models) {
      for (int i = 0; i < models; i++) {
        engine.train(rows, params, Objective.BINARY, i, 1);
      }
    }

    private static long residentKib() throws IOException {
      return Files.readAllLines(STATUS).stream()
          .filter(line -> line.startsWith("VmRSS"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .sum();
    }
  }
}
