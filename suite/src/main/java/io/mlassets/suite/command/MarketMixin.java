package io.mlassets.suite.command;

import io.mlassets.market.BarInterval;
import io.mlassets.market.Pair;
import io.mlassets.suite.bars.MarketChoice;
import io.mlassets.suite.market.SimulationSpec;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which bars; the same for every command that reads some. */
public final class MarketMixin {
  @Option(
      names = "--bars",
      paramLabel = "DIR",
      description = "Folder of SYMBOL.csv[.gz]; without it, the seeded market simulator.")
  private @Nullable Path bars;

  @Option(
      names = "--pairs",
      paramLabel = "A/B",
      split = ",",
      description = "Pairs, such as XAUUSD/XAGUSD,US500/USTEC; needed with --bars.")
  private List<Pair> pairs = List.of();

  @Option(names = "--interval", description = "Length of a bar, PT1M or PT1H.")
  private BarInterval interval = BarInterval.M1;

  @Option(
      names = "--history",
      paramLabel = "N",
      description = "Simulated bars per symbol to train on.")
  private int history = 20_000;

  @Option(
      names = "--replay",
      paramLabel = "N",
      description = "The last N bars are kept back to be replayed as if live.")
  private int replay = 900;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of the simulated market and of training.")
  private long seed = 20_251_014;

  @Option(
      names = "--edge",
      paramLabel = "E",
      description = "Annual Sharpe ratio there is to find in the simulated market; 0 for none.")
  private double edge = SimulationSpec.DEFAULT_EDGE;

  MarketChoice choice() {
    return new MarketChoice(bars, pairs, interval, history, replay, seed, edge);
  }
}
