package io.mlassets.bench.load;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a service's process says of itself. */
final class Meters {
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private final int port;
  private final long pid;

  /**
   * Of one process on loopback.
   *
   * @param port of its REST
   */
  Meters(int port, long pid) {
    this.port = port;
    this.pid = pid;
  }

  /** All it has, in Prometheus' form. */
  String all() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator/prometheus"))
            .timeout(Duration.ofSeconds(20))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  /**
   * Sum of a metric over its labels, 0 without any.
   *
   * @param label such as {@code stage="commit"}; empty for all
   */
  static double sum(String all, String name, String label) {
    Matcher found =
        Pattern.compile("(?m)^" + Pattern.quote(name) + "(\\{.*})? (\\S+)$").matcher(all);
    double sum = 0;
    while (found.find()) {
      if (label.isEmpty() || (found.group(1) != null && found.group(1).contains(label))) {
        sum += Double.parseDouble(found.group(2));
      }
    }
    return sum;
  }

  /** Bytes of heap in use after a full collection. */
  double heapAfterCollection() throws IOException, InterruptedException {
    Process collect =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(pid),
                "GC.run")
            .redirectErrorStream(true)
            .start();
    String said = new String(collect.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (collect.waitFor() != 0) {
      throw new IOException("jcmd %d GC.run: %s".formatted(pid, said));
    }
    return sum(all(), "jvm_memory_used_bytes", "area=\"heap\"");
  }

  /** Open file descriptors. */
  double descriptors() throws IOException, InterruptedException {
    return sum(all(), "process_files_open_files", "");
  }
}
