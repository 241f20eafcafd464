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
        List.of(new Point(12, 2)),
        2,
        4);
  }

  /** Proves what is claimed. */
  static Plan full() {
    return new Plan(
        List.of(
            new Batch(MarketKind.RANDOM_WALKS, FEW_TRIALS, 30),
            new Batch(MarketKind.FAIR_GAME, FEW_TRIALS, 60),
            new Batch(MarketKind.SMALL_COSTS, FEW_TRIALS, 50),
            new Batch(MarketKind.COSTS_ABOVE_EDGE, FEW_TRIALS, 50),
            new Batch(MarketKind.FAIR_GAME, REAL_SEARCH, 20)),
        List.of(new Point(4, 20), new Point(6, 20), new Point(8, 20), new Point(12, 30)),
        20,
        60);
  }

  /** Runs of the pipeline. */
  int runs() {
    return noEdge.stream().mapToInt(Batch::markets).sum()
        + planted.stream().mapToInt(Point::markets).sum()
        + shuffled
        + PlantedLeak.values().length;
  }
}
