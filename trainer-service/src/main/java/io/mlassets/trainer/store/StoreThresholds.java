package io.mlassets.trainer.store;

import io.mlassets.backtest.Period;
import io.mlassets.model.ModelVersion;
import io.mlassets.platform.database.CopyLine;
import io.mlassets.platform.database.CopyRows;
import io.mlassets.trainer.theta.NestedThresholds;
import io.mlassets.trainer.theta.ThetaSurface;
import io.mlassets.trainer.theta.ThresholdChoice;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Stores which thresholds a backtest's figures were made by, and the cells they came from. */
final class StoreThresholds {
  private static final int LIVE = -1;
  private final CopyRows copy;

  StoreThresholds(CopyRows copy) {
    this.copy = copy;
  }

  void store(ModelVersion version, NestedThresholds thresholds, ThetaSurface surface) {
    List<CopyLine> choices = new ArrayList<>();
    for (int fold = 0; fold < thresholds.perFold().size(); fold++) {
      Period judged = thresholds.periods().get(fold);
      choices.add(line(version, fold, judged, thresholds.perFold().get(fold)));
    }
    choices.add(line(version, LIVE, null, thresholds.live()));
    copy.into(
        "core.backtest_thresholds (model_version, fold, judged_from, judged_to, theta1, theta2,"
            + " pass_rate, pass_rate_reachable)",
        choices.stream());
    copy.into(
        "core.theta_cells (model_version, number, theta1, theta2, refinement, sharpe, smoothed,"
            + " trades, pass_rate)",
        IntStream.range(0, surface.cells().size())
            .mapToObj(number -> line(version, number, surface)));
  }

  private static CopyLine line(
      ModelVersion version, int fold, @Nullable Period judged, ThresholdChoice choice) {
    CopyLine line = new CopyLine().text(version.value()).number(fold);
    if (judged == null) {
      line.text(null).text(null);
    } else {
      line.time(judged.from()).time(upToMicros(judged.to()));
    }
    return line.number(choice.thresholds().theta1())
        .number(choice.thresholds().theta2())
        .number(choice.passRate())
        .text(String.valueOf(choice.passRateReachable()));
  }

  /** The table counts microseconds; an end that is excluded must not fall on a bar it includes. */
  private static Instant upToMicros(Instant end) {
    Instant micros = end.truncatedTo(ChronoUnit.MICROS);
    return micros.equals(end) ? end : micros.plus(1, ChronoUnit.MICROS);
  }

  private static CopyLine line(ModelVersion version, int number, ThetaSurface surface) {
    ThetaSurface.Cell cell = surface.cells().get(number);
    return new CopyLine()
        .text(version.value())
        .number(number)
        .number(cell.thresholds().theta1())
        .number(cell.thresholds().theta2())
        .text(String.valueOf(number >= surface.gridCells()))
        .text(figure(cell.sharpe()))
        .text(figure(cell.smoothed()))
        .number(cell.trades())
        .text(figure(cell.passRate()));
  }

  private static @Nullable String figure(@Nullable Double value) {
    return value == null || !Double.isFinite(value) ? null : value.toString();
  }
}
