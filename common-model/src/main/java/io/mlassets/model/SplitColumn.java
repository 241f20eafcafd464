package io.mlassets.model;

import java.util.BitSet;

/**
 * A feature as splits ask about it: its value becomes a key, and a split sends a row right where
 * the key is above the split's bound. Keys are {@code double}s ordered as {@code long}s, so that
 * one comparison serves both engines; what a missing value or a category does to the way is in the
 * key. Columns are equal when they make the same keys.
 */
sealed interface SplitColumn {
  /** A key below every bound. */
  long LEFT = Long.MIN_VALUE;

  /** A key above every bound. */
  long RIGHT = Long.MAX_VALUE;

  /** The bound of a split that asks for categories. */
  long EITHER = 0;

  /** Position of the feature in a row. */
  int feature();

  /** The key of one value. */
  long key(double value);

  /** The keys of one row after the other, {@code stride} values apart from {@code offset} on. */
  default void keys(double[] rows, int offset, int stride, int count, long[] keys) {
    int at = offset + feature();
    for (int i = 0; i < count; i++) {
      keys[i] = key(rows[at]);
      at += stride;
    }
  }

  /** A number as a {@code long} of the same order; not for NaN, and one key for both zeros. */
  static long ordered(double value) {
    long bits = Double.doubleToRawLongBits(value + 0.0);
    return bits ^ (bits >> 63 >>> 1);
  }

  private static long way(boolean left) {
    return left ? LEFT : RIGHT;
  }

  /** What LightGBM takes for missing. */
  enum Missing {
    /** Nothing: NaN is zero. */
    NONE,
    /** Zero, and NaN with it. */
    ZERO,
    /** NaN. */
    NAN
  }

  /**
   * LightGBM's numbers: up to the threshold goes left.
   *
   * @param missing what is missing
   * @param missingLeft where that goes; false when nothing is missing
   */
  record UpTo(int feature, Missing missing, boolean missingLeft) implements SplitColumn {
    /** LightGBM's {@code kZeroThreshold}: what is nearer to zero is zero. */
    private static final double ZERO = 1e-35f;

    /** The bound of a threshold. */
    static long bound(double threshold) {
      return ordered(threshold);
    }

    @Override
    public long key(double value) {
      boolean nan = Double.isNaN(value);
      boolean zero = nan || Math.abs(value) <= ZERO;
      return switch (missing) {
        case NONE -> ordered(zero ? 0 : value);
        case ZERO -> zero ? way(missingLeft) : ordered(value);
        case NAN -> nan ? way(missingLeft) : ordered(zero ? 0 : value);
      };
    }
  }

  /**
   * XGBoost's numbers, cut to floats: below the threshold goes left, NaN is missing.
   *
   * @param missingLeft where what is missing goes
   */
  record Below(int feature, boolean missingLeft) implements SplitColumn {

    /** The bound of a threshold: the key before its own. */
    static long bound(double threshold) {
      return ordered(threshold) - 1;
    }

    @Override
    public long key(double value) {
      float cut = (float) value;
      return Float.isNaN(cut) ? way(missingLeft) : ordered(cut);
    }
  }

  /** A feature that holds categories: a value is one of them, or none, and each has its way. */
  sealed interface Categories extends SplitColumn {
    /** Above every category of a set: a set is as large as its largest. */
    int MOST = 1_024;

    /** What is no category. */
    int NONE = -1;

    /** What XGBoost takes for missing. */
    int MISSING = -2;

    /** The categories the split asks for. */
    BitSet set();

    /** The category of a value, or {@link #NONE} or {@link #MISSING}; the same for every set. */
    int category(double value);

    /** The way of a category, or of {@link #NONE} or {@link #MISSING}. */
    boolean goesLeft(int category);

    @Override
    default long key(double value) {
      return way(goesLeft(category(value)));
    }
  }

  /**
   * LightGBM's categories: a member goes left. The value is cut to a whole number; NaN, negative
   * and huge ones are no members.
   */
  record Members(int feature, BitSet set) implements Categories {

    @Override
    public int category(double value) {
      return value > -1 && value < Integer.MAX_VALUE ? (int) value : NONE;
    }

    @Override
    public boolean goesLeft(int category) {
      return category >= 0 && set.get(category);
    }
  }

  /**
   * XGBoost's categories: a member goes right, and what can be no category goes left.
   *
   * @param missingLeft where NaN goes
   */
  record Others(int feature, BitSet set, boolean missingLeft) implements Categories {
    private static final float MAX_CATEGORY = 1 << 24;

    @Override
    public int category(double value) {
      float cut = (float) value;
      if (Float.isNaN(cut)) {
        return MISSING;
      }
      return cut < 0 || cut >= MAX_CATEGORY ? NONE : (int) cut;
    }

    @Override
    public boolean goesLeft(int category) {
      return category == MISSING ? missingLeft : category == NONE || !set.get(category);
    }
  }
}
