package io.mlassets.model;

import java.util.BitSet;
import java.util.Map;

/** One tree of LightGBM's text form. */
final class LightGbmTree implements TreeTableBuilder.Source {
  private static final int CATEGORICAL_BIT = 1;
  private static final int DEFAULT_LEFT_BIT = 2;

  /** Words of a set. */
  private static final int MOST_WORDS = SplitColumn.Categories.MOST / Integer.SIZE;

  /** By the two bits above. */
  private static final SplitColumn.Missing[] MISSING = SplitColumn.Missing.values();

  private final int name;
  private final Map<String, String> block;
  private final double[] leafValues;
  private final int[] features;
  private final double[] thresholds;
  private final int[] decisions;
  private final int[] lefts;
  private final int[] rights;
  private final int[] setBounds;
  private final int[] setWords;

  private LightGbmTree(int name, Map<String, String> block) {
    this.name = name;
    this.block = block;
    TreeTableBuilder.require(
        "0".equals(block.getOrDefault("is_linear", "0")), name, "linear trees are not known");
    leafValues = numbers("leaf_value");
    TreeTableBuilder.require(leafValues.length > 0, name, "has no leaves");
    require("num_leaves", leafValues.length);
    boolean stump = leafValues.length == 1;
    features = stump ? new int[0] : ints("split_feature");
    thresholds = stump ? new double[0] : numbers("threshold");
    decisions = stump ? new int[0] : ints("decision_type");
    lefts = stump ? new int[0] : ints("left_child");
    rights = stump ? new int[0] : ints("right_child");
    for (int length :
        new int[] {
          features.length, thresholds.length, decisions.length, lefts.length, rights.length
        }) {
      TreeTableBuilder.require(
          length == leafValues.length - 1,
          name,
          "%d leaves do not match %d nodes",
          leafValues.length,
          length);
    }
    boolean sets = !stump && !"0".equals(block.getOrDefault("num_cat", "0"));
    setBounds = sets ? ints("cat_boundaries") : new int[1];
    setWords = sets ? words("cat_threshold") : new int[0];
    require("num_cat", setBounds.length - 1);
    requireSets();
  }

  /** One behind the other: sets that overlap could be any number of times as large as the file. */
  private void requireSets() {
    int last = 0;
    for (int i = 0; i < setBounds.length; i++) {
      int bound = setBounds[i];
      TreeTableBuilder.require(
          i == 0 ? bound == 0 : bound >= last && bound - last <= MOST_WORDS,
          name,
          "cat_boundaries: %d after %d",
          bound,
          last);
      last = bound;
    }
    TreeTableBuilder.require(
        last == setWords.length, name, "sets have %d words, found %d", last, setWords.length);
  }

  static LightGbmTree of(int name, Map<String, String> block) {
    return new LightGbmTree(name, block);
  }

  @Override
  public int root() {
    return features.length == 0 ? -1 : 0;
  }

  @Override
  public int nodes() {
    return features.length;
  }

  @Override
  public int leaves() {
    return leafValues.length;
  }

  @Override
  public int left(int node) {
    return lefts[node];
  }

  @Override
  public int right(int node) {
    return rights[node];
  }

  @Override
  public double leafValue(int leaf) {
    return leafValues[leaf];
  }

  @Override
  public SplitColumn column(int node) {
    int decision = decisions[node];
    int kind = decision >> 2;
    TreeTableBuilder.require(
        decision >= 0 && kind < MISSING.length,
        name,
        "node %d has decision type %d",
        node,
        decision);
    if (isCategorical(node)) {
      return new SplitColumn.Members(features[node], set(node));
    }
    SplitColumn.Missing missing = MISSING[kind];
    boolean missingLeft = missing != SplitColumn.Missing.NONE && (decision & DEFAULT_LEFT_BIT) != 0;
    return new SplitColumn.UpTo(features[node], missing, missingLeft);
  }

  @Override
  public long bound(int node) {
    double threshold = thresholds[node];
    TreeTableBuilder.require(
        !Double.isNaN(threshold), name, "node %d has threshold %s", node, threshold);
    return isCategorical(node) ? SplitColumn.EITHER : SplitColumn.UpTo.bound(threshold);
  }

  private boolean isCategorical(int node) {
    return (decisions[node] & CATEGORICAL_BIT) != 0;
  }

  private BitSet set(int node) {
    double at = thresholds[node];
    int set = (int) at;
    TreeTableBuilder.require(
        set == at && set >= 0 && set < setBounds.length - 1, name, "node %d asks set %s", node, at);
    int from = setBounds[set];
    int to = setBounds[set + 1];
    BitSet members = new BitSet();
    for (int bit = 0; bit < 32 * (to - from); bit++) {
      members.set(bit, (setWords[from + (bit >> 5)] >>> (bit & 31) & 1) != 0);
    }
    return members;
  }

  private void require(String key, int count) {
    TreeTableBuilder.require(
        Integer.toString(count).equals(block.getOrDefault(key, "0")),
        name,
        "%s is %s, found %d",
        key,
        block.getOrDefault(key, "missing"),
        count);
  }

  /** One after the other: texts of millions of numbers at once would not fit into memory. */
  private double[] numbers(String key) {
    String line = block.getOrDefault(key, "").strip();
    TreeTableBuilder.require(!line.isEmpty(), name, "%s is missing", key);
    double[] values = new double[1 + (int) line.chars().filter(c -> c == ' ').count()];
    int from = 0;
    try {
      for (int i = 0; i < values.length; i++) {
        int to = line.indexOf(' ', from);
        values[i] = number(line.substring(from, to < 0 ? line.length() : to));
        from = to + 1;
      }
    } catch (NumberFormatException e) {
      throw new InvalidModelException("tree %d: %s: %s".formatted(name, key, e.getMessage()), e);
    }
    return values;
  }

  /** C's words for infinities; a threshold may be one. */
  private static double number(String text) {
    return switch (text) {
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  private int[] ints(String key) {
    return whole(key, Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  /** 32-bit words, written unsigned. */
  private int[] words(String key) {
    return whole(key, 0, 0xFFFF_FFFFL);
  }

  private int[] whole(String key, long low, long high) {
    double[] values = numbers(key);
    int[] whole = new int[values.length];
    for (int i = 0; i < whole.length; i++) {
      TreeTableBuilder.require(
          values[i] >= low && values[i] <= high && values[i] == Math.rint(values[i]),
          name,
          "%s: %s is not a whole number in range",
          key,
          values[i]);
      whole[i] = (int) (long) values[i];
    }
    return whole;
  }
}
