package io.mlassets.bench;

import io.mlassets.platform.JavaCommand;
import io.mlassets.suite.Home;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Processes to compare: Python scripts of {@code bench/peers}, and our own mains on the same terms,
 * with one arena for native memory as the trainer gives its own. Each prints one line of JSON last.
 * Python is {@code ML_ASSETS_PYTHON}, or the system's if it has all that is needed, or an
 * environment made with pip under {@code var/bench}.
 */
public final class Peers {
  private static final List<String> NEEDED =
      List.of("optuna", "lightgbm", "sklearn", "numpy", "onnx", "onnxruntime", "pandas");
  private final Path environment;

  /** Peers with their environment in a directory of benchmarks. */
  public Peers(Path directory) {
    environment = directory.resolve("python");
  }

  /** What a script says last; refuses one that fails with {@link IllegalStateException}. */
  public JsonNode python(String script, Object... arguments) throws Exception {
    Path file = Home.directory().resolve("bench/peers").resolve(script);
    return lastLine(command(List.of(interpreter(), file.toString()), arguments), Map.of());
  }

  /** What a main class says last, in a JVM of its own with these flags. */
  public static JsonNode java(Class<?> main, List<String> flags, Object... arguments)
      throws Exception {
    List<String> all = new ArrayList<>(flags);
    all.add("-Dmlassets.home=" + Home.directory());
    List<String> program = JavaCommand.of(main.getName(), all, List.of());
    return lastLine(command(program, arguments), Map.of("MALLOC_ARENA_MAX", "1"));
  }

  private static List<String> command(List<String> program, Object... arguments) {
    List<String> command = new ArrayList<>(program);
    for (Object argument : arguments) {
      command.add(String.valueOf(argument));
    }
    return command;
  }

  private String interpreter() throws IOException, InterruptedException {
    String given = System.getenv("ML_ASSETS_PYTHON");
    if (given != null) {
      return given;
    }
    if (hasAll("python3")) {
      return "python3";
    }
    String own = environment.resolve("bin/python").toString();
    if (!Files.exists(Path.of(own)) || !hasAll(own)) {
      System.out.println("  making a Python environment in " + environment);
      Path wanted = Home.directory().resolve("bench/peers/requirements.txt");
      run(List.of("python3", "-m", "venv", environment.toString()), Map.of());
      run(List.of(own, "-m", "pip", "install", "-q", "-r", wanted.toString()), Map.of());
    }
    return own;
  }

  private static boolean hasAll(String python) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(python, "-c", "import " + String.join(", ", NEEDED))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return process.waitFor() == 0;
  }

  private static JsonNode lastLine(List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    List<String> lines = run(command, environment).lines().toList();
    if (lines.isEmpty()) {
      throw new IllegalStateException(String.join(" ", command) + " said nothing");
    }
    return JsonMapper.shared().readTree(lines.getLast());
  }

  private static String run(List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int code = process.waitFor();
      if (code != 0) {
        throw new IllegalStateException(
            "%s ended with %d: %s".formatted(String.join(" ", command), code, out));
      }
      return out;
    } finally {
      process.destroy();
    }
  }
}
