package io.mlassets.suite.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Says that there are no benchmarks yet. */
@Command(name = "bench", description = "Benchmarks. There are none yet.")
public final class BenchCommand implements Callable<Integer> {
  @Parameters(arity = "0..*", hidden = true)
  private String[] ignored = {};

  @Override
  public Integer call() {
    System.err.println(
        "ml-assets: there are no benchmarks yet%s; the demo's report has the latency of a replay."
            .formatted(
                ignored.length == 0 ? "" : " (asked for: " + String.join(" ", ignored) + ")"));
    return 1;
  }
}
