package io.mlassets.trainer.report;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;

/**
 * One axis of a chart.
 *
 * @param low value at its start
 * @param high value at its end, above {@code low}
 * @param label what it shows, with the unit
 * @param ticks values marked
 * @param format how they are written
 */
record Axis(
    double low, double high, String label, List<Double> ticks, DoubleFunction<String> format) {
  private static final int TIME_TICKS = 4;

  /** Round ticks within; a range of nothing is widened. */
  static Axis of(String label, double low, double high) {
    double top = high > low ? high : low + 1;
    double step = step((top - low) / 5);
    List<Double> ticks = new ArrayList<>();
    for (double tick = Math.ceil(low / step) * step; tick <= top + step * 1e-9; tick += step) {
      // Adding 0 makes −0 a 0.
      ticks.add(Math.rint(tick / step) * step + 0.0);
    }
    int digits = (int) Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
    return new Axis(
        low,
        top,
        label,
        ticks,
        value -> String.format(Locale.ROOT, "%." + digits + "f", value).replace('-', '−'));
  }

  /** Shares written as per cent. */
  static Axis ofShares(String label, double low, double high) {
    Axis percent = of(label, 100 * low, 100 * high);
    return new Axis(
        percent.low / 100,
        percent.high / 100,
        label,
        percent.ticks.stream().map(tick -> tick / 100).toList(),
        value -> percent.format.apply(100 * value) + "%");
  }

  /** Time in seconds since 1970. */
  static Axis ofTime(Instant from, Instant to) {
    double low = from.getEpochSecond();
    double high = to.getEpochSecond();
    long days = Duration.between(from, to).toDays();
    DateTimeFormatter format =
        DateTimeFormatter.ofPattern(
            days > 200 ? "MMM yyyy" : days > 4 ? "d MMM" : "d MMM HH:mm", Locale.ENGLISH);
    List<Double> ticks = new ArrayList<>();
    for (int i = 0; i < TIME_TICKS; i++) {
      ticks.add(low + (high - low) * (i + 0.5) / TIME_TICKS);
    }
    return new Axis(
        low,
        high,
        "time (UTC)",
        ticks,
        value -> format.format(Instant.ofEpochSecond((long) value).atOffset(ZoneOffset.UTC)));
  }

  private static double step(double least) {
    double power = Math.pow(10, Math.floor(Math.log10(least)));
    for (double factor : new double[] {1, 2, 5}) {
      if (factor * power >= least) {
        return factor * power;
      }
    }
    return 10 * power;
  }

  /** Where a value lies, 0 at the start and 1 at the end; values beyond are drawn at the edge. */
  double share(double value) {
    return Math.max(0, Math.min(1, (value - low) / (high - low)));
  }
}
