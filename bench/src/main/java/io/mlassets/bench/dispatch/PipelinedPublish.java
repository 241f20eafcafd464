package io.mlassets.bench.dispatch;

import io.mlassets.bench.Report;
import io.mlassets.platform.RedisSettings;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
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
    byte[] command =
        "*3\r\n$7\r\nPUBLISH\r\n$%d\r\n%s\r\n$%d\r\n%s\r\n"
            .formatted(CHANNEL.length(), CHANNEL, payload.length(), payload)
            .repeat(PIPELINE)
            .getBytes(StandardCharsets.US_ASCII);
    try (Socket socket = new Socket(redis.address().getHost(), redis.address().getPort())) {
      socket.setTcpNoDelay(true);
      OutputStream out = socket.getOutputStream();
      long before = System.nanoTime();
      Thread writer =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      for (int sent = 0; sent < messages; sent += PIPELINE) {
                        out.write(command);
                      }
                    } catch (IOException e) {
                      // The reader below misses the replies and says so.
                      System.err.println("pipelined publisher: " + e);
                    }
                  });
      awaitReplies(socket.getInputStream());
      double seconds = (System.nanoTime() - before) / 1e9;
      writer.join();
      return messages / seconds;
    }
  }

  private void awaitReplies(InputStream in) throws IOException {
    byte[] buffer = new byte[1 << 16];
    int replies = 0;
    while (replies < messages) {
      int read = in.read(buffer);
      if (read < 0) {
        throw new EOFException("Redis closed the connection after %d replies".formatted(replies));
      }
      for (int i = 0; i < read; i++) {
        replies += buffer[i] == '\n' ? 1 : 0;
      }
    }
  }
}
