package io.mlassets.suite.market;

import io.mlassets.market.Bar;
import io.mlassets.market.BarInterval;
import io.mlassets.market.Pair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Both legs of one pair: {@code ln B = factor}, {@code ln A = level + β·factor + spread}, where the
 * factor follows the market and a motion of its own.
 */
final class PairProcess {
  private static final int STEPS = 4;
  private static final double FACTOR_VOLATILITY = 4e-4;
  private static final double MARKET_SHARE = 0.4;
  private static final double FACTOR_JUMP_CHANCE = 1 / 2_000.0;
  private static final double SPREAD_JUMP_CHANCE = 1 / 4_000.0;
  private static final double FACTOR_JUMP = 30e-4;
  private static final double SPREAD_JUMP = 15e-4;
  private static final double GAP_BARS = 20;

  private final RandomGenerator random;
  private final VolatilityClusters volatility = new VolatilityClusters();
  private final SpreadProcess spread;
  private final BarDraft draftA;
  private final BarDraft draftB;
  private final double beta;
  private final double levelA;
  private double factor;
  final List<Bar> barsA = new ArrayList<>();
  final List<Bar> barsB = new ArrayList<>();
  final List<PairTruth> truth = new ArrayList<>();

  PairProcess(Pair pair, BarInterval interval, double revertingShare, RandomGenerator random) {
    this.random = random;
    this.beta = 0.8 + 0.5 * random.nextDouble();
    this.factor = StrictMath.log(50 + 100 * random.nextDouble());
    this.levelA = StrictMath.log(50 + 100 * random.nextDouble()) - beta * factor;
    this.spread = new SpreadProcess(revertingShare, random);
    this.draftA = new BarDraft(pair.a(), interval);
    this.draftB = new BarDraft(pair.b(), interval);
  }

  /**
   * Adds one bar to both legs.
   *
   * @param market the market's moves in this bar, one per step, in deviations
   * @param gap whether the session was closed before this bar
   */
  void bar(Instant ts, double[] market, boolean gap) {
    volatility.startBar(random);
    spread.startBar(random);
    double multiple = volatility.multiple();
    if (gap) {
      jumpOverTheGap(multiple);
    }
    draftA.open(logA());
    draftB.open(factor);
    maybeJump();
    for (double move : market) {
      factor += multiple * factorMove(move);
      spread.move(1.0 / STEPS, volatility.spreadMultiple(), random);
      draftA.trade(logA());
      draftB.trade(factor);
    }
    barsA.add(draftA.finish(ts, volume(multiple)));
    barsB.add(draftB.finish(ts, volume(multiple)));
    truth.add(new PairTruth(beta, spread.deviation(), spread.reverting()));
  }

  static double[] marketMoves(RandomGenerator random) {
    double[] moves = new double[STEPS];
    for (int i = 0; i < STEPS; i++) {
      moves[i] = random.nextGaussian();
    }
    return moves;
  }

  private double factorMove(double market) {
    double own = random.nextGaussian();
    double mixed = Math.sqrt(MARKET_SHARE) * market + Math.sqrt(1 - MARKET_SHARE) * own;
    return FACTOR_VOLATILITY / Math.sqrt(STEPS) * mixed;
  }

  private void jumpOverTheGap(double multiple) {
    double size = multiple * Math.sqrt(GAP_BARS);
    factor += size * FACTOR_VOLATILITY * random.nextGaussian();
    spread.jump(0.25 * size * SpreadProcess.VOLATILITY * random.nextGaussian());
  }

  private void maybeJump() {
    if (random.nextDouble() < FACTOR_JUMP_CHANCE) {
      factor += FACTOR_JUMP * random.nextGaussian();
    }
    if (random.nextDouble() < SPREAD_JUMP_CHANCE) {
      spread.jump(SPREAD_JUMP * random.nextGaussian());
    }
  }

  private double logA() {
    return levelA + beta * factor + spread.spread();
  }

  private double volume(double multiple) {
    return Math.rint(200 * multiple * StrictMath.exp(0.4 * random.nextGaussian()));
  }
}
