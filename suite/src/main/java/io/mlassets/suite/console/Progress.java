package io.mlassets.suite.console;

/** Progress of one step, shown while it runs. */
public sealed interface Progress extends AutoCloseable permits TerminalProgress, PlainProgress {

  /** Starts showing progress towards {@code total} units. */
  static Progress of(String what, long total) {
    return isTerminal() ? new TerminalProgress(what, total) : new PlainProgress(what, total);
  }

  private static boolean isTerminal() {
    return System.console() != null && System.console().isTerminal();
  }

  /** {@code done} units of {@code total} are done. */
  void at(long done, long total, String note);

  @Override
  void close();
}
