package io.mlassets.bench.honesty;

import java.util.List;

/**
 * How many markets of what are judged.
 *
 * @param noEdge markets without an edge
 * @param planted points of the power curve by years, the last the one power is claimed for
 * @param shuffled markets with shuffled labels
 * @param histories of twelve years the truth is measured over
 */
record Plan(List<Batch> noEdge, List<Point> planted, int shuffled, int histories) {
  /** Enough for start-up trials, nothing more. */
  static final int FEW_TRIALS = 2;

  /**
   * What theory asks for at the Sharpe ratio of 2 and the trials that are counted, and a fifth
   * more.
   */
  private static final double CLAIMED_YEARS = 9;

  /** Enough that trials are proposed by earlier ones, and pruned against them. */
  private static final int REAL_SEARCH = 16;

  /**
   * Markets of one kind.
   *
   * @param trials parameter trials per engine and model
   */
  record Batch(MarketKind kind, int trials, int markets) {}

  /** Markets of one length. */
  record Point(double years, int markets) {}

  /** Ends within two minutes. */
  static Plan quick() {
    return new Plan(
        List.of(
            new Batch(MarketKind.RANDOM_WALKS, FEW_TRIALS, 2),
            new Batch(MarketKind.FAIR_GAME, FEW_TRIALS, 2),
            new Batch(MarketKind.SMALL_COSTS, FEW_TRIALS, 2),
            new Batch(MarketKind.COSTS_ABOVE_EDGE, FEW_TRIALS, 2)),
        List.of(new Point(CLAIMED_YEARS, 2)),
        2,
        4);
  }

  /** Proves what is claimed. */
  static Plan full() {
    return new Plan(
        List.of(
            new Batch(MarketKind.RANDOM_WALKS, FEW_TRIALS, 20),
            new Batch(MarketKind.FAIR_GAME, FEW_TRIALS, 60),
            new Batch(MarketKind.SMALL_COSTS, FEW_TRIALS, 50),
            new Batch(MarketKind.COSTS_ABOVE_EDGE, FEW_TRIALS, 50),
            new Batch(MarketKind.FAIR_GAME, REAL_SEARCH, 20)),
        List.of(new Point(3, 10), new Point(5, 10), new Point(7, 10), new Point(CLAIMED_YEARS, 25)),
        12,
        40);
  }

  /** Runs of the pipeline. */
  int runs() {
    return noEdge.stream().mapToInt(Batch::markets).sum()
        + planted.stream().mapToInt(Point::markets).sum()
        + shuffled
        + PlantedLeak.values().length;
  }
}
