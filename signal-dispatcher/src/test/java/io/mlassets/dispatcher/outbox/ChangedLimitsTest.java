package io.mlassets.dispatcher.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.dispatcher.RunningDispatcher;
import io.mlassets.platform.PoliciesInForce;
import io.mlassets.platform.testing.TestPolicies;
import io.mlassets.platform.testing.TestServers;
import io.mlassets.signal.Action;
import io.mlassets.signal.SignalMode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Limits of a policy that changes while signals flow. */
@Tag("P-02")
class ChangedLimitsTest {
  private static final Instant BAR = Instant.parse("2025-07-01T00:00:00Z");

  @TempDir Path config;
  private TestPolicies policies;
  private RunningDispatcher dispatcher;
  private int pairs;

  @BeforeEach
  void start() throws IOException {
    policies = TestPolicies.in(config);
    dispatcher =
        new RunningDispatcher(
            TestServers.start(), "--config.dir=" + config, "--config.check-every=20ms");
  }

  @AfterEach
  void stop() {
    dispatcher.close();
  }

  private String outcome() {
    pairs++;
    String pair = "A%03d-USDA%03d".formatted(pairs, pairs);
    return dispatcher
        .outcomeOf(dispatcher.decide(SignalMode.LIVE, pair, BAR, Action.ENTER))
        .outcome();
  }

  private void allow(int entriesPerMinute) throws IOException {
    policies.set("signals_policy.yaml", "entries_per_minute", Integer.toString(entriesPerMinute));
    String hash = policies.hash();
    PoliciesInForce found = dispatcher.context.getBean(PoliciesInForce.class);
    RunningDispatcher.await("the policy in force", () -> found.now().hash().equals(hash));
  }

  @Test
  void another_limit_on_entries_holds_from_the_next_round_on_without_a_restart() throws Exception {
    assertThat(outcome()).isEqualTo("PUBLISHED");
    assertThat(outcome()).isEqualTo("PUBLISHED");
    allow(2);
    assertThat(outcome()).isEqualTo("BLOCKED");
    allow(3);
    assertThat(outcome()).isEqualTo("PUBLISHED");
    assertThat(outcome()).isEqualTo("BLOCKED");
  }
}
