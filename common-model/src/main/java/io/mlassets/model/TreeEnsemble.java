package io.mlassets.model;

/**
 * A trained tree model, walked in plain Java over flat arrays. Raw scores equal those of the engine
 * that trained it bit for bit. Immutable and safe to share.
 */
public final class TreeEnsemble {
  private TreeEnsemble() {}

  /** Reads LightGBM's text form; damage or an unknown form → {@link InvalidModelException}. */
  public static TreeEnsemble lightGbm(String text) {
    throw new UnsupportedOperationException("not yet: " + text.length());
  }

  /** Reads XGBoost's JSON form; damage or an unknown form → {@link InvalidModelException}. */
  public static TreeEnsemble xgboost(String json) {
    throw new UnsupportedOperationException("not yet: " + json.length());
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
    throw new UnsupportedOperationException("not yet");
  }

  /** Columns a row must have. */
  public int columns() {
    throw new UnsupportedOperationException("not yet");
  }

  /** Number of trees. */
  public int trees() {
    throw new UnsupportedOperationException("not yet");
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
    throw new UnsupportedOperationException("not yet");
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
