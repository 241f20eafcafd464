package io.mlassets.ea;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Damages what the machine reads, by seeded mutations: nothing may throw, and no signal whose bytes
 * were changed may lead to an order.
 */
@Tag("S-01")
class EaFuzzTest {
  private static final int MUTATIONS = 3_000;
  private static final int PER_SCENARIO = 12;
  private static final List<String> TOKENS =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          "\"",
          "-",
          ".",
          "e9",
          "99999999999999999999",
          "\r\n",
          "*9\r\n",
          "$9\r\n",
          "$-1\r\n",
          "\\u0000",
          "null");

  private SplittableRandom random;
  private List<JsonNode> steps;
  private int pushed;
  private String signal;

  @BeforeEach
  void read() throws IOException {
    random = new SplittableRandom(20_260_105);
    steps = EaPlayer.steps(EaPlayer.FOLDER.resolve("happy-path.jsonl"));
    pushed = 0;
    while (!text(steps.get(pushed)).contains("{\"timestamp\"")) {
      pushed++;
    }
    String frame = text(steps.get(pushed));
    signal = frame.substring(frame.indexOf("{\"timestamp\""), frame.lastIndexOf("}") + 1);
  }

  private static String text(JsonNode step) {
    return step.path("text").asString("");
  }

  private String mutated(String text) {
    StringBuilder changed = new StringBuilder(text);
    for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
      int at = random.nextInt(changed.length() + 1);
      switch (random.nextInt(6)) {
        case 0 -> {
          if (at < changed.length()) {
            changed.setCharAt(at, (char) (changed.charAt(at) ^ (1 << random.nextInt(8))));
          }
        }
        case 1 -> changed.insert(at, (char) random.nextInt(256));
        case 2 -> changed.delete(at, Math.min(changed.length(), at + 1 + random.nextInt(8)));
        case 3 -> {
          int from = random.nextInt(changed.length() + 1);
          int to = Math.min(changed.length(), from + random.nextInt(40));
          changed.insert(at, changed.substring(from, to));
        }
        case 4 -> changed.insert(at, TOKENS.get(random.nextInt(TOKENS.size())));
        default -> changed.setLength(at);
      }
    }
    return changed.toString();
  }

  /** A machine that listens and has read nothing. */
  private EaPlayer listening() {
    EaPlayer player = new EaPlayer();
    steps.subList(0, pushed).forEach(player::play);
    return player;
  }

  private boolean ordersAfter(String bytes) {
    return listening().play(EaPlayer.bytes("signals", bytes, 0)).stream()
        .anyMatch(said -> said.startsWith("order "));
  }

  private static String framed(String text) {
    return "*3\r\n$7\r\nmessage\r\n$7\r\nsignals\r\n$%d\r\n%s\r\n"
        .formatted(text.getBytes(StandardCharsets.ISO_8859_1).length, text);
  }

  @Test
  void the_signal_itself_leads_to_an_order() {
    assertThat(ordersAfter(framed(signal))).isTrue();
  }

  @Test
  void a_signal_or_frame_cut_anywhere_leads_to_none() {
    String frame = framed(signal);
    for (int length = 0; length < signal.length(); length++) {
      assertThat(ordersAfter(framed(signal.substring(0, length))))
          .as("cut at %d", length)
          .isFalse();
    }
    for (int length = 0; length < frame.length(); length++) {
      assertThat(ordersAfter(frame.substring(0, length))).as("cut at %d", length).isFalse();
    }
  }

  @Test
  void a_signal_or_frame_changed_anyhow_leads_to_none() {
    String frame = framed(signal);
    for (int i = 0; i < MUTATIONS; i++) {
      String changed = mutated(signal);
      if (!changed.equals(signal)) {
        assertThat(ordersAfter(framed(changed))).as(changed).isFalse();
      }
      String torn = mutated(frame);
      if (!torn.contains(signal)) {
        assertThat(ordersAfter(torn)).as(torn).isFalse();
      }
    }
  }

  @Test
  void whatever_else_is_damaged_it_goes_on() throws IOException {
    int damaged = 0;
    for (Path file : EaPlayer.scenarios()) {
      List<JsonNode> scenario = EaPlayer.steps(file);
      List<Integer> ofBytes =
          IntStream.range(0, scenario.size())
              .filter(i -> !text(scenario.get(i)).isEmpty())
              .filter(i -> scenario.get(i).path("do").asString().equals("bytes"))
              .boxed()
              .toList();
      for (int i = 0; i < PER_SCENARIO && !ofBytes.isEmpty(); i++) {
        int at = ofBytes.get(random.nextInt(ofBytes.size()));
        EaPlayer player = new EaPlayer();
        scenario.subList(0, at).forEach(player::play);
        ObjectNode step = ((ObjectNode) scenario.get(at)).deepCopy();
        step.put("text", mutated(text(step)));
        player.play(step);
        scenario.subList(at + 1, scenario.size()).forEach(player::play);
        damaged++;
      }
    }
    assertThat(damaged).isGreaterThan(900);
  }

  @Test
  void a_damaged_journal_is_read_or_refused_by_line() throws IOException {
    int refused = 0;
    for (Path file : EaPlayer.scenarios()) {
      ObjectNode start = (ObjectNode) EaPlayer.steps(file).getFirst();
      int lines = start.path("journal").size();
      for (int i = 0; i < 20 * PER_SCENARIO && lines > 0; i++) {
        ObjectNode changed = start.deepCopy();
        ArrayNode journal = (ArrayNode) changed.required("journal");
        int line = random.nextInt(lines);
        journal.set(line, journal.stringNode(mutated(journal.get(line).asString())));
        List<String> said = new EaPlayer().play(changed);
        refused += said.toString().contains("refused line") ? 1 : 0;
      }
    }
    assertThat(refused).isGreaterThan(1_000);
  }
}
