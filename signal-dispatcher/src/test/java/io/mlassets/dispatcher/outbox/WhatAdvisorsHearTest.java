package io.mlassets.dispatcher.outbox;

import static io.mlassets.dispatcher.RunningDispatcher.await;
import static io.mlassets.dispatcher.RunningDispatcher.holds;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.mlassets.dispatcher.RunningDispatcher;
import io.mlassets.platform.testing.Listening;
import io.mlassets.platform.testing.TestServers;
import io.mlassets.signal.Action;
import io.mlassets.signal.SignalMode;
import io.mlassets.signal.SignalSeal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Signals and heartbeats against their schemas, their seal, and what they say. */
@Tag("I-03")
@Tag("S-01")
class WhatAdvisorsHearTest {
  private static final SignalSeal SEAL = SignalSeal.of(TestServers.SIGNAL_KEY);
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static RunningDispatcher dispatcher;
  private static Instant bar = Instant.parse("2025-07-01T00:00:00Z");

  @BeforeAll
  static void start() {
    dispatcher = new RunningDispatcher();
    dispatcher.seqOf(decide(SignalMode.LIVE, Action.HOLD));
  }

  @AfterAll
  static void stop() {
    dispatcher.close();
  }

  private static UUID decide(SignalMode mode, Action action) {
    bar = bar.plusSeconds(60);
    return dispatcher.decide(mode, "XAUUSD-XAGUSD", bar, action);
  }

  private static List<String> faults(String schema, String text) throws IOException {
    String source = Files.readString(Path.of("..", "docs", schema + ".schema.json"));
    Schema read =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(source);
    return read.validate(text, InputFormat.JSON).stream().map(Object::toString).toList();
  }

  private static void halt(boolean halted) {
    RunningDispatcher.Answer answer =
        dispatcher.post(
            TestServers.OPERATOR,
            "/api/v1/control/" + (halted ? "halt" : "resume"),
            "{\"reason\":\"test\"}");
    assertThat(answer.status()).isEqualTo(200);
  }

  private static JsonNode last(Listening heard) {
    return JSON.readTree(heard.messages.getLast());
  }

  @Test
  void signals_of_every_action_and_mode_fulfil_their_schema_and_are_sealed() throws Exception {
    for (SignalMode mode : SignalMode.values()) {
      String channel = mode == SignalMode.LIVE ? "signals" : "signals.shadow";
      try (Listening heard = new Listening(dispatcher.servers, channel)) {
        List<String> recorded = new ArrayList<>();
        for (Action action : List.of(Action.ENTER, Action.EXIT, Action.HOLD)) {
          recorded.add(dispatcher.outcomeOf(decide(mode, action)).payload());
        }
        await("all heard", () -> heard.messages.size() == 3);
        assertThat(heard.messages).as("the bytes that are kept").isEqualTo(recorded);
        for (String text : heard.messages) {
          assertThat(faults("signal", text)).as(text).isEmpty();
          assertThat(SEAL.holds(text)).as(text).isTrue();
          assertThat(text).contains(",\"mac\":\"").matches("\\p{ASCII}*");
          assertThat(text.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(1_024);
        }
      }
    }
  }

  @Test
  void the_schemas_refuse_what_is_none() throws IOException {
    String good = dispatcher.outcomeOf(decide(SignalMode.LIVE, Action.HOLD)).payload();
    assertThat(faults("signal", good)).isEmpty();
    for (String bad :
        List.of(
            good.replace("\"seq\":", "\"number\":"),
            good.replace("\"action\":\"HOLD\"", "\"action\":\"ENTER\""),
            good.replace("\"risk_flag\":0", "\"risk_flag\":2"),
            good.replace("\"return_prob\":0.78", "\"return_prob\":1.2"),
            good.replaceAll("\"mac\":\"[0-9a-f]", "\"mac\":\"X"))) {
      assertThat(bad).isNotEqualTo(good);
      assertThat(faults("signal", bad)).as(bad).isNotEmpty();
    }
    assertThat(faults("heartbeat", good)).isNotEmpty();
  }

  @Test
  void a_heartbeat_comes_each_second_from_the_leader_alone() throws Exception {
    ConfigurableApplicationContext second = dispatcher.another();
    try (Listening heard = new Listening(dispatcher.servers, "signals.heartbeat")) {
      await("the first", () -> !heard.messages.isEmpty());
      heard.messages.clear();
      Thread.sleep(5_000);
      List<String> messages = List.copyOf(heard.messages);

      assertThat(messages).hasSizeBetween(3, 6);
      assertThat(messages.stream().map(text -> JSON.readTree(text).path("epoch").asLong()))
          .as("one leader")
          .containsOnly(JSON.readTree(messages.getFirst()).path("epoch").asLong());
      assertThat(messages.stream().map(text -> JSON.readTree(text).path("at").asString()))
          .isSorted()
          .doesNotHaveDuplicates();
      for (String text : messages) {
        assertThat(faults("heartbeat", text)).as(text).isEmpty();
        assertThat(SEAL.holds(text)).as(text).isTrue();
        assertThat(text.length()).isLessThan(1_024);
      }
    } finally {
      second.close();
    }
    assertThat(dispatcher.metrics())
        .containsPattern("(?m)^heartbeats_sent_total\\{.*mode=\"live\".*} [1-9]");
  }

  @Test
  void a_heartbeat_says_how_far_signals_are_and_what_may_be_done() throws Exception {
    long seq = dispatcher.seqOf(decide(SignalMode.LIVE, Action.HOLD));
    try (Listening heard = new Listening(dispatcher.servers, "signals.heartbeat")) {
      await("heard", () -> heard.messages.size() > 1);
      assertThat(last(heard).path("tip").asLong()).isEqualTo(seq);
      assertThat(last(heard).path("market_time").asString())
          .isEqualTo(bar.plusSeconds(60).toString());
      assertThat(last(heard).path("state").asString()).isEqualTo("ACTIVE");
      halt(true);
      await("halted", () -> last(heard).path("state").asString().equals("HALTED"));
      await("halted in its file", () -> holds(heartbeatFile(), "HALTED"));
      halt(false);
      await("active", () -> last(heard).path("state").asString().equals("ACTIVE"));
    }
  }

  private static Path heartbeatFile() {
    return dispatcher.servers.var().resolve("signals").resolve("heartbeat.json");
  }

  @Test
  void without_a_key_nothing_is_sealed_and_what_was_sealed_before_is_sent_as_it_was()
      throws Exception {
    UUID sealed = decide(SignalMode.LIVE, Action.HOLD);
    String before = dispatcher.outcomeOf(sealed).payload();
    dispatcher.restart("--signal.key=");
    try (Listening heard = new Listening(dispatcher.servers, "signals.heartbeat")) {
      String payload = dispatcher.outcomeOf(decide(SignalMode.LIVE, Action.ENTER)).payload();
      assertThat(payload).doesNotContain("\"mac\"");
      assertThat(faults("signal", payload)).isEmpty();
      await("heard", () -> !heard.messages.isEmpty());
      assertThat(heard.messages.getFirst()).doesNotContain("\"mac\"");
      dispatcher.servers.stopRedis();
      dispatcher.servers.startRedis();
      dispatcher.seqOf(decide(SignalMode.LIVE, Action.HOLD));
      assertThat(dispatcher.log("signals.log")).anyMatch(entry -> entry.endsWith(before));
    } finally {
      dispatcher.restart();
    }
  }

  @Test
  @Tag("S-02")
  void the_signal_file_holds_an_order_until_the_next_bar() {
    Path file = dispatcher.servers.var().resolve("signals").resolve("signal.json");
    Instant ts = bar.plusSeconds(60);
    bar = ts;
    UUID order = dispatcher.decide(SignalMode.LIVE, "XAUUSD-XAGUSD", ts, Action.ENTER);
    String payload = dispatcher.outcomeOf(order).payload();
    UUID hold = dispatcher.decide(SignalMode.LIVE, "EURUSD-GBPUSD", ts, Action.HOLD);
    String held = dispatcher.outcomeOf(hold).payload();

    await("pair", () -> holds(file.resolveSibling("signal-EURUSD-GBPUSD.json"), held));
    assertThat(file).hasContent(payload);
    String next = dispatcher.outcomeOf(decide(SignalMode.LIVE, Action.HOLD)).payload();
    await("next", () -> holds(file, next));
    // The pair's own file may be on its way yet.
    await("no temporary left", () -> temporaries(file.getParent()) == 0);
  }

  private static int temporaries(Path folder) {
    return Objects.requireNonNull(folder.toFile().list((in, name) -> name.endsWith(".tmp"))).length;
  }

  @Test
  void shadow_signals_have_numbers_and_a_channel_of_their_own() throws Exception {
    try (Listening live = new Listening(dispatcher.servers, "signals");
        Listening shadow = new Listening(dispatcher.servers, "signals.shadow")) {
      UUID id = decide(SignalMode.SHADOW, Action.ENTER);
      long seq = dispatcher.seqOf(id);

      await("heard", () -> shadow.messages.size() == 1);
      assertThat(shadow.messages.getFirst()).contains("\"seq\":" + seq + ",", "shadow");
      assertThat(live.messages).isEmpty();
    }
  }
}
