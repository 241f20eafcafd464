package io.mlassets.bench.dispatch;

import io.mlassets.platform.RedisSettings;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Who listens: a socket of its own and no more work a message than noting when it came and its
 * number, so that what is measured is the sender's.
 */
final class Subscriber implements AutoCloseable {
  private static final byte[] SEQ = "\"seq\":".getBytes(StandardCharsets.US_ASCII);
  private static final int BUFFER = 1 << 20;
  private static final int HEADERS = 6;

  private final Socket socket;
  private final InputStream in;
  private byte[] buffer = new byte[BUFFER];
  private int from;
  private int to;
  private long[] cameAt = new long[1 << 12];
  private long[] numbers = new long[1 << 12];
  private int count;
  private String payload = "";
  private IOException failure = new IOException("not yet");
  private boolean failed;

  /** Subscribes; returns when Redis has confirmed it. */
  Subscriber(RedisSettings redis, String channel) throws IOException {
    socket = new Socket(redis.address().getHost(), redis.address().getPort());
    socket.setTcpNoDelay(true);
    socket.setReceiveBufferSize(BUFFER);
    in = socket.getInputStream();
    socket
        .getOutputStream()
        .write(("SUBSCRIBE " + channel + "\r\n").getBytes(StandardCharsets.US_ASCII));
    for (int line = 0; line < HEADERS; line++) {
      line();
    }
    Thread.ofPlatform().daemon().name("subscriber").start(this::listen);
  }

  private void listen() {
    try {
      while (true) {
        line(); // *3
        bulk(false); // message
        bulk(false); // its channel
        bulk(true);
      }
    } catch (IOException e) {
      synchronized (this) {
        failure = e;
        failed = true;
        notifyAll();
      }
    }
  }

  private void bulk(boolean isPayload) throws IOException {
    int header = line();
    int length = 0;
    for (int i = from - header + 1; buffer[i] != '\r'; i++) {
      length = length * 10 + buffer[i] - '0';
    }
    need(length + 2);
    if (isPayload) {
      came(length);
    }
    from += length + 2;
  }

  /** Passes one line; returns its length with its end. */
  private int line() throws IOException {
    int at = from;
    while (true) {
      for (; at < to; at++) {
        if (buffer[at] == '\n') {
          int length = at + 1 - from;
          from = at + 1;
          return length;
        }
      }
      int offset = at - from;
      need(to - from + 1);
      at = from + offset;
    }
  }

  private void need(int bytes) throws IOException {
    if (from + bytes > buffer.length) {
      System.arraycopy(buffer, from, buffer, 0, to - from);
      to -= from;
      from = 0;
    }
    while (to - from < bytes) {
      int read = in.read(buffer, to, buffer.length - to);
      if (read < 0) {
        throw new EOFException("Redis closed the subscription");
      }
      to += read;
    }
  }

  private synchronized void came(int length) {
    long now = System.nanoTime();
    if (count == cameAt.length) {
      cameAt = Arrays.copyOf(cameAt, 2 * count);
      numbers = Arrays.copyOf(numbers, 2 * count);
    }
    cameAt[count] = now;
    numbers[count] = number(length);
    count++;
    if (count == 1) {
      payload = new String(buffer, from, length, StandardCharsets.US_ASCII);
    }
    notifyAll();
  }

  /** The signal's number, or 0. */
  private long number(int length) {
    int end = from + length - SEQ.length;
    for (int at = from; at < end; at++) {
      if (buffer[at] == '"' && Arrays.equals(buffer, at, at + SEQ.length, SEQ, 0, SEQ.length)) {
        long number = 0;
        for (int i = at + SEQ.length; buffer[i] >= '0' && buffer[i] <= '9'; i++) {
          number = number * 10 + buffer[i] - '0';
        }
        return number;
      }
    }
    return 0;
  }

  /** Messages so far. */
  synchronized int count() {
    return count;
  }

  /** When message {@code index} came, {@link System#nanoTime}; waits for it. */
  synchronized long awaited(int index, int seconds) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (count <= index) {
      if (failed) {
        throw failure;
      }
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        throw new IOException("message %d did not come in %d s".formatted(index, seconds));
      }
      wait(left);
    }
    return cameAt[index];
  }

  /** The numbers of all messages so far. */
  synchronized long[] numbers() {
    return Arrays.copyOf(numbers, count);
  }

  /** The first message. */
  synchronized String payload() {
    return payload;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
