package io.mlassets.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Compares figures with what is asked of them, and says in sentences what does not hold. */
public final class Bounds {
  private final List<String> broken = new ArrayList<>();

  /**
   * A figure that may not be larger.
   *
   * @param text a format of the figure and of the largest one
   */
  public Bounds atMost(String text, double figure, double most) {
    if (!(figure <= most)) {
      broken.add(String.format(Locale.ROOT, text, figure, most));
    }
    return this;
  }

  /**
   * A figure that may not be smaller.
   *
   * @param text a format of the figure and of the smallest one
   */
  public Bounds atLeast(String text, double figure, double least) {
    if (!(figure >= least)) {
      broken.add(String.format(Locale.ROOT, text, figure, least));
    }
    return this;
  }

  /** Things of which there may be none. */
  public Bounds none(long count, String what) {
    if (count != 0) {
      broken.add(count + " " + what);
    }
    return this;
  }

  /** Things each of which must have come about. */
  public Bounds all(long count, long of, String what) {
    if (count < of) {
      broken.add("%d of %d %s".formatted(count, of, what));
    }
    return this;
  }

  /** What others found, each with something before it. */
  public Bounds with(String before, List<String> found) {
    found.forEach(one -> broken.add(before + one));
    return this;
  }

  /** What does not hold, in the order it was asked. */
  public List<String> broken() {
    return List.copyOf(broken);
  }
}
