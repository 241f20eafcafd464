package io.mlassets.platform.testing;

import io.mlassets.policy.PolicyFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A copy of the project's {@code config/} in which values can be changed.
 *
 * @param folder where the copy is
 */
public record TestPolicies(Path folder) {

  /** Makes the copy. */
  public static TestPolicies in(Path folder) throws IOException {
    try (var files = Files.list(TestServers.configFolder())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
    return new TestPolicies(folder);
  }

  /** Changes the value of a key, at once for whoever reads. */
  public void set(String file, String key, String value) throws IOException {
    Path target = folder.resolve(file);
    String text = Files.readString(target);
    String changed = text.replaceFirst("(?m)^(" + key + ":\n  value: ).*$", "$1" + value);
    if (changed.equals(text)) {
      throw new IllegalArgumentException("%s: %s is %s already".formatted(file, key, value));
    }
    Path next = Files.writeString(folder.resolve(file + ".next"), changed);
    Files.move(next, target, StandardCopyOption.ATOMIC_MOVE);
  }

  /** The hash of what is in the files. */
  public String hash() {
    return PolicyFiles.read(folder).hash();
  }
}
