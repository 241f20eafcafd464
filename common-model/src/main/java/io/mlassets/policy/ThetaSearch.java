package io.mlassets.policy;

import io.mlassets.decision.Thresholds;
import java.util.ArrayList;
import java.util.List;

/**
 * Where thresholds are looked for.
 *
 * @param theta1 range of θ1
 * @param theta2 range of θ2
 * @param step grid step, in (0, 0.25]
 * @param refinements cells looked at between the grid's after it, 0 to 200
 */
public record ThetaSearch(Range theta1, Range theta2, double step, int refinements) {

  /** Refuses values out of range with {@link IllegalArgumentException}. */
  public ThetaSearch {
    if (!(step > 0 && step <= 0.25)) {
      throw new IllegalArgumentException("theta_step %s is not in (0, 0.25]".formatted(step));
    }
    if (refinements < 0 || refinements > 200) {
      throw new IllegalArgumentException(
          "theta_refinements %d is not in [0, 200]".formatted(refinements));
    }
  }

  /** Every cell of the grid, θ1 outer, both ends included; values rounded to four decimals. */
  public List<Thresholds> grid() {
    List<Thresholds> cells = new ArrayList<>();
    for (double t1 : points(theta1)) {
      for (double t2 : points(theta2)) {
        cells.add(new Thresholds(t1, t2));
      }
    }
    return List.copyOf(cells);
  }

  private List<Double> points(Range range) {
    int last = (int) Math.floor((range.high() - range.low()) / step + 1e-9);
    List<Double> points = new ArrayList<>();
    for (int i = 0; i <= last; i++) {
      points.add(Math.round((range.low() + i * step) * 1e4) / 1e4);
    }
    return points;
  }
}
