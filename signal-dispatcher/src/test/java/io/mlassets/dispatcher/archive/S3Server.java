package io.mlassets.dispatcher.archive;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.mlassets.archive.ArchivePlace;
import io.mlassets.policy.SignalsPolicy.ArchiveTarget;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStore;
import org.jclouds.blobstore.BlobStoreContext;

/** A server that speaks S3, checks signatures, keeps objects in memory; and faults before it. */
final class S3Server implements AutoCloseable {
  static final String BUCKET = "signals-archive";
  static final StoreKeys KEYS = new StoreKeys("the-access-key", "the-secret-key", null);

  /** What a request meets. */
  enum Fault {
    /** Answered without being done. */
    ERROR_500,
    /** Done, and answered with an error. */
    DONE_THEN_500,
    /** Never answered. */
    SILENCE,
    /** Done, and never answered. */
    DONE_THEN_SILENCE
  }

  private final BlobStoreContext context;
  private final S3Proxy server;
  private final HttpServer front;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
  private volatile Predicate<HttpExchange> strikes = exchange -> true;
  private volatile boolean down;

  S3Server() {
    context =
        ContextBuilder.newBuilder("transient")
            .credentials("identity", "credential")
            .buildView(BlobStoreContext.class);
    blobs().createContainerInLocation(null, BUCKET);
    server =
        S3Proxy.builder()
            .blobStore(blobs())
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, KEYS.accessKey(), KEYS.secretKey())
            .build();
    try {
      server.start();
      front = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    front.createContext("/", this::handle);
    front.setExecutor(threads);
    front.start();
  }

  BlobStore blobs() {
    return context.getBlobStore();
  }

  /** The place behind the faults. */
  ArchivePlace.Bucket place() {
    return (ArchivePlace.Bucket)
        ArchivePlace.of(
            ArchiveTarget.S3,
            BUCKET + "/ml",
            "us-east-1",
            "http://127.0.0.1:" + front.getAddress().getPort(),
            true);
  }

  /** A store that is quick to give up. */
  BucketStore store() {
    return new BucketStore(place(), KEYS, Duration.ofMillis(500));
  }

  /** The next requests that a condition holds for meet these faults. */
  void strike(Predicate<HttpExchange> which, Fault... next) {
    strikes = which;
    faults.addAll(List.of(next));
  }

  /** Every request fails until this is over. */
  void down(boolean now) {
    down = now;
  }

  boolean hasStruck() {
    return faults.isEmpty();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      Fault fault = down ? Fault.ERROR_500 : strikes.test(exchange) ? faults.poll() : null;
      Answer answer =
          fault == Fault.ERROR_500 || fault == Fault.SILENCE ? null : forward(exchange, body);
      if (fault == Fault.SILENCE || fault == Fault.DONE_THEN_SILENCE) {
        sleep();
        return;
      }
      if (fault != null || answer == null) {
        exchange.sendResponseHeaders(500, -1);
        return;
      }
      answer.send(exchange);
    }
  }

  private static void sleep() {
    try {
      Thread.sleep(2_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private record Answer(int status, List<String> headers, byte[] body) {
    void send(HttpExchange exchange) throws IOException {
      for (String header : headers) {
        String[] parts = header.split(": ", 2);
        String name = parts[0];
        if (!name.equalsIgnoreCase("Content-Length")
            && !name.equalsIgnoreCase("Connection")
            && !name.equalsIgnoreCase("Transfer-Encoding")
            && parts.length == 2) {
          exchange.getResponseHeaders().add(name, parts[1]);
        }
      }
      boolean empty = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
      exchange.sendResponseHeaders(status, empty ? -1 : body.length);
      if (!empty) {
        exchange.getResponseBody().write(body);
      }
    }
  }

  /** As it came, header by header: the signature is over them. */
  private Answer forward(HttpExchange exchange, byte[] body) throws IOException {
    StringBuilder head = new StringBuilder();
    head.append(exchange.getRequestMethod())
        .append(' ')
        .append(exchange.getRequestURI().toASCIIString())
        .append(" HTTP/1.1\r\n");
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (!name.equalsIgnoreCase("Expect")
                  && !name.equalsIgnoreCase("Connection")
                  && !name.equalsIgnoreCase("Content-length")
                  && !name.equalsIgnoreCase("Transfer-encoding")) {
                values.forEach(
                    value -> head.append(name).append(": ").append(value).append("\r\n"));
              }
            });
    head.append("Content-Length: ").append(body.length).append("\r\n");
    head.append("Connection: close\r\n\r\n");
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
      out.write(body);
      out.flush();
      return answer(socket.getInputStream().readAllBytes());
    }
  }

  private static Answer answer(byte[] all) {
    String text = new String(all, StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    List<String> head = text.substring(0, end).lines().toList();
    int status = Integer.parseInt(head.getFirst().split(" ")[1]);
    byte[] body = text.substring(end + 4).getBytes(StandardCharsets.ISO_8859_1);
    boolean chunked =
        head.stream().anyMatch(line -> line.equalsIgnoreCase("Transfer-Encoding: chunked"));
    return new Answer(status, head.subList(1, head.size()), chunked ? withoutChunks(body) : body);
  }

  private static byte[] withoutChunks(byte[] body) {
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    int at = 0;
    while (true) {
      int line = at;
      while (body[line] != '\r') {
        line++;
      }
      int size =
          Integer.parseInt(
              new String(body, at, line - at, StandardCharsets.ISO_8859_1).strip(), 16);
      if (size == 0) {
        return plain.toByteArray();
      }
      plain.write(body, line + 2, size);
      at = line + 2 + size + 2;
    }
  }

  @Override
  public void close() {
    front.stop(0);
    threads.shutdownNow();
    try {
      server.stop();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    context.close();
  }
}
