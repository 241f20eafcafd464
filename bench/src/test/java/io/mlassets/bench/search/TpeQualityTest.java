package io.mlassets.bench.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.bench.Report;
import io.mlassets.trainer.search.SearchSpaces;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Best values after 100 trials over 30 seeds against those of Optuna 5.0.0, as {@code
 * bench/peers/search.py} found them for seeds 0 to 29: of the search as it is shipped, with trials
 * side by side, the median is no worse; and with one trial at a time or side by side, values are
 * not worse by the test of Mann and Whitney at 1 % (two sets of Optuna's own seeds would fail as
 * rarely).
 */
@Tag("T-05")
class TpeQualityTest {
  private static final int SEEDS = 30;

  /** Of the share of pairs won by two equals: √((n + m + 1) / (12 n m)). */
  private static final double DEVIATION = Math.sqrt((2 * SEEDS + 1) / (12.0 * SEEDS * SEEDS));

  @ParameterizedTest
  @EnumSource(TestFunction.class)
  void the_median_of_the_search_as_shipped_is_no_worse_than_optuna_s(TestFunction function)
      throws Exception {
    assertThat(Report.median(ours(function, SearchSpaces.WINDOW)))
        .isLessThanOrEqualTo(Report.median(optuna(function)));
  }

  @ParameterizedTest
  @EnumSource(TestFunction.class)
  void the_search_as_shipped_wins_as_often_as_optuna(TestFunction function) throws Exception {
    assertNoWorse(ours(function, SearchSpaces.WINDOW), optuna(function));
  }

  @ParameterizedTest
  @EnumSource(TestFunction.class)
  void one_trial_at_a_time_wins_as_often_as_optuna(TestFunction function) throws Exception {
    assertNoWorse(ours(function, 1), optuna(function));
  }

  private static double[] ours(TestFunction function, int window) {
    return IntStream.range(0, SEEDS)
        .mapToDouble(seed -> function.best(100, seed, window))
        .toArray();
  }

  private static void assertNoWorse(double[] ours, double[] theirs) {
    double won = 0;
    for (double own : ours) {
      won += Arrays.stream(theirs).map(other -> own < other ? 1 : own == other ? 0.5 : 0).sum();
    }
    assertThat(theirs).hasSize(SEEDS);
    assertThat(won / SEEDS / SEEDS).isGreaterThan(0.5 - 2.33 * DEVIATION);
  }

  private static double[] optuna(TestFunction function) throws Exception {
    try (InputStream in = TpeQualityTest.class.getResourceAsStream("/optuna-5.0.0-best.csv")) {
      assertThat(in).isNotNull();
      String[] row =
          new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> line.startsWith(function.name() + ","))
              .findFirst()
              .orElseThrow()
              .split(",");
      return Arrays.stream(row).skip(1).mapToDouble(Double::parseDouble).toArray();
    }
  }
}
