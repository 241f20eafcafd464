package io.mlassets.bench.faults;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Other amounts than the usual ones, so that the long form, which takes hours, can be run in parts:
 * each part ends with the whole comparison.
 */
final class Amounts {
  @Option(names = "--kills", description = "processes to kill, instead of 1,000")
  private @Nullable Integer kills;

  @Option(names = "--signals", description = "that flow at least before Redis is wiped")
  private @Nullable Integer signals;

  @Option(names = "--wipes", description = "times Redis loses everything, instead of 100")
  private @Nullable Integer wipes;

  @Option(names = "--pauses", description = "times the leader is stopped, instead of 200")
  private @Nullable Integer pauses;

  @Option(names = "--halts", description = "halts under load, instead of 100")
  private @Nullable Integer halts;

  @Option(names = "--damaged", description = "documents that say nothing true, instead of 100,000")
  private @Nullable Integer damaged;

  @Option(names = "--spoiled", description = "times the network is spoiled in each way, not 200")
  private @Nullable Integer spoiled;

  @Option(names = "--seed", description = "of moments and victims, 1 unless told")
  private @Nullable Long seed;

  /** The plan with these amounts. */
  Plan instead(Plan usual) {
    return new Plan(
        kills == null ? usual.kills() : kills,
        signals == null ? usual.signals() : signals,
        wipes == null ? usual.wipes() : wipes,
        pauses == null ? usual.pauses() : pauses,
        halts == null ? usual.halts() : halts,
        damaged == null ? usual.damaged() : damaged,
        spoiled == null ? usual.spoiled() : spoiled,
        usual.barsPerSecond(),
        seed == null ? usual.seed() : seed);
  }
}
