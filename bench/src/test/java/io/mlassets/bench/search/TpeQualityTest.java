package io.mlassets.bench.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.bench.Report;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Best values after 100 trials over 30 seeds against Optuna 5.0.0's, as {@code
 * bench/peers/search.py} found them for seeds 0 to 29: our median is not above the upper end of the
 * 95 % interval of its median (the 20th of the 30 values; the median itself stands beside it). Two
 * runs of Optuna with other seeds differ by as much.
 */
@Tag("T-05")
class TpeQualityTest {

  @ParameterizedTest
  @CsvSource({
    "MIXED, 0.04124426219845298, 0.0759148127353872",
    "SPHERE, 0.1070626107120306, 0.13950691933255072",
    "ROSENBROCK, 0.10356564276423408, 0.12242614262531676",
    "BRANIN, 0.41832962923383565, 0.4278880392302913",
    "CONDITIONAL, 0.0024347398064090892, 0.006075143346452922"
  })
  void the_search_finds_values_no_worse_than_optuna_s(
      TestFunction function, double median, double upper) {
    double ours =
        Report.median(
            IntStream.range(0, 30).mapToDouble(seed -> function.best(100, seed, 1)).toArray());
    System.out.printf("%s: median %s, Optuna %s%n", function, ours, median);
    assertThat(ours).isLessThanOrEqualTo(upper);
  }
}
