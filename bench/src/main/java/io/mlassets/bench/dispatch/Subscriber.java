package io.mlassets.bench.dispatch;

import io.mlassets.platform.RedisSettings;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Who listens: a socket of its own and no more work a message than noting when it came and one
 * number in it, so that what is measured is the sender's.
 */
public final class Subscriber implements AutoCloseable {
  /** The signal's own number. */
  public static final String SEQ = "\"seq\":";

  /** The start of its bar, as {@link #barCode} has it. */
  public static final String BAR = "\"bar_ts\":\"";

  private static final int BUFFER = 1 << 20;
  private static final int HEADERS = 6;

  private final byte[] key;
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

  /** Notes the signals' own numbers. */
  Subscriber(RedisSettings redis, String channel) throws IOException {
    this(redis, channel, SEQ);
  }

  /**
   * Subscribes; returns when Redis has confirmed it.
   *
   * @param key what stands before the number to be noted, {@link #SEQ} or {@link #BAR}
   */
  public Subscriber(RedisSettings redis, String channel, String key) throws IOException {
    this.key = key.getBytes(StandardCharsets.US_ASCII);
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

  /** The number behind the key, or 0. */
  private long number(int length) {
    int end = from + length - key.length;
    for (int at = from; at < end; at++) {
      if (buffer[at] == '"' && Arrays.equals(buffer, at, at + key.length, key, 0, key.length)) {
        return digits(at + key.length, from + length);
      }
    }
    return 0;
  }

  /** Digits up to a comma or a closing quote, whatever stands between them. */
  private long digits(int begin, int end) {
    long number = 0;
    for (int i = begin; i < end && buffer[i] != ',' && buffer[i] != '"'; i++) {
      if (buffer[i] >= '0' && buffer[i] <= '9') {
        number = number * 10 + buffer[i] - '0';
      }
    }
    return number;
  }

  /** The digits of a time in whole seconds, such as 20260105000000. */
  public static long barCode(Instant ts) {
    return Long.parseLong(ts.toString().replaceAll("[^0-9]", ""));
  }

  /** Messages so far. */
  public synchronized int count() {
    return count;
  }

  /** When message {@code index} came, {@link System#nanoTime}; waits for it. */
  public synchronized long awaited(int index, int seconds)
      throws IOException, InterruptedException {
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
  public synchronized long[] numbers() {
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
