package io.mlassets.suite.demo;

import io.mlassets.suite.bars.MarketChoice;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What to demonstrate.
 *
 * @param market the bars; its seed is the training's as well
 * @param speed bar times per second of the replay
 * @param exit whether to end after the summary
 * @param report where to write the report; null for nowhere
 * @param trials search trials per engine and model; null for the policy's
 */
public record DemoOptions(
    MarketChoice market,
    double speed,
    boolean exit,
    @Nullable Path report,
    @Nullable Integer trials) {

  private static final double MAX_SPEED = 50;

  /** Refuses values out of range with {@link IllegalArgumentException}. */
  public DemoOptions {
    if (market.replay() < 1) {
      throw new IllegalArgumentException("--replay %d is not positive".formatted(market.replay()));
    }
    requireSpeed(speed);
  }

  /** Refuses a pace nobody can keep with {@link IllegalArgumentException}. */
  public static void requireSpeed(double speed) {
    if (!(speed > 0 && speed <= MAX_SPEED)) {
      throw new IllegalArgumentException(
          "--speed %s is not in (0, %s] bars per second".formatted(speed, MAX_SPEED));
    }
  }
}
