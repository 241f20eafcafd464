package io.mlassets.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A reliability diagram: rows binned by probability, the mean probability of each bin beside its
 * share of ones.
 *
 * @param bins those with rows, by rising probability
 */
public record Reliability(List<Bin> bins) {

  /** Copies. */
  public Reliability {
    bins = List.copyOf(bins);
  }

  /**
   * One bin.
   *
   * @param rows rows in it, at least 1
   * @param mean their mean probability
   * @param rate their share of ones
   */
  public record Bin(int rows, double mean, double rate) {

    /**
     * Wilson's interval for the rate the bin's ones were drawn with (Wilson 1927).
     *
     * @param effective independent observations the rows are worth: at most their number, fewer
     *     where labels overlap
     * @param z standard errors on each side, such as 1.96
     */
    public Interval wilson(double effective, double z) {
      double square = z * z / effective;
      double centre = (rate + square / 2) / (1 + square);
      double half =
          z * Math.sqrt(rate * (1 - rate) / effective + square / (4 * effective)) / (1 + square);
      return new Interval(Math.max(0, centre - half), Math.min(1, centre + half));
    }
  }

  /**
   * An interval of rates.
   *
   * @param low lower end, in [0, 1]
   * @param high upper end, in [0, 1]
   */
  public record Interval(double low, double high) {}

  /** Bins of equal width over [0, 1], each closed above; the first holds 0. */
  public static Reliability ofWidth(double[] probabilities, double[] labels, int bins) {
    double[] edges = new double[bins - 1];
    Arrays.setAll(edges, i -> (i + 1.0) / bins);
    return of(probabilities, labels, edges);
  }

  /** Bins between quantiles (interpolated linearly), each closed above; equal values share one. */
  public static Reliability ofMass(double[] probabilities, double[] labels, int bins) {
    double[] sorted = probabilities.clone();
    Arrays.sort(sorted);
    double[] edges = new double[bins - 1];
    Arrays.setAll(edges, i -> quantile(sorted, (i + 1.0) / bins));
    return of(probabilities, labels, edges);
  }

  /** Mean distance of mean probability and share of ones, weighted by rows; in [0, 1]. */
  public double expectedCalibrationError() {
    double sum = 0;
    double rows = 0;
    for (Bin bin : bins) {
      sum += bin.rows() * Math.abs(bin.mean() - bin.rate());
      rows += bin.rows();
    }
    return sum / rows;
  }

  private static Reliability of(double[] probabilities, double[] labels, double[] edges) {
    Labels01.positives(probabilities, labels);
    int[] rows = new int[edges.length + 1];
    double[] said = new double[rows.length];
    double[] ones = new double[rows.length];
    for (int i = 0; i < probabilities.length; i++) {
      int bin = below(edges, probabilities[i]);
      rows[bin]++;
      said[bin] += probabilities[i];
      ones[bin] += labels[i];
    }
    List<Bin> bins = new ArrayList<>();
    for (int i = 0; i < rows.length; i++) {
      if (rows[i] > 0) {
        bins.add(new Bin(rows[i], said[i] / rows[i], ones[i] / rows[i]));
      }
    }
    return new Reliability(bins);
  }

  /** Number of edges below a value. */
  private static int below(double[] edges, double value) {
    int count = 0;
    while (count < edges.length && edges[count] < value) {
      count++;
    }
    return count;
  }

  private static double quantile(double[] sorted, double share) {
    double position = share * (sorted.length - 1);
    int low = (int) position;
    int high = Math.min(low + 1, sorted.length - 1);
    return sorted[low] + (position - low) * (sorted[high] - sorted[low]);
  }
}
