package io.mlassets.model;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/** Reads LightGBM's text form (version v3 or v4) into a table. */
final class LightGbmText {
  /** Of a header or a tree; a file of short lines would be many times as large in memory. */
  private static final int MOST_LINES = 1_000;

  private final Iterator<String> lines;
  private int trees;

  private LightGbmText(String text) {
    lines = text.lines().iterator();
  }

  record Parsed(Objective objective, TreeTable table) {}

  static Parsed parse(String text) {
    return new LightGbmText(text).parse();
  }

  private Parsed parse() {
    Map<String, String> header = block();
    require(header.containsKey("tree"), "does not start with 'tree'");
    String version = header.getOrDefault("version", "none");
    require(
        version.equals("v4") || version.equals("v3"), "version " + version + " is not v3 or v4");
    require("1".equals(header.get("num_class")), "has more than one class");
    require("1".equals(header.get("num_tree_per_iteration")), "has trees per class");
    require(!header.containsKey("average_output"), "averages its trees, as random forests do");
    Objective objective = objective(header.getOrDefault("objective", "none"));
    TreeTableBuilder table = new TreeTableBuilder(columns(header));
    boolean ended = false;
    while (!ended && lines.hasNext()) {
      Map<String, String> block = block();
      ended = block.containsKey("end of trees");
      if (block.containsKey("Tree")) {
        require(
            block.get("Tree").equals(Integer.toString(trees)),
            "tree %s stands where tree %d is due".formatted(block.get("Tree"), trees));
        table.add(LightGbmTree.of(trees++, block));
      }
    }
    require(ended, "ends after %d trees without 'end of trees'".formatted(trees));
    requireCount(header.getOrDefault("tree_sizes", "").strip());
    return new Parsed(objective, table.build(new LeafSum(0, false)));
  }

  private static int columns(Map<String, String> header) {
    String last = header.getOrDefault("max_feature_idx", "");
    require(last.matches("\\d{1,6}"), "max_feature_idx '%s' is not a column".formatted(last));
    return Integer.parseInt(last) + 1;
  }

  private void requireCount(String sizes) {
    long named = sizes.isEmpty() ? 0 : 1 + sizes.chars().filter(c -> c == ' ').count();
    require(named == trees, "names %d trees and has %d".formatted(named, trees));
  }

  private static Objective objective(String text) {
    return switch (text) {
      case "binary sigmoid:1" -> Objective.BINARY;
      case "regression" -> Objective.REGRESSION;
      default ->
          throw new InvalidModelException(
              "LightGBM model: objective '%s' is not known".formatted(text));
    };
  }

  /** Lines up to the next blank one, as key and value. */
  private Map<String, String> block() {
    Map<String, String> block = new HashMap<>();
    while (lines.hasNext()) {
      String line = lines.next();
      if (line.isBlank()) {
        if (block.isEmpty()) {
          continue;
        }
        break;
      }
      int equals = line.indexOf('=');
      String key = equals < 0 ? line : line.substring(0, equals);
      String before = block.put(key, equals < 0 ? "" : line.substring(equals + 1));
      require(before == null, "'%s' stands twice in a block".formatted(key));
      require(block.size() <= MOST_LINES, "a block has more than %d lines".formatted(MOST_LINES));
    }
    return block;
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new InvalidModelException("LightGBM model: " + what);
    }
  }
}
