package io.mlassets.trainer.theta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R-04")
class GaussianProcessTest {

  private static double[][] lattice(int width) {
    double[][] points = new double[width * width][];
    for (int i = 0; i < points.length; i++) {
      points[i] = new double[] {i / width / (width - 1.0), i % width / (width - 1.0)};
    }
    return points;
  }

  private static double hill(double[] at) {
    return 2 - 3 * (at[0] - 0.4) * (at[0] - 0.4) - 4 * (at[1] - 0.7) * (at[1] - 0.7);
  }

  @Test
  void finds_a_smooth_hill_under_noise() {
    SplittableRandom random = new SplittableRandom(2);
    double[][] points = lattice(12);
    double[] values = new double[points.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = hill(points[i]) + 0.3 * random.nextGaussian();
    }
    GaussianProcess process = GaussianProcess.fit(points, values);
    double squares = 0;
    double raw = 0;
    for (int i = 0; i < values.length; i++) {
      squares += Math.pow(process.mean(points[i]) - hill(points[i]), 2) / values.length;
      raw += Math.pow(values[i] - hill(points[i]), 2) / values.length;
    }
    assertThat(Math.sqrt(squares)).isLessThan(0.4 * Math.sqrt(raw));
  }

  @Test
  void a_lonely_peak_hardly_moves_the_surface_and_a_plateau_does() {
    double[][] points = lattice(12);
    SplittableRandom random = new SplittableRandom(4);
    double[] values = new double[points.length];
    for (int i = 0; i < values.length; i++) {
      boolean plateau = points[i][0] > 0.6 && points[i][1] > 0.6;
      values[i] = (plateau ? 2 : 0) + 0.1 * random.nextGaussian();
    }
    values[0] = 3;
    GaussianProcess process = GaussianProcess.fit(points, values);
    assertThat(process.mean(points[0])).isLessThan(process.mean(new double[] {0.85, 0.85}));
  }

  /** Against the closed form worked out with NumPy, its lattice and likelihood included. */
  @Test
  void mean_and_deviation_are_those_of_the_closed_form() {
    double[][] points = {{0, 0}, {1, 0}, {0.5, 0.5}, {0.2, 0.9}, {0.8, 0.7}};
    GaussianProcess process = GaussianProcess.fit(points, new double[] {1, -1, 0.5, 0.3, 2});
    double[] at = {0.6, 0.6};
    assertThat(process.mean(at)).isCloseTo(0.9902366379627341, within(1e-10));
    assertThat(process.deviation(at)).isCloseTo(0.6330367399759853, within(1e-10));
  }
}
