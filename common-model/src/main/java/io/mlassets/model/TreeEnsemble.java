package io.mlassets.model;

/**
 * A trained tree model, walked in plain Java over flat arrays. Raw scores equal those of the engine
 * that trained it bit for bit. Immutable and safe to share.
 */
public final class TreeEnsemble {
  private final Objective objective;
  private final TreeWalk walk;

  private TreeEnsemble(Objective objective, TreeWalk walk) {
    this.objective = objective;
    this.walk = walk;
  }

  /** Reads LightGBM's text form; damage or an unknown form → {@link InvalidModelException}. */
  public static TreeEnsemble lightGbm(String text) {
    LightGbmText.Parsed parsed = LightGbmText.parse(text);
    return new TreeEnsemble(parsed.objective(), new LightGbmWalk(parsed.table()));
  }

  /** Reads XGBoost's JSON form; damage or an unknown form → {@link InvalidModelException}. */
  public static TreeEnsemble xgboost(String json) {
    XgBoostJson.Parsed parsed = XgBoostJson.parse(json);
    return new TreeEnsemble(
        parsed.objective(), new XgBoostWalk(parsed.table(), parsed.baseMargin()));
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
    return walk.table().columns;
  }

  /** Number of trees. */
  public int trees() {
    return walk.table().roots.length;
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
    return walk.raw(rows, offset);
  }

  /** The raw scores of all rows of a row-major matrix of {@link #columns()} columns. */
  public double[] rawAll(double[] rowMajor) {
    double[] scores = new double[rowMajor.length / columns()];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = raw(rowMajor, i * columns());
    }
    return scores;
  }
}
