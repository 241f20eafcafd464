package io.mlassets.trainer.search;

/** One parameter of a {@link SearchSpace}. */
public sealed interface Dimension {

  /** The parameter's name. */
  String name();

  /**
   * A real number in [low, high].
   *
   * @param log whether it is searched on a logarithmic scale; needs {@code low > 0}
   */
  record Real(String name, double low, double high, boolean log) implements Dimension {
    /** Refuses an empty or infinite range with {@link IllegalArgumentException}. */
    public Real {
      Dimension.requireRange(name, low, high, log);
    }
  }

  /**
   * A whole number in [low, high].
   *
   * @param log whether it is searched on a logarithmic scale; needs {@code low > 0}
   */
  record Whole(String name, int low, int high, boolean log) implements Dimension {
    /** Refuses an empty range with {@link IllegalArgumentException}. */
    public Whole {
      Dimension.requireRange(name, low, high, log);
    }
  }

  /**
   * One of {@code count} choices without order, valued 0 to {@code count - 1}.
   *
   * @param count at least 1
   */
  record Choice(String name, int count) implements Dimension {
    /** Refuses no choice with {@link IllegalArgumentException}. */
    public Choice {
      if (count < 1) {
        throw new IllegalArgumentException("%s: %d choices".formatted(name, count));
      }
    }
  }

  private static void requireRange(String name, double low, double high, boolean log) {
    if (!(low <= high) || !Double.isFinite(high - low) || (log && !(low > 0))) {
      throw new IllegalArgumentException(
          "%s: [%s, %s]%s is not a range".formatted(name, low, high, log ? " log" : ""));
    }
  }
}
