package io.mlassets.feature;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * The ordered names of the features a vector holds. Two schemas are the same when their hash is:
 * same names, same kinds, same order.
 */
public final class FeatureSchema {
  /** The one categorical feature: the code of a {@link PairClass}. */
  public static final String PAIR_CLASS = "pair_class";

  private static final FeatureSchema CURRENT = of(FeatureName.namesInOrder());

  private final List<String> names;
  private final Map<String, Integer> positions = new HashMap<>();
  private final String hash;

  private FeatureSchema(List<String> names) {
    this.names = List.copyOf(names);
    for (int i = 0; i < names.size(); i++) {
      if (positions.put(names.get(i), i) != null) {
        throw new IllegalArgumentException("feature '%s' stands twice".formatted(names.get(i)));
      }
    }
    this.hash = hashOf();
  }

  /** The schema the {@link FeatureEngine} of this build fills. */
  public static FeatureSchema current() {
    return CURRENT;
  }

  /**
   * A schema of the given names in order. A feature named {@value #PAIR_CLASS} is categorical,
   * every other one numeric.
   *
   * @throws IllegalArgumentException if empty or a name repeats
   */
  public static FeatureSchema of(List<String> names) {
    if (names.isEmpty()) {
      throw new IllegalArgumentException("a feature schema needs at least one name");
    }
    return new FeatureSchema(names);
  }

  /** Whether the {@link FeatureEngine} of this build makes its vectors. */
  public boolean isCurrent() {
    return equals(CURRENT);
  }

  /** Names in order. */
  public List<String> names() {
    return names;
  }

  /** Number of features. */
  public int size() {
    return names.size();
  }

  /**
   * Position of a name.
   *
   * @throws IllegalArgumentException if the schema does not have it
   */
  public int indexOf(String name) {
    Integer position = positions.get(name);
    if (position == null) {
      throw new IllegalArgumentException("feature '%s' is not in %s".formatted(name, names));
    }
    return position;
  }

  /** Whether the feature at a position is categorical; its values are non-negative integers. */
  public boolean isCategorical(int index) {
    return names.get(index).equals(PAIR_CLASS);
  }

  /** SHA-256 of names and kinds in order, lower-case hex. */
  public String hash() {
    return hash;
  }

  private String hashOf() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < names.size(); i++) {
      text.append(names.get(i)).append(isCategorical(i) ? ":categorical\n" : ":numeric\n");
    }
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(digest.digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FeatureSchema that && hash.equals(that.hash);
  }

  @Override
  public int hashCode() {
    return hash.hashCode();
  }

  @Override
  public String toString() {
    return names.toString();
  }
}
