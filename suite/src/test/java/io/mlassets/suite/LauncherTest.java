package io.mlassets.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code ml-assets} in a folder of its own, with JDKs that only say who they are. */
@Tag("C-01")
class LauncherTest {
  private static final Path SCRIPT = Path.of("..", "ml-assets");

  private record Ended(int code, String out, String err) {}

  @TempDir Path home;
  private Path jdks;

  @BeforeEach
  void copyScript() throws IOException {
    Files.copy(SCRIPT, home.resolve("ml-assets"));
    executable(home.resolve("ml-assets"));
    jdks = Files.createDirectories(home.resolve("user/.jdks"));
    // Built after everything else: nothing to compile.
    Files.createDirectories(home.resolve("suite/target/lib"));
    Files.createFile(home.resolve("suite/target/.built"));
  }

  @Test
  void a_new_enough_jdk_is_found_although_java_on_the_path_is_older() throws Exception {
    jdk("old", "17.0.9");
    jdk("new", "25.0.1");

    Ended ended = run(Map.of("JAVA_HOME", jdks.resolve("old").toString()), "demo", "--exit");

    // This machine may have a JDK of its own in a place that is looked at earlier.
    assertThat(ended.out() + ended.err())
        .contains("io.mlassets.suite.Main")
        .doesNotContain("release 17");
  }

  @Test
  void java_home_wins_when_it_is_new_enough() throws Exception {
    jdk("mine", "26");

    Ended ended = run(Map.of("JAVA_HOME", jdks.resolve("mine").toString()), "train", "--help");

    assertThat(ended.out()).contains("release 26", "io.mlassets.trainer.TrainMain --help");
  }

  @Test
  void benchmarks_have_a_main_class_of_their_own() throws Exception {
    jdk("mine", "26");

    Ended ended =
        run(Map.of("JAVA_HOME", jdks.resolve("mine").toString()), "bench", "training", "--quick");

    assertThat(ended.out()).contains("bench/target/classes", "bench.BenchMain training --quick");
  }

  @Test
  void commands_that_train_have_the_heap_of_a_training_process() throws Exception {
    jdk("mine", "26");
    String java = jdks.resolve("mine").toString();

    Ended train = run(Map.of("JAVA_HOME", java), "train", "--help");
    Ended reproduce =
        run(Map.of("JAVA_HOME", java, "TRAINING_HEAP", "3g"), "reproduce", "20260101_0000");

    // The last one counts.
    assertThat(train.out()).containsPattern("-Xmx1g .*-Xmx1500m .*TrainMain --help");
    assertThat(reproduce.out()).containsPattern("-Xmx3g .*ReproduceMain 20260101_0000");
  }

  @Test
  void a_decision_is_made_again_by_inference() throws Exception {
    jdk("mine", "26");

    Ended ended =
        run(Map.of("JAVA_HOME", jdks.resolve("mine").toString()), "replay-decision", "x", "--json");

    assertThat(ended.out()).contains("inference.replay.ReplayDecisionMain x --json");
  }

  @Test
  void an_unknown_command_shows_the_page_and_ends_with_two() throws Exception {
    Ended ended = run(Map.of(), "dance");

    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("./ml-assets demo", "there is no command \"dance\"");
  }

  @Test
  void help_needs_no_jdk() throws Exception {
    Ended ended = run(Map.of(), "help");

    assertThat(ended.code()).isZero();
    assertThat(ended.out()).contains("./ml-assets up", "Exit codes");
  }

  /** A JDK whose {@code java} prints its release and what it was asked to run. */
  private void jdk(String name, String version) throws IOException {
    Path bin = Files.createDirectories(jdks.resolve(name).resolve("bin"));
    Files.writeString(jdks.resolve(name).resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    for (String program : List.of("java", "javac")) {
      Path file = bin.resolve(program);
      Files.writeString(file, "#!/bin/sh\necho \"release " + version + " $*\"\n");
      executable(file);
    }
  }

  private static void executable(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Ended run(Map<String, String> environment, String... arguments) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(home.resolve("ml-assets").toString());
    builder.command().addAll(List.of(arguments));
    builder.environment().remove("JAVA_HOME");
    builder.environment().put("HOME", home.resolve("user").toString());
    builder.environment().putAll(environment);
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), out, err);
  }
}
