package io.mlassets.suite.console;

import io.mlassets.suite.Home;
import org.springframework.boot.logging.LoggingInitializationContext;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.core.env.StandardEnvironment;

/** Keeps the screen for people: services log to their files, only errors reach the terminal. */
public final class Logs {
  private Logs() {}

  /**
   * Sets logging up once for the process, before the services' contexts, which start at the same
   * time, would each try to.
   */
  public static void toFiles() {
    setUnlessGiven("LOG_DIR", Home.varDir().resolve("log").toString());
    setUnlessGiven("CONSOLE_LEVEL", "ERROR");
    LoggingSystem logging = LoggingSystem.get(Logs.class.getClassLoader());
    logging.beforeInitialize();
    logging.initialize(
        new LoggingInitializationContext(new StandardEnvironment()),
        "classpath:logback-spring.xml",
        null);
  }

  private static void setUnlessGiven(String name, String value) {
    if (System.getProperty(name) == null && System.getenv(name) == null) {
      System.setProperty(name, value);
    }
  }
}
