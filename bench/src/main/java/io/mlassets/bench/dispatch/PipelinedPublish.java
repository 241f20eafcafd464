package io.mlassets.bench.dispatch;

import io.mlassets.bench.Report;
import io.mlassets.platform.RedisSettings;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The fastest a client publishes: {@code redis-benchmark} with a pipeline where it is on the path,
 * else one connection that writes without waiting for replies. A subscriber listens either way.
 */
final class PipelinedPublish {
  private static final String CHANNEL = "bench.peer";
  private static final int RUNS = 3;
  private static final int PIPELINE = 200;
  private final RedisSettings redis;
  private final String payload;
  private final int messages;

  /**
   * What is published, and how often.
   *
   * @param payload each message
   */
  PipelinedPublish(RedisSettings redis, String payload, int messages) {
    this.redis = redis;
    this.payload = payload;
    this.messages = messages;
  }

  /** Who it is. */
  static String name() {
    return program().isPresent() ? "redis-benchmark" : "own pipelined PUBLISH";
  }

  private static Optional<Path> program() {
    return Stream.of(
            Objects.requireNonNullElse(System.getenv("PATH"), "").split(File.pathSeparator))
        .map(folder -> Path.of(folder, "redis-benchmark"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Messages a second, median of some runs. */
  double perSecond() throws IOException, InterruptedException {
    Optional<Path> program = program();
    double[] rates = new double[RUNS];
    for (int run = 0; run < RUNS; run++) {
      try (Subscriber heard = new Subscriber(redis, CHANNEL)) {
        rates[run] = program.isPresent() ? theirs(program.get()) : ours();
        heard.awaited(messages - 1, 30);
      }
    }
    return Report.median(rates);
  }

  /** Of the payload's length; quotes would tear its CSV. */
  private double theirs(Path program) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                program.toString(),
                "-h",
                redis.address().getHost(),
                "-p",
                Integer.toString(redis.address().getPort()),
                "-n",
                Integer.toString(messages),
                "-P",
                Integer.toString(PIPELINE),
                "--csv",
                "PUBLISH",
                CHANNEL,
                "x".repeat(payload.length()))
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("redis-benchmark: " + said);
    }
    List<String> lines = said.lines().filter(line -> line.startsWith("\"PUBLISH")).toList();
    if (lines.isEmpty()) {
      throw new IOException("redis-benchmark said nothing of PUBLISH: " + said);
    }
    return Double.parseDouble(lines.getLast().split("\",\"")[1].replace("\"", ""));
  }

  private double ours() throws IOException, InterruptedException {
    return new PipelinedCommands(redis, PIPELINE)
        .perSecond(messages, List.of(List.of("PUBLISH", CHANNEL, payload)));
  }
}
