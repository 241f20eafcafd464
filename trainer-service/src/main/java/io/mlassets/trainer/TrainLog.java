package io.mlassets.trainer;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
import io.mlassets.platform.LauncherHome;
import io.mlassets.trainer.run.RunLogs;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.logging.LoggingInitializationContext;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.core.env.StandardEnvironment;

/**
 * Logging of a process that trains: everything to stderr, and of a run to a file of its own. The
 * service that started it copies stderr into its {@code train.log}.
 */
public final class TrainLog {
  private TrainLog() {}

  /** {@code LOG_DIR} as property or environment, else {@code log} of the launcher's folder. */
  public static RunLogs logs() {
    String property = System.getProperty("LOG_DIR");
    String set = property == null ? System.getenv("LOG_DIR") : property;
    return new RunLogs(
        set == null || set.isBlank()
            ? LauncherHome.var().orElse(Path.of("var")).resolve("log")
            : Path.of(set));
  }

  /** To stderr. */
  public static void configure() {
    LoggingSystem logging = LoggingSystem.get(TrainLog.class.getClassLoader());
    logging.beforeInitialize();
    logging.initialize(
        new LoggingInitializationContext(new StandardEnvironment()),
        "classpath:logback-training.xml",
        null);
  }

  /** From now on to this file as well; a retry of the run goes on in it. */
  static void into(Path file) {
    LoggerContext logback = (LoggerContext) LoggerFactory.getILoggerFactory();
    PatternLayoutEncoder lines = new PatternLayoutEncoder();
    lines.setContext(logback);
    lines.setPattern(logback.getProperty("LINE"));
    lines.start();
    FileAppender<ILoggingEvent> appender = new FileAppender<>();
    appender.setContext(logback);
    appender.setFile(file.toString());
    appender.setEncoder(lines);
    appender.start();
    logback.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
  }
}
