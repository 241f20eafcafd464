package io.mlassets.trainer.engine;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** The version a library's jar states of itself. */
final class LibraryVersion {
  private LibraryVersion() {}

  static String of(Class<?> inJar, String group, String artifact) {
    String path = "/META-INF/maven/" + group + "/" + artifact + "/pom.properties";
    try (InputStream in = inJar.getResourceAsStream(path)) {
      if (in == null) {
        throw new EngineException("the jar of " + artifact + " does not state its version");
      }
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version", "unknown");
    } catch (IOException e) {
      throw new EngineException("the jar of " + artifact + " cannot be read", e);
    }
  }
}
