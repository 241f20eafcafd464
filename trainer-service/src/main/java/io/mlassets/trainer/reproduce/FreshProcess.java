package io.mlassets.trainer.reproduce;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a process of its own said of one reproduction; it has the flags, class path and settings of
 * this one.
 *
 * @param code how it ended
 * @param said its lines on stdout and stderr, without progress
 */
record FreshProcess(int code, List<String> said) {
  /** What a process calls the SHA-256 of the file it made. */
  static final String AGAIN = "again   ";

  /** What a process puts before a difference. */
  static final String DIFFERS = "differs: ";

  private static final Pattern PROGRESS = Pattern.compile(" *\\d+ % .*");
  private static final int LAST_WORDS = 8;

  /** Runs the main class with these arguments to its end. */
  static FreshProcess run(Class<?> main, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(arguments);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
      List<String> said = reader.lines().filter(line -> !PROGRESS.matcher(line).matches()).toList();
      return new FreshProcess(process.waitFor(), said);
    }
  }

  /** SHA-256 of the file it made; empty when it failed before. */
  Optional<String> sha256() {
    return said.stream()
        .filter(line -> line.startsWith(AGAIN))
        .map(line -> line.substring(AGAIN.length()).strip())
        .findFirst();
  }

  /** What a reader needs to know: nothing, the differences, or the last words of a failed one. */
  List<String> complaints() {
    if (code == 0) {
      return List.of();
    }
    List<String> differences = said.stream().filter(line -> line.startsWith(DIFFERS)).toList();
    return differences.isEmpty()
        ? said.subList(Math.max(0, said.size() - LAST_WORDS), said.size())
        : differences;
  }
}
