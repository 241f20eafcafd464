package io.mlassets.trainer.search;

/** One parameter of a {@link SearchSpace}. */
public sealed interface Dimension {

  /** The parameter's name. */
  String name();

  /** Whether there is more than one value. */
  default boolean varies() {
    return switch (this) {
      case Real real -> real.low() < real.high();
      case Whole whole -> whole.low() < whole.high();
      case Choice choice -> choice.count() > 1;
      case When when -> when.dimension().varies();
    };
  }

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

  /**
   * A parameter that exists only while a choice made before it has one value.
   *
   * @param choice name of the choice
   * @param value the choice's value
   * @param dimension the parameter, not itself conditional
   */
  record When(String choice, int value, Dimension dimension) implements Dimension {
    /** Refuses conditions on conditions with {@link IllegalArgumentException}. */
    public When {
      if (dimension instanceof When) {
        throw new IllegalArgumentException(dimension.name() + " has two conditions");
      }
    }

    @Override
    public String name() {
      return dimension.name();
    }
  }

  private static void requireRange(String name, double low, double high, boolean log) {
    if (!(low <= high) || !Double.isFinite(high - low) || (log && !(low > 0))) {
      throw new IllegalArgumentException(
          "%s: [%s, %s]%s is not a range".formatted(name, low, high, log ? " log" : ""));
    }
  }
}
