package io.mlassets.trainer.run;

import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends a training process whose parent is gone: the parent holds its standard input open. */
public final class OrphanWatch {
  private static final Logger log = LoggerFactory.getLogger(OrphanWatch.class);

  private OrphanWatch() {}

  /** Watches until the process ends. */
  public static void onStandardInput() {
    Thread.ofPlatform().daemon().name("orphan-watch").start(OrphanWatch::watch);
  }

  private static void watch() {
    try {
      while (System.in.read() >= 0) {
        // Nothing is ever said; only the end counts.
      }
    } catch (IOException e) {
      log.warn("standard input broke", e);
    }
    log.warn("the service that started this run is gone; ending");
    Runtime.getRuntime().halt(ExitCode.ABORTED);
  }
}
