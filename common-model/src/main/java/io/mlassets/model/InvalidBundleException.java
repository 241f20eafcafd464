package io.mlassets.model;

/**
 * A bundle that is damaged, forged, or made for something else. The message says what and where.
 */
public final class InvalidBundleException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final int MOST = 1_000;

  /** Says what is wrong. */
  public InvalidBundleException(String what) {
    super(cut(what));
  }

  /** Says what is wrong and what showed it. */
  public InvalidBundleException(String what, Throwable cause) {
    super(cut(what), cause);
  }

  /** What is wrong may be a whole file, and goes into a line of a log. */
  private static String cut(String what) {
    String cut = what.length() <= MOST ? what : what.substring(0, MOST) + "...";
    return cut.replaceAll("\\p{Cntrl}+", " ");
  }
}
