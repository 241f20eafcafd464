package io.mlassets.ea;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The Expert Advisor in MQL5, compiled as C++, plays the scenarios too. The short form of the
 * script; the whole one, with every cut and the sanitizers, is run by hand.
 */
@Tag("C-04")
class EaShimTest {
  private static final Path RUN = Path.of("..", "mt5", "shim", "run").toAbsolutePath().normalize();
  private static final int NO_COMPILER = 3;

  @TempDir Path folder;

  @Test
  @Timeout(600)
  void the_logic_in_mql5_passes_every_scenario() throws Exception {
    Path said = folder.resolve("said");
    Process run =
        new ProcessBuilder(RUN.toString(), "--short")
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    try {
      assertThat(run.waitFor(500, TimeUnit.SECONDS)).as("ended in time").isTrue();
    } finally {
      run.descendants().forEach(ProcessHandle::destroyForcibly);
      run.destroyForcibly();
    }
    String output = Files.readString(said, StandardCharsets.UTF_8);
    System.out.println("mt5/shim/run --short: " + output.strip());
    assumeTrue(run.exitValue() != NO_COMPILER, "no C++ compiler here");
    assertThat(run.exitValue()).as(output).isZero();
    int scenarios = EaPlayer.scenarios().size();
    assertThat(output)
        .contains("short form")
        .contains("%d of %d scenarios passed".formatted(scenarios, scenarios));
  }
}
