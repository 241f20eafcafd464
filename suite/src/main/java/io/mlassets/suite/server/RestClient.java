package io.mlassets.suite.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** REST of one service with a bearer token, as any client would use it. */
public final class RestClient {
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
  private final JsonMapper json = JsonMapper.builder().build();
  private final String baseUrl;
  private final String token;

  /** Of a service at an address such as {@code http://127.0.0.1:8084}. */
  public RestClient(String baseUrl, String token) {
    this.baseUrl = baseUrl;
    this.token = token;
  }

  /** What is there; {@link IllegalStateException} if it is not answered with 200. */
  public JsonNode get(String path) throws IOException, InterruptedException {
    return expect(200, to(path).build());
  }

  /** The answer, which must have this status. */
  public JsonNode post(String path, JsonNode body, int status)
      throws IOException, InterruptedException {
    return expect(
        status,
        to(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json.writeValueAsString(body)))
            .build());
  }

  /** Hands out each server-sent event's data until the service ends the stream. */
  public void events(String path, Consumer<JsonNode> listener)
      throws IOException, InterruptedException {
    HttpResponse<Stream<String>> events =
        http.send(
            to(path).header("Accept", "text/event-stream").build(),
            HttpResponse.BodyHandlers.ofLines());
    try (Stream<String> lines = events.body()) {
      lines
          .filter(line -> line.startsWith("data:"))
          .map(line -> json.readTree(line.substring("data:".length())))
          .forEach(listener);
    }
  }

  private JsonNode expect(int status, HttpRequest request)
      throws IOException, InterruptedException {
    HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != status) {
      throw new IllegalStateException(
          "%s %s answered %d instead of %d: %s"
              .formatted(
                  request.method(), request.uri(), answer.statusCode(), status, answer.body()));
    }
    return json.readTree(answer.body());
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create(baseUrl + path))
        .header("Authorization", "Bearer " + token);
  }
}
