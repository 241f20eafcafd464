package io.mlassets.platform.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

@Tag("P-03")
class SlackWebhookTest {
  private final Deque<Integer> answers = new ArrayDeque<>();
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private HttpServer server;

  @BeforeEach
  void startServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/hook",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          heard.add(new String(body, StandardCharsets.UTF_8));
          Integer status = answers.poll();
          exchange.sendResponseHeaders(status == null ? 200 : status, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stopServer() {
    server.stop(0);
  }

  private SlackWebhook webhook() {
    String address = "http://localhost:%d/hook".formatted(server.getAddress().getPort());
    return SlackWebhook.at(address, Duration.ofMillis(1));
  }

  @Test
  void a_text_is_posted_as_json() {
    assertThat(webhook().send("adopted: \"20260101_0300\"\nSharpe 1.2")).isTrue();
    assertThat(heard).containsExactly("{\"text\":\"adopted: \\\"20260101_0300\\\"\\nSharpe 1.2\"}");
  }

  @Test
  void a_server_in_trouble_is_asked_again() {
    answers.addAll(List.of(500, 429, 503));
    assertThat(webhook().send("x")).isTrue();
    assertThat(heard).hasSize(4);
  }

  @Test
  void one_that_stays_down_or_refuses_is_given_up() {
    answers.addAll(List.of(500, 500, 500, 500, 500));
    assertThat(webhook().send("x")).isFalse();
    assertThat(heard).hasSize(4);
    answers.clear();
    answers.add(404);
    assertThat(webhook().send("x")).isFalse();
    assertThat(heard).hasSize(5);
    server.stop(0);
    assertThat(webhook().send("x")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://hooks.slack.example/services/T0/B0/sec ret",
        "https:///services/secret",
        "httpsx://hooks.slack.example/secret",
        "hooks.slack.example/secret"
      })
  void what_is_no_address_is_refused_without_being_told(String address) {
    StandardEnvironment environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .addFirst(new MapPropertySource("test", Map.of("slack.webhook.url", address)));
    assertThatThrownBy(() -> SlackWebhook.of(environment))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("SLACK_WEBHOOK_URL: not an http or https address")
        .hasNoCause();
  }

  @Test
  void without_an_address_nobody_is_told() {
    assertThat(SlackWebhook.of(new StandardEnvironment())).isEmpty();
  }
}
