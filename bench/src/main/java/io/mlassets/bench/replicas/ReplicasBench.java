package io.mlassets.bench.replicas;

import io.mlassets.bench.Benchmark;
import io.mlassets.bench.Report;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Whether each bar of each pair is decided once whatever happens to the replicas. */
@Command(
    name = "replicas",
    mixinStandardHelpOptions = true,
    description =
        "Kills, stops, ends and starts inference processes that share 40 pairs while bars flow,"
            + " then compares bars and decisions.")
public final class ReplicasBench extends Benchmark {

  @Option(names = "--kills", description = "kills and pauses, instead of 200; at least 2")
  private @Nullable Integer kills;

  @Option(names = "--seed", description = "of moments and victims", defaultValue = "1")
  private long seed;

  @Override
  protected Report measure(boolean quick) throws Exception {
    Plan usual = Plan.of(quick);
    Plan plan = usual.with(kills == null ? usual.kills() : kills, seed);
    return ReplicasRun.run(plan, directory().resolve("replicas")).report();
  }
}
