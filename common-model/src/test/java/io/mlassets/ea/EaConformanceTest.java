package io.mlassets.ea;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** The scenarios of docs/ea-protocol.md, the same that the Expert Advisor in MQL5 is held to. */
@Tag("S-01")
@Tag("C-04")
class EaConformanceTest {
  private static final int LONG_TEXT = 4_096;
  private static final int COARSER = 97;

  @TestFactory
  Stream<DynamicTest> each_scenario_leads_to_the_same_actions_however_bytes_are_torn()
      throws IOException {
    return EaPlayer.scenarios().stream()
        .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> play(file)));
  }

  private static void play(Path file) throws IOException {
    List<JsonNode> steps = EaPlayer.steps(file);
    for (int piece : new int[] {Integer.MAX_VALUE, 1, 7}) {
      EaPlayer player = new EaPlayer();
      for (int i = 0; i < steps.size(); i++) {
        JsonNode step = steps.get(i);
        boolean isLong = step.path("text").asString("").length() > LONG_TEXT;
        int size = isLong && piece < LONG_TEXT ? COARSER * piece : piece;
        assertThat(player.play(step, size))
            .as("%s line %d, %d bytes at a time", file.getFileName(), i + 1, size)
            .isEqualTo(step.path("out").valueStream().map(JsonNode::asString).toList());
      }
    }
  }

  @Test
  void the_scenarios_are_there() throws IOException {
    assertThat(EaPlayer.scenarios()).hasSizeGreaterThan(100);
  }
}
