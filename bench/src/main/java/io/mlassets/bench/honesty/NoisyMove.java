package io.mlassets.bench.honesty;

import io.mlassets.feature.MarketView;
import io.mlassets.market.PairBar;
import java.util.SplittableRandom;
import java.util.function.ToDoubleBiFunction;

/** The spread's next move, hidden under noise as large as itself. */
final class NoisyMove implements ToDoubleBiFunction<MarketView, PairBar> {
  private static final double USUAL_MOVE = 5e-4;
  private final SplittableRandom random;

  NoisyMove(long seed) {
    random = new SplittableRandom(seed);
  }

  @Override
  public double applyAsDouble(MarketView view, PairBar next) {
    double a = Math.log(next.a().close()) - view.spread().logA();
    double b = Math.log(next.b().close()) - view.spread().logB();
    return a - view.spread().beta() * b + USUAL_MOVE * random.nextGaussian();
  }
}
