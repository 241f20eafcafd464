package io.mlassets.bench;

import io.mlassets.bench.damage.DamageBench;
import io.mlassets.bench.dispatch.DispatchBench;
import io.mlassets.bench.faults.FaultsBench;
import io.mlassets.bench.honesty.HonestyBench;
import io.mlassets.bench.inference.InferenceBench;
import io.mlassets.bench.load.LoadBench;
import io.mlassets.bench.metrics.MetricsBench;
import io.mlassets.bench.replicas.ReplicasBench;
import io.mlassets.bench.search.SearchBench;
import io.mlassets.bench.training.TrainingBench;
import io.mlassets.suite.console.Logs;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Entry point of {@code ./ml-assets bench}: one subcommand per benchmark. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Measures the suite beside its peers; prints a table and writes JSON.",
    subcommands = {
      HonestyBench.class,
      TrainingBench.class,
      SearchBench.class,
      MetricsBench.class,
      InferenceBench.class,
      DispatchBench.class,
      LoadBench.class,
      FaultsBench.class,
      DamageBench.class,
      ReplicasBench.class
    })
public final class BenchMain {
  private BenchMain() {}

  /** Runs one benchmark; exit code 0 done, 1 failed or a bound broken, 2 wrong usage. */
  public static void main(String[] args) {
    Logs.toFiles();
    int code = commandLine().execute(args);
    System.out.flush();
    System.exit(code);
  }

  static CommandLine commandLine() {
    return new CommandLine(new BenchMain());
  }
}
