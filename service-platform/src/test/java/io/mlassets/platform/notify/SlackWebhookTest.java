package io.mlassets.platform.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

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
    URI address = URI.create("http://localhost:%d/hook".formatted(server.getAddress().getPort()));
    return new SlackWebhook(address, Duration.ofMillis(1));
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

  @Test
  void what_is_no_address_is_refused_without_repeating_the_secret() {
    assertThatThrownBy(() -> new SlackWebhook(URI.create("T000/B000/secret"), Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("SLACK_WEBHOOK_URL")
        .hasMessageNotContaining("secret");
  }
}
