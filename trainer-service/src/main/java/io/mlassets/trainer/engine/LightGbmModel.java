package io.mlassets.trainer.engine;

import java.util.regex.Pattern;

/** LightGBM's text without what depends on the machine. */
final class LightGbmModel {
  private static final Pattern THREADS = Pattern.compile("(?m)^\\[num_threads: \\d+]$");

  private LightGbmModel() {}

  /** The trees do not depend on the number of threads, so the bytes should not either. */
  static String portable(String text) {
    return THREADS.matcher(text).replaceFirst("[num_threads: 0]");
  }
}
