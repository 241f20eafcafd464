package io.mlassets.suite.ea;

import io.mlassets.platform.RedisSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One socket of an Expert Advisor. It is connected, read and written on threads of its own, so that
 * a peer who is away, silent or reads nothing holds up nobody.
 */
final class EaConnection implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EaConnection.class);
  private static final int CONNECT_MILLIS = 2_000;
  private static final int LARGEST_READ = 1 << 16;

  /** Told from the connection's threads; while a call waits, nothing more is read. */
  interface Listener {
    void connected(EaConnection connection) throws InterruptedException;

    void heard(EaConnection connection, byte[] bytes) throws InterruptedException;

    /** Perhaps twice, and also after it was closed from here. */
    void lost(EaConnection connection, String why) throws InterruptedException;
  }

  private final RedisSettings redis;
  private final Listener listener;
  private final BlockingQueue<byte[]> waiting = new LinkedBlockingQueue<>();
  private final Thread reader;
  private final Thread writer;
  private @Nullable Socket socket;
  private boolean closed;

  /** Makes one; {@link #start} begins to connect. */
  EaConnection(RedisSettings redis, Listener listener) {
    this.redis = redis;
    this.listener = listener;
    this.reader = Thread.ofVirtual().unstarted(this::connectAndRead);
    this.writer = Thread.ofVirtual().unstarted(this::write);
  }

  void start() {
    reader.start();
  }

  private void connectAndRead() {
    try {
      listener.lost(this, whatEndedIt());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String whatEndedIt() throws InterruptedException {
    try (Socket connected = connect()) {
      if (keep(connected)) {
        writer.start();
        listener.connected(this);
        InputStream in = connected.getInputStream();
        byte[] buffer = new byte[LARGEST_READ];
        for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
          listener.heard(this, Arrays.copyOf(buffer, length));
        }
      }
      return "closed";
    } catch (IOException e) {
      return e.toString();
    }
  }

  private synchronized boolean keep(Socket connected) {
    socket = connected;
    return !closed;
  }

  private Socket connect() throws IOException {
    String host = redis.address().getHost();
    int port = redis.address().getPort();
    Socket plain = new Socket();
    try {
      plain.setTcpNoDelay(true);
      plain.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
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
    plain.setSoTimeout(CONNECT_MILLIS);
    socket.startHandshake();
    plain.setSoTimeout(0);
    return socket;
  }

  /** Puts bytes in line to be sent. */
  void send(byte[] bytes) {
    waiting.add(bytes);
  }

  private void write() {
    try {
      listener.lost(this, whatEndedWriting());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String whatEndedWriting() throws InterruptedException {
    try {
      OutputStream out = open().getOutputStream();
      while (true) {
        out.write(waiting.take());
        if (waiting.isEmpty()) {
          out.flush();
        }
      }
    } catch (IOException e) {
      return e.toString();
    }
  }

  private synchronized Socket open() throws IOException {
    if (socket == null || closed) {
      throw new IOException("closed");
    }
    return socket;
  }

  @Override
  public synchronized void close() {
    closed = true;
    reader.interrupt();
    writer.interrupt();
    if (socket != null) {
      try {
        socket.close();
      } catch (IOException e) {
        log.warn("a connection did not close: {}", e.toString());
      }
    }
  }
}
