package io.mlassets.model;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A trained tree model, evaluated in Java over flat arrays. Raw scores equal those of the engine
 * that trained it bit for bit. Immutable and safe to share.
 */
public final class TreeEnsemble {
  /** From this many rows on a block is worth its while. */
  private static final int FEW_ROWS = 12;

  private static final boolean BLOCKS_ARE_QUICK = areBlocksQuick();

  private final Objective objective;
  private final TreeTable table;
  private final RowScorer scorer;

  /** Made when first asked for; made twice it is the same. */
  private volatile @Nullable RowBlocks blocks;

  private TreeEnsemble(Objective objective, TreeTable table) {
    this.objective = objective;
    this.table = table;
    this.scorer =
        table.mostLeaves() <= QuickScorer.MOST_LEAVES
            ? new QuickScorer(table)
            : new TreeWalk(table);
  }

  /** Vectors are quick only where they are there and compiled to the end. */
  private static boolean areBlocksQuick() {
    String compiler = System.getProperty("java.vm.info", "");
    return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
        && compiler.startsWith("mixed mode")
        && !compiler.contains("emulated-client");
  }

  /** Reads LightGBM's text form; damage or an unknown form → {@link InvalidModelException}. */
  public static TreeEnsemble lightGbm(String text) {
    LightGbmText.Parsed parsed = LightGbmText.parse(text);
    return new TreeEnsemble(parsed.objective(), parsed.table());
  }

  /** Reads XGBoost's JSON form; damage or an unknown form → {@link InvalidModelException}. */
  public static TreeEnsemble xgboost(String json) {
    XgBoostJson.Parsed parsed = XgBoostJson.parse(json);
    return new TreeEnsemble(parsed.objective(), parsed.table());
  }

  /** Reads the form {@code engine} writes. */
  public static TreeEnsemble of(EngineId engine, String text) {
    return switch (engine) {
      case LIGHTGBM -> lightGbm(text);
      case XGBOOST -> xgboost(text);
    };
  }

  /** What the model was trained for. */
  public Objective objective() {
    return objective;
  }

  /** Columns a row must have. */
  public int columns() {
    return table.width;
  }

  /** What splits ask for categories. */
  Stream<SplitColumn.Categories> sets() {
    return table.columns.stream()
        .filter(SplitColumn.Categories.class::isInstance)
        .map(SplitColumn.Categories.class::cast);
  }

  /** Number of trees. */
  public int trees() {
    return table.trees();
  }

  /**
   * The raw score of one row: log odds or the regression's value.
   *
   * @param row as many values as {@link #columns()}; NaN is missing
   */
  public double raw(double[] row) {
    return raw(row, 0);
  }

  /** The raw score of the row that starts at {@code offset} of a row-major matrix. */
  public double raw(double[] rows, int offset) {
    return scorer.raw(rows, offset);
  }

  /** The raw scores of all rows of a row-major matrix of {@link #columns()} columns. */
  public double[] rawAll(double[] rowMajor) {
    double[] scores = new double[rowMajor.length / columns()];
    if (BLOCKS_ARE_QUICK
        && scores.length >= FEW_ROWS
        && table.mostLeaves() <= RowBlocks.MOST_LEAVES) {
      RowBlocks made = blocks;
      if (made == null) {
        made = new RowBlocks(table);
        blocks = made;
      }
      made.score(rowMajor, scores);
      return scores;
    }
    for (int i = 0; i < scores.length; i++) {
      scores[i] = raw(rowMajor, i * columns());
    }
    return scores;
  }
}
