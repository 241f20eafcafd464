package io.mlassets.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.mlassets.platform.testing.TestServers;
import io.mlassets.policy.InvalidPolicyException;
import io.mlassets.policy.Policies;
import io.mlassets.policy.PolicyFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("P-02")
class PoliciesInForceTest {
  @TempDir Path folder;
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private PoliciesInForce policies;
  private Policies first;

  @BeforeEach
  void start() throws IOException {
    for (String name : PolicyFiles.NAMES) {
      Files.copy(TestServers.configFolder().resolve(name), folder.resolve(name));
    }
    policies = new PoliciesInForce(folder, Duration.ofMillis(10), meters);
    first = policies.now();
  }

  @AfterEach
  void stop() {
    policies.close();
  }

  private void change(String file, String from, String to) throws IOException {
    Path path = folder.resolve(file);
    String text = Files.readString(path);
    assertThat(text).contains(from);
    Files.writeString(path, text.replace(from, to));
  }

  private void lookTwice() {
    policies.look();
    policies.look();
  }

  private double counted(String name) {
    return meters.counter(name).count();
  }

  @Test
  void a_change_counts_once_two_looks_found_the_same() throws IOException {
    lookTwice();
    change("core_policy.yaml", "value: 0.50", "value: 0.25");
    policies.look();
    assertThat(policies.now()).isSameAs(first);
    policies.look();
    assertThat(policies.now().core().leverageReductionRate()).isEqualTo(0.25);
    assertThat(policies.now().hash()).isNotEqualTo(first.hash());
    assertThat(counted("policy_changes_total")).isEqualTo(1);
  }

  @Test
  void files_that_change_one_after_the_other_change_together() throws IOException {
    lookTwice();
    change("core_policy.yaml", "value: 0.50", "value: 0.25");
    policies.look();
    change(
        "signals_policy.yaml", "entries_per_minute:\n  value: ", "entries_per_minute:\n  value: 1");
    policies.look();
    assertThat(policies.now()).isSameAs(first);
    policies.look();
    assertThat(policies.now().core().leverageReductionRate()).isEqualTo(0.25);
    assertThat(policies.now().signals().entries().perMinute())
        .isNotEqualTo(first.signals().entries().perMinute());
    assertThat(counted("policy_changes_total")).isEqualTo(1);
  }

  @Test
  void what_is_refused_changes_nothing_and_is_counted_once() throws IOException {
    lookTwice();
    change("core_policy.yaml", "value: 0.50", "value: 1.5");
    lookTwice();
    lookTwice();
    assertThat(policies.now()).isSameAs(first);
    assertThat(counted("policies_refused_total")).isEqualTo(1);
    change("core_policy.yaml", "value: 1.5", "value: 0.5");
    lookTwice();
    assertThat(policies.now()).isSameAs(first);
    assertThat(counted("policy_changes_total")).isZero();
  }

  @Test
  void a_file_that_is_gone_is_refused_and_waited_for() throws IOException {
    lookTwice();
    String text = Files.readString(folder.resolve("retrain_policy.yaml"));
    Files.delete(folder.resolve("retrain_policy.yaml"));
    lookTwice();
    assertThat(policies.now()).isSameAs(first);
    assertThat(counted("policies_refused_total")).isEqualTo(1);
    Files.writeString(folder.resolve("retrain_policy.yaml"), text);
    change("core_policy.yaml", "value: 0.50", "value: 0.25");
    lookTwice();
    assertThat(policies.now().core().leverageReductionRate()).isEqualTo(0.25);
  }

  @Test
  void comments_and_order_are_no_change() throws IOException {
    lookTwice();
    change("core_policy.yaml", "# ", "# again: ");
    lookTwice();
    assertThat(policies.now()).isSameAs(first);
    assertThat(counted("policy_changes_total")).isZero();
  }

  @Test
  void a_change_between_reading_and_the_first_look_is_not_missed() throws IOException {
    change("core_policy.yaml", "value: 0.50", "value: 0.25");
    lookTwice();
    assertThat(policies.now().core().leverageReductionRate()).isEqualTo(0.25);
  }

  @Test
  void a_service_does_not_start_by_files_that_are_refused() throws IOException {
    change("core_policy.yaml", "value: 0.50", "value: 1.5");
    assertThatThrownBy(() -> new PoliciesInForce(folder, Duration.ofMillis(10), meters))
        .isInstanceOf(InvalidPolicyException.class)
        .hasMessageContaining("leverage_reduction_rate");
  }
}
