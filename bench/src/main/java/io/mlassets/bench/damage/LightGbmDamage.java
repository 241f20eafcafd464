package io.mlassets.bench.damage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** LightGBM's lines, {@code key=value value ...}, a blank one before each tree. */
final class LightGbmDamage implements ModelText {
  private static final int MILLIONS = 3_000_000;
  private final Case of;
  private final List<String> lines;

  /** Of the tree damaged: its first line and the blank one behind it. */
  private final int from;

  private final int to;

  LightGbmDamage(String text, Case of) {
    this.of = of;
    this.lines = new ArrayList<>(List.of(text.split("\n", -1)));
    List<Integer> trees =
        IntStream.range(0, lines.size())
            .filter(i -> lines.get(i).startsWith("Tree=") && isLarge(i))
            .boxed()
            .toList();
    this.from = of.one(trees);
    this.to = from + lines.subList(from, lines.size()).indexOf("");
  }

  private boolean isLarge(int tree) {
    return Integer.parseInt(lines.get(tree + 1).replace("num_leaves=", "")) > 2;
  }

  private int at(String key, int begin, int end) {
    return IntStream.range(begin, end)
        .filter(i -> lines.get(i).startsWith(key + "="))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no " + key));
  }

  private String[] values(String key) {
    String line = lines.get(at(key, from, to));
    return line.substring(line.indexOf('=') + 1).split(" ", -1);
  }

  private LightGbmDamage set(String key, String value) {
    lines.set(at(key, from, to), key + "=" + value);
    return this;
  }

  /** One of the values becomes another. */
  private String replaced(String key, UnaryOperator<String> change) {
    return replaced(key, of.below(values(key).length), change);
  }

  private String replaced(String key, int index, UnaryOperator<String> change) {
    String[] values = values(key);
    values[index] = change.apply(values[index]);
    return set(key, String.join(" ", values)).text();
  }

  private String header(String key, String value) {
    lines.set(at(key, 0, lines.size()), key + "=" + value);
    return text();
  }

  private String text() {
    return String.join("\n", lines);
  }

  @Override
  public String cycle() {
    int node = of.below(values("left_child").length);
    String other = values("right_child")[node];
    return replaced("left_child", node, child -> of.one("0", Integer.toString(node), other));
  }

  @Override
  public String child() {
    int nodes = values("left_child").length;
    String child =
        of.one(
            Integer.toString(nodes + of.below(1_000)),
            Integer.toString(~(nodes + 1 + of.below(1_000))),
            Integer.toString(Integer.MAX_VALUE),
            Integer.toString(Integer.MIN_VALUE),
            "4294967296",
            "0.5");
    return replaced(of.one("left_child", "right_child"), old -> child);
  }

  @Override
  public String column() {
    String column =
        of.one(Integer.toString(100_000 + of.below(1_000)), "-1", "2147483647", "99999999999");
    return replaced("split_feature", old -> column);
  }

  @Override
  public String category() {
    int node = of.below(values("threshold").length);
    replaced("decision_type", node, old -> "1");
    replaced("threshold", node, old -> "0");
    set("num_cat", "1");
    lines.add(to, "cat_boundaries=0 1");
    lines.add(to + 1, "cat_threshold=2147483648");
    switch (of.below(6)) {
      case 0 -> replaced("threshold", node, old -> of.one("1", "-1", "0.5", "4e9"));
      case 1 -> lines.set(to, "cat_boundaries=" + of.one("0 2", "1 1", "0 -1", "1 0"));
      case 2 -> lines.set(to + 1, "cat_threshold=" + of.one("4294967296", "-1", "1 1", "0.5"));
      case 3 -> set("num_cat", "2");
      case 4 -> {
        lines.set(to, "cat_boundaries=0 4000");
        lines.set(to + 1, "cat_threshold=" + "0 ".repeat(3_999) + "1");
      }
      default -> {
        // Its column has no such category.
      }
    }
    return text();
  }

  @Override
  public String number() {
    if (of.below(4) == 0) {
      return replaced("threshold", old -> "nan");
    }
    if (of.below(3) == 0) {
      return text().replaceAll("(?m)^leaf_value=\\S+", "leaf_value=1.7e308");
    }
    return replaced("leaf_value", old -> of.one("nan", "inf", "-inf", "1e999"));
  }

  @Override
  public String count() {
    int leaves = values("leaf_value").length;
    return switch (of.below(5)) {
      case 0 -> set("num_leaves", of.one(leaves + 1 + "", leaves - 1 + "", "999999999")).text();
      case 1 -> {
        String key = of.one("split_feature", "threshold", "decision_type", "left_child");
        String[] values = values(key);
        yield set(key, String.join(" ", List.of(values).subList(1, values.length))).text();
      }
      case 2 -> header("tree_sizes", "100");
      case 3 -> {
        lines.set(from, "Tree=" + (100_000 + of.below(100)));
        yield text();
      }
      default -> {
        lines.subList(from, to).clear();
        yield text();
      }
    };
  }

  @Override
  public String missing() {
    lines.remove(
        at(
            of.one(
                "num_leaves",
                "leaf_value",
                "split_feature",
                "threshold",
                "decision_type",
                "left_child",
                "right_child"),
            from,
            to));
    return text();
  }

  @Override
  public String twice() {
    int line = from + of.below(to - from);
    lines.add(line, lines.get(line));
    return text();
  }

  @Override
  public String header() {
    return switch (of.below(8)) {
      case 0 -> header("version", of.one("v9", "", "4"));
      case 1 -> header("num_class", of.one("3", "0", "x"));
      case 2 -> header("num_tree_per_iteration", "2");
      case 3 -> header("objective", of.one("poisson", "binary sigmoid:2", ""));
      case 4 -> header("max_feature_idx", of.one("-1", "x", "9999999", "99999", "0"));
      case 5 -> {
        lines.set(0, "forest");
        yield text();
      }
      case 6 -> {
        lines.add(1, "average_output");
        yield text();
      }
      default -> {
        lines.add(from + 1, "is_linear=1");
        lines.remove(at("is_linear", from + 2, to + 1));
        yield text();
      }
    };
  }

  @Override
  public String cut() {
    String text = text();
    return text.substring(0, of.below(text.indexOf("end of trees")));
  }

  @Override
  public String type() {
    return replaced(
        of.one("leaf_value", "threshold", "left_child", "split_feature", "decision_type"),
        old -> of.one("x", "--1", "{}", "1,5"));
  }

  @Override
  public String huge() {
    Optional<String> numbers = Optional.of("0 ".repeat(MILLIONS) + "0").filter(one -> of.chance());
    if (numbers.isPresent()) {
      return of.chance()
          ? set(of.one("leaf_value", "left_child"), numbers.get()).text()
          : header("tree_sizes", numbers.get());
    }
    StringBuilder many = new StringBuilder();
    IntStream.range(0, MILLIONS / 4).forEach(i -> many.append(i).append("=\n"));
    lines.set(1, many + lines.get(1));
    return text();
  }
}
