package io.mlassets.trainer.search;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;

/**
 * One parameter over all trials of a study: where each value lies on the parameter's scale, in
 * which order, and what was computed of them. It grows trial by trial, because every proposal looks
 * at all of them again.
 */
final class Axis {
  private final Dimension dimension;
  private final Cells cells = new Cells();

  /** By trial number; NaN where the trial did not have the parameter. */
  private double[] values = new double[64];

  private double[] positions = new double[64];

  /** The width of each trial's kernel when it was last asked for, and the peak it has then. */
  private double[] widths = new double[64];

  private double[] peaks = new double[64];

  /** Trials that had it, by position; of equals the earlier first. */
  private int[] order = new int[64];

  private int trials;
  private int ordered;

  Axis(Dimension dimension) {
    this.dimension = dimension;
  }

  /** An axis of given values, one per trial. */
  static Axis of(Dimension dimension, double... values) {
    Axis axis = new Axis(dimension);
    for (double value : values) {
      axis.add(value);
    }
    return axis;
  }

  /** The next trial's value, NaN when it had none. */
  void add(double value) {
    if (trials == values.length) {
      values = Arrays.copyOf(values, 2 * trials);
      positions = Arrays.copyOf(positions, 2 * trials);
      widths = Arrays.copyOf(widths, 2 * trials);
      peaks = Arrays.copyOf(peaks, 2 * trials);
      order = Arrays.copyOf(order, 2 * trials);
    }
    values[trials] = value;
    if (!Double.isNaN(value)) {
      positions[trials] = position(dimension, value);
      int place = placeAfter(positions[trials]);
      System.arraycopy(order, place, order, place + 1, ordered - place);
      order[place] = trials;
      ordered++;
    }
    trials++;
  }

  private static double position(Dimension dimension, double value) {
    return switch (dimension) {
      case Dimension.Choice choice -> value;
      case Dimension.Real real -> Scale.of(real).inward(value);
      case Dimension.Whole whole -> Scale.of(whole).inward(value);
      case Dimension.When when -> position(when.dimension(), value);
    };
  }

  /** Behind all that are not above it. */
  private int placeAfter(double position) {
    int from = 0;
    int to = ordered;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (positions[order[middle]] <= position) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }

  Dimension dimension() {
    return dimension;
  }

  /** A whole number's cell: a place for the prior and, after it, one for each trial. */
  Cells.Row cell(int value, Scale scale) {
    return cells.of(value, scale, values.length + 1);
  }

  /** Trials told of. */
  int trials() {
    return trials;
  }

  boolean has(int trial) {
    return !Double.isNaN(values[trial]);
  }

  double value(int trial) {
    return values[trial];
  }

  double position(int trial) {
    return positions[trial];
  }

  /** The peak of a trial's kernel, which seldom changes its width. */
  double peak(int trial, double width, DoubleBinaryOperator ofCenterAndWidth) {
    if (widths[trial] != width) {
      widths[trial] = width;
      peaks[trial] = ofCenterAndWidth.applyAsDouble(positions[trial], width);
    }
    return peaks[trial];
  }

  /**
   * The order of some trials that all had the parameter.
   *
   * @return places among them, by position; of equals the earlier trial first
   */
  int[] orderOf(Chosen chosen) {
    int[] places = chosen.places();
    int[] sorted = new int[chosen.count()];
    int count = 0;
    for (int i = 0; i < ordered; i++) {
      int place = places[order[i]];
      if (place >= 0) {
        sorted[count++] = place;
      }
    }
    return sorted;
  }
}
