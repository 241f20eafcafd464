package io.mlassets.bench.dispatch;

import io.mlassets.platform.RedisSettings;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Commands over one connection that writes without waiting for replies. */
final class PipelinedCommands {
  private final RedisSettings redis;
  private final int pipeline;

  /**
   * Over a connection of its own each time.
   *
   * @param pipeline messages handed to the socket at once
   */
  PipelinedCommands(RedisSettings redis, int pipeline) {
    this.redis = redis;
    this.pipeline = pipeline;
  }

  /**
   * Messages a second.
   *
   * @param messages how many, a multiple of the pipeline
   * @param each the commands of one message; ASCII, each answered by a number or a string
   */
  double perSecond(int messages, List<List<String>> each) throws IOException, InterruptedException {
    StringBuilder message = new StringBuilder();
    each.forEach(command -> append(message, command));
    byte[] batch = message.toString().repeat(pipeline).getBytes(StandardCharsets.US_ASCII);
    try (Socket socket = new Socket(redis.address().getHost(), redis.address().getPort())) {
      socket.setTcpNoDelay(true);
      OutputStream out = socket.getOutputStream();
      long before = System.nanoTime();
      Thread writer =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      for (int sent = 0; sent < messages; sent += pipeline) {
                        out.write(batch);
                      }
                    } catch (IOException e) {
                      // The reader below misses the replies and says so.
                      System.err.println("pipelined commands: " + e);
                    }
                  });
      new Replies(socket.getInputStream()).await((long) messages * each.size());
      double seconds = (System.nanoTime() - before) / 1e9;
      writer.join();
      return messages / seconds;
    }
  }

  private static void append(StringBuilder message, List<String> command) {
    message.append('*').append(command.size()).append("\r\n");
    for (String word : command) {
      message.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
    }
  }

  /** Counts replies; an error is thrown. */
  private static final class Replies {
    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private boolean atLineStart = true;
    private boolean lengthOfString;
    private long replies;

    Replies(InputStream in) {
      this.in = in;
    }

    void await(long count) throws IOException {
      while (replies < count) {
        int read = in.read(buffer);
        if (read < 0) {
          throw new EOFException("Redis closed the connection after %d replies".formatted(replies));
        }
        for (int i = 0; i < read; i++) {
          take(buffer[i]);
        }
      }
    }

    /** A string has two lines: its length and itself. */
    private void take(byte next) throws IOException {
      if (atLineStart) {
        if (next == '-') {
          throw new IOException("Redis answered with an error");
        }
        lengthOfString = next == '$';
      } else if (next == '\n' && !lengthOfString) {
        replies++;
      }
      atLineStart = next == '\n';
    }
  }
}
