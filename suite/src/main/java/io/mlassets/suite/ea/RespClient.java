package io.mlassets.suite.ea;

import io.mlassets.platform.RedisSettings;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * One plain connection to Redis, no more than an Expert Advisor has: commands out, replies in
 * (RESP2, Redis documentation, "Redis serialization protocol specification").
 */
final class RespClient implements AutoCloseable {
  private static final int CONNECT_MILLIS = 2_000;
  private static final int LARGEST_BULK = 1 << 20;
  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  /**
   * Connects, says who it is, and chooses the database.
   *
   * @param readMillis longest wait for a reply; {@link SocketTimeoutException} after it
   */
  RespClient(RedisSettings redis, int readMillis) throws IOException {
    socket = connected(redis, readMillis);
    try {
      in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
      out = socket.getOutputStream();
      logIn(redis);
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  private static Socket connected(RedisSettings redis, int readMillis) throws IOException {
    String host = redis.address().getHost();
    int port = redis.address().getPort();
    Socket plain = new Socket();
    try {
      plain.setTcpNoDelay(true);
      plain.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
      plain.setSoTimeout(readMillis);
      return redis.tls() ? encrypted(plain, host, port) : plain;
    } catch (IOException | RuntimeException e) {
      plain.close();
      throw e;
    }
  }

  private static Socket encrypted(Socket plain, String host, int port) throws IOException {
    SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
    SSLSocket socket = (SSLSocket) factory.createSocket(plain, host, port, true);
    SSLParameters parameters = socket.getSSLParameters();
    // Without it any valid certificate would do, whoever's.
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  private void logIn(RedisSettings redis) throws IOException {
    String user = redis.user();
    String password = redis.password();
    if (password != null && user != null) {
      call("AUTH", user, password);
    } else if (password != null) {
      call("AUTH", password);
    }
    if (redis.database() != 0) {
      call("SELECT", Integer.toString(redis.database()));
    }
  }

  /** Sends a command and waits for its reply: a text, a number, a list of these, or null. */
  @Nullable Object call(String... command) throws IOException {
    send(command);
    return reply();
  }

  /** Sends a command without waiting. */
  void send(String... command) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(ascii("*" + command.length + "\r\n"));
    for (String word : command) {
      byte[] content = word.getBytes(StandardCharsets.UTF_8);
      bytes.writeBytes(ascii("$" + content.length + "\r\n"));
      bytes.writeBytes(content);
      bytes.writeBytes(ascii("\r\n"));
    }
    out.write(bytes.toByteArray());
    out.flush();
  }

  /**
   * The next pushed message, or null if none begins within {@code waitMillis}. A message that has
   * begun is waited for to its end, so a time-out never tears one.
   */
  @Nullable Object poll(int waitMillis) throws IOException {
    int whole = socket.getSoTimeout();
    socket.setSoTimeout(waitMillis);
    in.mark(1);
    try {
      if (in.read() < 0) {
        throw new EOFException("connection closed");
      }
      in.reset();
    } catch (SocketTimeoutException e) {
      return null;
    } finally {
      socket.setSoTimeout(whole);
    }
    return reply();
  }

  /** Waits for the next reply. */
  @Nullable Object reply() throws IOException {
    String line = line();
    String rest = line.substring(1);
    return switch (line.charAt(0)) {
      case '+' -> rest;
      case ':' -> Long.valueOf(rest);
      case '-' -> throw new IOException("redis refused: " + rest);
      case '$' -> bulk(Integer.parseInt(rest));
      case '*' -> list(Integer.parseInt(rest));
      default -> throw new IOException("not RESP: " + line);
    };
  }

  private @Nullable String bulk(int length) throws IOException {
    if (length < 0) {
      return null;
    }
    if (length > LARGEST_BULK) {
      throw new IOException("reply of " + length + " bytes");
    }
    byte[] content = in.readNBytes(length);
    if (content.length < length || in.read() != '\r' || in.read() != '\n') {
      throw new EOFException("reply torn");
    }
    return new String(content, StandardCharsets.UTF_8);
  }

  private @Nullable List<@Nullable Object> list(int length) throws IOException {
    if (length < 0) {
      return null;
    }
    List<@Nullable Object> items = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      items.add(reply());
    }
    return items;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\r'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("connection closed");
      }
      line.append((char) c);
    }
    if (in.read() != '\n' || line.isEmpty()) {
      throw new IOException("line torn");
    }
    return line.toString();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
