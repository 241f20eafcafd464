package io.mlassets.model;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * One tree of XGBoost's JSON form: nodes and leaves share one numbering, a leaf's left child is -1.
 */
final class XgBoostTree implements TreeTableBuilder.Source {
  private final int name;
  private final Form form;
  private final int[] code;
  private final int[] nodeAt;
  private final int[] leafAt;
  private final Map<Integer, BitSet> sets = new HashMap<>();
  private int nodes;
  private int leaves;

  /** The arrays of the file that matter; the leaf's value stands in {@code split_conditions}. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Form(
      @JsonProperty("left_children") int[] left,
      @JsonProperty("right_children") int[] right,
      @JsonProperty("split_indices") int[] feature,
      @JsonProperty("split_conditions") float[] condition,
      @JsonProperty("default_left") int[] defaultLeft,
      @JsonProperty("split_type") int[] type,
      @JsonProperty("categories") int[] categories,
      @JsonProperty("categories_nodes") int[] setNodes,
      @JsonProperty("categories_segments") int[] setStarts,
      @JsonProperty("categories_sizes") int[] setSizes) {}

  private XgBoostTree(int name, Form form) {
    this.name = name;
    this.form = form;
    int size = form.left().length;
    require(size > 0, "has no nodes");
    for (int length :
        new int[] {
          form.right().length,
          form.feature().length,
          form.condition().length,
          form.defaultLeft().length,
          form.type().length
        }) {
      require(length == size, "arrays of %d and %d entries", size, length);
    }
    code = new int[size];
    nodeAt = new int[size];
    leafAt = new int[size];
    number();
    readSets();
  }

  static XgBoostTree of(int name, Form form) {
    return new XgBoostTree(name, form);
  }

  /** Numbers what is reached from the root; pruned nodes may stay in the file unreached. */
  private void number() {
    int[] open = new int[code.length + 1];
    boolean[] seen = new boolean[code.length];
    int top = 0;
    open[top++] = 0;
    while (top > 0) {
      int at = open[--top];
      require(at >= 0 && at < code.length, "child %d is not below %d", at, code.length);
      require(!seen[at], "node %d is reached twice", at);
      seen[at] = true;
      if (form.left()[at] == -1) {
        leafAt[leaves] = at;
        code[at] = ~leaves++;
      } else {
        nodeAt[nodes] = at;
        code[at] = nodes++;
        require(top + 2 <= open.length, "node %d is reached twice", at);
        open[top++] = form.right()[at];
        open[top++] = form.left()[at];
      }
    }
  }

  private void readSets() {
    int count = form.setNodes().length;
    require(
        form.setStarts().length == count && form.setSizes().length == count,
        "%d sets, %d starts, %d sizes",
        count,
        form.setStarts().length,
        form.setSizes().length);
    for (int i = 0; i < count; i++) {
      long from = form.setStarts()[i];
      long to = from + form.setSizes()[i];
      require(
          from >= 0 && from <= to && to <= form.categories().length,
          "set %d is [%d, %d) of %d",
          i,
          from,
          to,
          form.categories().length);
      int node = form.setNodes()[i];
      require(node >= 0 && node < code.length, "set %d is of node %d", i, node);
      require(sets.put(node, members((int) from, (int) to)) == null, "node %d has two sets", node);
    }
  }

  private BitSet members(int from, int to) {
    BitSet members = new BitSet();
    for (int i = from; i < to; i++) {
      int category = form.categories()[i];
      require(
          category >= 0 && category < SplitColumn.Categories.MOST,
          "category %d is not in [0, %d)",
          category,
          SplitColumn.Categories.MOST);
      members.set(category);
    }
    return members;
  }

  @Override
  public int root() {
    return code[0];
  }

  @Override
  public int nodes() {
    return nodes;
  }

  @Override
  public int leaves() {
    return leaves;
  }

  @Override
  public int left(int node) {
    return code[form.left()[nodeAt[node]]];
  }

  @Override
  public int right(int node) {
    return code[form.right()[nodeAt[node]]];
  }

  @Override
  public double leafValue(int leaf) {
    return form.condition()[leafAt[leaf]];
  }

  @Override
  public SplitColumn column(int node) {
    int at = nodeAt[node];
    int type = form.type()[at];
    int way = form.defaultLeft()[at];
    require(
        (type == 0 || type == 1) && (way == 0 || way == 1), "node %d: type %d, %d", at, type, way);
    int feature = form.feature()[at];
    if (type == 0) {
      return new SplitColumn.Below(feature, way == 1);
    }
    BitSet set = sets.get(at);
    if (set == null) {
      throw new InvalidModelException("tree %d: node %d has no categories".formatted(name, at));
    }
    return new SplitColumn.Others(feature, set, way == 1);
  }

  @Override
  public long bound(int node) {
    int at = nodeAt[node];
    if (form.type()[at] == 1) {
      return SplitColumn.EITHER;
    }
    float threshold = form.condition()[at];
    require(!Float.isNaN(threshold), "node %d has threshold %s", at, threshold);
    return SplitColumn.Below.bound(threshold);
  }

  private void require(boolean holds, String what, Object... args) {
    TreeTableBuilder.require(holds, name, what, args);
  }
}
