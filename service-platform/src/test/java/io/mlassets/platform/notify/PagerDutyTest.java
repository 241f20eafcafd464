package io.mlassets.platform.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.sun.net.httpserver.HttpServer;
import io.mlassets.alert.Alert;
import io.mlassets.alert.Alert.Severity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
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
import org.slf4j.LoggerFactory;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Tag("O-03")
class PagerDutyTest {
  private static final String KEY = "0123456789abcdef0123456789abcdef";
  private static final Alert ALERT =
      new Alert("trading/DRAWDOWN", Severity.CRITICAL, "trading HALTED", Map.of("value", "0.11"));
  private final Deque<Integer> answers = new ArrayDeque<>();
  private final List<JsonNode> heard = new CopyOnWriteArrayList<>();
  private HttpServer server;

  @BeforeEach
  void startServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/v2/enqueue",
        exchange -> {
          heard.add(JsonMapper.builder().build().readTree(exchange.getRequestBody()));
          Integer status = answers.poll();
          exchange.sendResponseHeaders(status == null ? 202 : status, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stopServer() {
    server.stop(0);
  }

  private String address() {
    return "http://localhost:%d/v2/enqueue".formatted(server.getAddress().getPort());
  }

  private PagerDuty pagerDuty() {
    return PagerDuty.at(address(), KEY, Duration.ofMillis(1));
  }

  @Test
  void a_trigger_has_what_the_events_api_asks_for() {
    assertThat(pagerDuty().trigger(ALERT, "dispatcher", 3)).isTrue();

    JsonNode event = heard.getFirst();
    assertThat(event.propertyNames())
        .containsExactly("routing_key", "event_action", "dedup_key", "payload");
    assertThat(event.path("routing_key").asString()).isEqualTo(KEY);
    assertThat(event.path("event_action").asString()).isEqualTo("trigger");
    assertThat(event.path("dedup_key").asString()).isEqualTo("trading/DRAWDOWN");
    JsonNode payload = event.path("payload");
    assertThat(payload.path("summary").asString()).isEqualTo("trading HALTED");
    assertThat(payload.path("source").asString()).isEqualTo("dispatcher");
    assertThat(payload.path("severity").asString()).isEqualTo("critical");
    assertThat(payload.at("/custom_details/value").asString()).isEqualTo("0.11");
    assertThat(payload.at("/custom_details/count").asInt()).isEqualTo(3);
  }

  @Test
  void acknowledge_and_resolve_name_the_incident_and_nothing_else() {
    assertThat(pagerDuty().acknowledge("k")).isTrue();
    assertThat(pagerDuty().resolve("k")).isTrue();

    assertThat(heard)
        .extracting(event -> event.path("event_action").asString())
        .containsExactly("acknowledge", "resolve");
    assertThat(heard)
        .allSatisfy(
            event -> {
              assertThat(event.path("dedup_key").asString()).isEqualTo("k");
              assertThat(event.has("payload")).isFalse();
            });
  }

  @Test
  void a_server_in_trouble_is_asked_again_and_then_left_for_later() {
    answers.addAll(List.of(500, 429, 503));
    assertThat(pagerDuty().trigger(ALERT, "dispatcher", 1)).isTrue();
    assertThat(heard).hasSize(4);

    answers.addAll(List.of(500, 500, 500, 500));
    assertThat(pagerDuty().trigger(ALERT, "dispatcher", 1)).isFalse();
    assertThat(heard).hasSize(8);
  }

  @Test
  void what_is_refused_is_not_sent_again() {
    answers.add(400);
    assertThat(pagerDuty().trigger(ALERT, "dispatcher", 1)).isTrue();
    assertThat(heard).hasSize(1);
  }

  @Test
  void an_overendlesssummary_is_cut_to_what_is_taken() {
    Alert endless = new Alert("k", Severity.INFO, "x".repeat(3_000), Map.of());
    pagerDuty().trigger(endless, "dispatcher", 1);
    assertThat(heard.getFirst().at("/payload/summary").asString()).hasSize(1_024);
  }

  @Test
  void the_routing_key_is_in_no_log_and_no_message() {
    Logger logger = (Logger) LoggerFactory.getLogger(PagerDuty.class);
    ListAppender<ILoggingEvent> logged = new ListAppender<>();
    logged.start();
    logger.addAppender(logged);
    try {
      answers.addAll(List.of(400, 500, 500, 500, 500));
      PagerDuty duty = pagerDuty();
      duty.resolve("k");
      duty.resolve("k");
      server.stop(0);
      duty.resolve("k");
      assertThat(logged.list).hasSize(3);
      assertThat(logged.list).noneMatch(event -> event.getFormattedMessage().contains(KEY));
      assertThat(duty.toString()).doesNotContain(KEY);
    } finally {
      logger.detachAppender(logged);
    }
    assertThatThrownBy(() -> PagerDuty.at(address(), "secret with spaces", Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("PAGERDUTY_ROUTING_KEY")
        .hasMessageNotContaining("secret");
  }

  @Test
  void it_is_set_up_by_the_environment_alone() {
    assertThat(PagerDuty.of(new StandardEnvironment())).isEmpty();
    StandardEnvironment environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .addFirst(
            new MapPropertySource(
                "test", Map.of("pagerduty.routing.key", KEY, "pagerduty.events.url", address())));
    assertThat(PagerDuty.of(environment).orElseThrow().acknowledge("k")).isTrue();
    assertThat(heard).hasSize(1);
  }
}
