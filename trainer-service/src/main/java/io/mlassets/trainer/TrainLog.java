package io.mlassets.trainer;

import org.springframework.boot.logging.LoggingInitializationContext;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.core.env.StandardEnvironment;

/** Logging of a training process: {@code train.log} and stderr, as the services do. */
public final class TrainLog {
  private TrainLog() {}

  /** The folder of logs, {@code LOG_DIR} as property or environment. */
  public static String dir() {
    String property = System.getProperty("LOG_DIR");
    String environment = System.getenv("LOG_DIR");
    if (property != null) {
      return property;
    }
    return environment == null ? "var/log" : environment;
  }

  /** Where runs log. */
  public static String path() {
    return dir() + "/train.log";
  }

  public static void configure() {
    LoggingSystem logging = LoggingSystem.get(TrainLog.class.getClassLoader());
    logging.beforeInitialize();
    logging.initialize(
        new LoggingInitializationContext(new StandardEnvironment()),
        "classpath:logback-spring.xml",
        null);
  }
}
