package io.mlassets.trainer;

import io.mlassets.platform.testing.TestServers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The trainer's commands, run to their end in processes of their own. */
final class TrainerCommand {
  private TrainerCommand() {}

  /** Trains on a market; the exit code. */
  static int train(TestServers servers, SmallMarket market, int trials, String... more)
      throws Exception {
    String pairs = market.pairs().stream().map(pair -> pair.id()).collect(Collectors.joining(","));
    List<String> arguments =
        new ArrayList<>(
            List.of("--pairs", pairs, "--interval", "PT1M", "--trials", Integer.toString(trials)));
    arguments.addAll(List.of(more));
    return run(servers, TrainMain.class, arguments.toArray(String[]::new));
  }

  /** Runs any of them; the exit code. */
  static int run(TestServers servers, Class<?> main, String... arguments) throws Exception {
    return Patience.exitCode(
        RunningTrainer.java(servers, main, arguments)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start());
  }
}
