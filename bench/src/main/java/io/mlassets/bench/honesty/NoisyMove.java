package io.mlassets.bench.honesty;

import io.mlassets.feature.MarketView;
import io.mlassets.market.PairBar;
import java.util.SplittableRandom;
import java.util.function.ToDoubleBiFunction;

/** The spread's next move, hidden under noise a few times as large as itself. */
final class NoisyMove implements ToDoubleBiFunction<MarketView, PairBar> {
  private static final double USUAL_MOVE = 5e-4;
  private final double noise;
  private final SplittableRandom random;

  /** Noise so many times as large as the usual move. */
  NoisyMove(double times, long seed) {
    noise = times * USUAL_MOVE;
    random = new SplittableRandom(seed);
  }

  @Override
  public double applyAsDouble(MarketView view, PairBar next) {
    double a = Math.log(next.a().close()) - view.spread().logA();
    double b = Math.log(next.b().close()) - view.spread().logB();
    return a - view.spread().beta() * b + noise();
  }

  /** Noise alone. */
  double noise() {
    return noise * random.nextGaussian();
  }
}
