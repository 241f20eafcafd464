package io.mlassets.trainer.run;

/** Exit codes of {@code ml-assets train}; part of its documented interface. */
public final class ExitCode {
  /** Trained; the verdict may be any. */
  public static final int DONE = 0;

  /** Failed; the reason is on stderr. */
  public static final int FAILED = 1;

  /** Wrong usage. */
  public static final int USAGE = 2;

  /** Another run is under way. */
  public static final int BUSY = 3;

  /** The data cannot be trained on: no bars, unknown pair, too few rows. */
  public static final int NO_DATA = 4;

  /** Ended from outside. */
  public static final int ABORTED = 5;

  private ExitCode() {}
}
