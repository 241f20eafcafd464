package io.mlassets.platform;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs a main class of this process' class path in a JVM of its own, with what our code needs. */
public final class JavaCommand {
  private JavaCommand() {}

  /**
   * The words of the command.
   *
   * @param flags further flags of the JVM
   */
  public static List<String> of(String main, List<String> flags, List<String> arguments) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.add("--enable-native-access=ALL-UNNAMED");
    words.add("--sun-misc-unsafe-memory-access=allow");
    // Rows are scored in blocks where it is there.
    words.add("--add-modules=jdk.incubator.vector");
    words.addAll(flags);
    words.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
    words.addAll(arguments);
    return words;
  }
}
