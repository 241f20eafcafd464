package io.mlassets.decision;

import io.mlassets.market.Pair;
import io.mlassets.signal.Leg;
import io.mlassets.signal.Side;
import java.util.List;

/** The two orders of a spread position, as shares of its gross notional. */
public final class Legs {
  /** Keeps the second leg's weight above zero when β is. */
  private static final double MIN_BETA = 1e-6;

  private Legs() {}

  /**
   * Orders that open a position: {@code 1/(1+|β|)} of gross notional in the first leg and {@code
   * |β|/(1+|β|)} in the second; with a negative β both legs are on the same side.
   */
  public static List<Leg> entering(Pair pair, Direction direction, double beta) {
    Side first = direction == Direction.LONG_SPREAD ? Side.BUY : Side.SELL;
    Side second = beta < 0 ? first : first.opposite();
    double ratio = Math.max(Math.abs(beta), MIN_BETA);
    return List.of(
        new Leg(pair.a(), first, 1 / (1 + ratio)), new Leg(pair.b(), second, ratio / (1 + ratio)));
  }

  /** Orders that close what {@link #entering} opened. */
  public static List<Leg> closing(Pair pair, Direction direction, double beta) {
    return entering(pair, direction, beta).stream()
        .map(leg -> new Leg(leg.symbol(), leg.side().opposite(), leg.weight()))
        .toList();
  }
}
