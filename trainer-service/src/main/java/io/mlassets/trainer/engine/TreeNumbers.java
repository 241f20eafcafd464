package io.mlassets.trainer.engine;

import io.mlassets.model.TreeParams;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Parameters as an engine reads them.
 *
 * @param texts all but the number of trees; whole numbers without a fraction
 */
record TreeNumbers(Map<String, String> texts) {
  private static final int MAX_ITERATIONS = 10_000;

  /** Refuses a name that is not {@code known} with {@link IllegalArgumentException}. */
  static TreeNumbers of(TreeParams params, Set<String> known) {
    double iterations = params.get(TreeEngine.TREES);
    if (!(iterations >= 1 && iterations <= MAX_ITERATIONS) || iterations % 1 != 0) {
      throw new IllegalArgumentException(
          "%s %s is not in [1, %d]".formatted(TreeEngine.TREES, iterations, MAX_ITERATIONS));
    }
    TreeMap<String, String> texts = new TreeMap<>();
    params.values().forEach((name, value) -> texts.put(name, text(value)));
    texts.remove(TreeEngine.TREES);
    for (String name : texts.keySet()) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException("parameter %s is not among %s".formatted(name, known));
      }
    }
    return new TreeNumbers(texts);
  }

  /** Engines take seeds of 31 bits. */
  static int intSeed(long seed) {
    return (int) ((seed ^ (seed >>> 32)) & 0x7FFF_FFFF);
  }

  private static String text(double value) {
    return value % 1 == 0 && Math.abs(value) < 1e9
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
