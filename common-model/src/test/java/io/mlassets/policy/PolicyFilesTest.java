package io.mlassets.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlassets.control.EntryRules;
import io.mlassets.control.StopRules;
import io.mlassets.control.TradingState;
import io.mlassets.control.WeeklySession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("P-01")
class PolicyFilesTest {
  private static final String CORE = "core_policy.yaml";
  private static final String SIGNALS = "signals_policy.yaml";
  @TempDir private Path folder;

  @BeforeEach
  void copyTheRealOnes() throws IOException {
    for (String name : new String[] {CORE, "retrain_policy.yaml", SIGNALS}) {
      Files.copy(Path.of("..", "config", name), folder.resolve(name));
    }
  }

  private void change(String file, String from, String to) throws IOException {
    String text = Files.readString(folder.resolve(file));
    assertThat(text).contains(from);
    Files.writeString(folder.resolve(file), text.replace(from, to));
  }

  @Test
  void the_order_of_nested_keys_does_not_change_the_hash() throws IOException {
    String before = PolicyFiles.read(folder).hash();
    change(
        CORE,
        "    theta1: [0.60, 0.85]\n    theta2: [0.20, 0.45]\n",
        "    theta2: [0.20, 0.45]\n    theta1: [0.60, 0.85]\n");
    assertThat(PolicyFiles.read(folder).hash()).isEqualTo(before);
  }

  @Test
  void kept_policies_are_read_back_and_have_their_hash_whatever_the_order_of_keys() {
    Policies policies = PolicyFiles.read(folder);
    String kept = policies.canonicalJson();
    String turned = "{" + kept.substring(kept.indexOf("\"retrain_policy"), kept.length() - 1);
    turned += "," + kept.substring(1, kept.indexOf(",\"retrain_policy")) + "}";

    assertThat(PolicyFiles.readCore(turned)).isEqualTo(policies.core());
    assertThat(PolicyFiles.hashOf(turned)).isEqualTo(policies.hash());
    assertThat(PolicyFiles.hashOf(kept.replaceFirst("0\\.5", "0.6"))).isNotEqualTo(policies.hash());
  }

  @Test
  void kept_policies_of_other_keys_are_refused_by_name() {
    String kept = PolicyFiles.read(folder).canonicalJson();

    assertThatThrownBy(() -> PolicyFiles.readCore(kept.replace("\"entry_z\"", "\"entry\"")))
        .isInstanceOf(InvalidPolicyException.class)
        .hasMessageContaining("entry_z");
    assertThatThrownBy(() -> PolicyFiles.readCore("{}"))
        .isInstanceOf(InvalidPolicyException.class)
        .hasMessageContaining("core_policy.yaml");
    assertThatThrownBy(() -> PolicyFiles.readCore("no json"))
        .isInstanceOf(InvalidPolicyException.class);
  }

  @Test
  void another_value_changes_the_hash() throws IOException {
    String before = PolicyFiles.read(folder).hash();
    change(CORE, "value: 0.70", "value: 0.71");
    assertThat(PolicyFiles.read(folder).hash()).isNotEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({
    "value: 0.70, value: 1.70, theta1",
    "value: 0.70, value: high, theta1_initial",
    "theta1_initial:, theta1_start:, theta1_initial",
    "value: 240, value: 2.5, feature_window"
  })
  void a_bad_value_is_refused_with_file_and_key(String from, String to, String key)
      throws IOException {
    change(CORE, from, to);
    assertThatThrownBy(() -> PolicyFiles.read(folder))
        .isInstanceOf(InvalidPolicyException.class)
        .hasMessageContaining(CORE)
        .hasMessageContaining(key);
  }

  @ParameterizedTest
  @CsvSource({
    "value: 30, value: 0, search_trials",
    "'\"halving\"', '\"sometimes\"', search_pruner",
    "value: true, value: maybe, search_multivariate"
  })
  void a_bad_rule_of_the_search_is_refused_with_file_and_key(String from, String to, String key)
      throws IOException {
    change("retrain_policy.yaml", from, to);
    assertThatThrownBy(() -> PolicyFiles.read(folder))
        .isInstanceOf(InvalidPolicyException.class)
        .hasMessageContaining("retrain_policy.yaml")
        .hasMessageContaining(key);
  }

  @Test
  void pruner_and_way_of_drawing_are_read() throws IOException {
    assertThat(PolicyFiles.read(folder).retrain().search())
        .isEqualTo(new SearchRules(30, Pruning.HALVING, true));
    change("retrain_policy.yaml", "\"halving\"", "\"median\"");
    change("retrain_policy.yaml", "value: true", "value: false");
    assertThat(PolicyFiles.read(folder).retrain().search())
        .isEqualTo(new SearchRules(30, Pruning.MEDIAN, false));
  }

  @Test
  @Tag("R-04")
  void thresholds_may_have_no_schedule_but_not_a_broken_one() throws IOException {
    String retrain = "retrain_policy.yaml";
    assertThat(PolicyFiles.read(folder).retrain().thetaCron()).isEqualTo("30 3 * * 1");
    change(retrain, "30 3 * * 1", "");
    assertThat(PolicyFiles.read(folder).retrain().thetaCron()).isEmpty();
    change(retrain, "theta_cron:\n  value: \"\"", "theta_cron:\n  value: \"30 3 *\"");
    assertThatThrownBy(() -> PolicyFiles.read(folder))
        .isInstanceOf(InvalidPolicyException.class)
        .hasMessageContaining(retrain)
        .hasMessageContaining("theta_cron");
  }

  @Test
  @Tag("F-01")
  void what_stops_trading_is_read_cause_by_cause() throws IOException {
    assertThat(PolicyFiles.read(folder).signals().stops()).isEqualTo(StopRules.DEFAULTS);
    change(
        SIGNALS,
        "{limit: 0.10, state: HALTED, window: P30D}",
        "{limit: 0.25, state: reducing, window: P7D}");
    change(
        SIGNALS,
        "{limit: PT2H, state: REDUCING, session: \"SUN 23:00-FRI 20:00\"}",
        "{limit: PT5M, state: HALTED, session: always}");
    StopRules stops = PolicyFiles.read(folder).signals().stops();
    assertThat(stops.drawdown())
        .isEqualTo(new StopRules.Loss(0.25, TradingState.REDUCING, Duration.ofDays(7)));
    assertThat(stops.staleBars())
        .isEqualTo(
            new StopRules.Stale(Duration.ofMinutes(5), TradingState.HALTED, WeeklySession.ALWAYS));
  }

  @Test
  @Tag("F-01")
  void a_file_from_before_the_stops_has_the_usual_ones() throws IOException {
    String text = Files.readString(folder.resolve(SIGNALS));
    Files.writeString(folder.resolve(SIGNALS), text.substring(0, text.indexOf("# What stops")));

    SignalsPolicy signals = PolicyFiles.read(folder).signals();
    assertThat(signals.stops()).isEqualTo(StopRules.DEFAULTS);
    assertThat(signals.entries()).isEqualTo(EntryRules.DEFAULTS);
    assertThat(signals.alertWindow()).isEqualTo(SignalsPolicy.ALERT_WINDOW);
  }

  @ParameterizedTest
  @Tag("F-01")
  @CsvSource(
      delimiter = '|',
      value = {
        "limit: 0.10|limit: 0|stop_drawdown: limit 0.0 is not in",
        "limit: 0.10|limit: ten|stop_drawdown.limit: \"ten\" is not a number",
        "limit: 0.10, state: HALTED|limit: 0.10, state: PAUSED|stop_drawdown.state: 'PAUSED'",
        "limit: 0.10, state: HALTED|limit: 0.10|stop_drawdown.state: null is not a text",
        "window: P1D}|window: P1D, or: 1}|unknown part 'or'",
        "limit: 8|limit: 8.5|stop_consecutive_losses.limit: 8.5 is not a whole number",
        "limit: 8|limit: 0|stop_consecutive_losses: limit 0 is not in",
        "window: P30D|window: 30 days|stop_drawdown.window",
        "SUN 23:00-FRI 20:00|weekdays|stop_stale_bars: 'weekdays'",
        "report: PT10S|report: PT-1S|stop_positions: report PT-1S is not in",
        "limit: PT2M|limit: PT0S|stop_silent_ea: limit PT0S is not in",
        "{limit: PT2M, state: HALTED}|PT2M|stop_silent_ea: \"PT2M\" is not made of named parts",
        "value: 60|value: 0|entries_per_minute: 0 is not in",
        "value: PT1M|value: soon|entry_repeat_pause"
      })
  void a_bad_stop_is_refused_with_file_key_and_part(String from, String to, String message)
      throws IOException {
    change(SIGNALS, from, to);
    assertThatThrownBy(() -> PolicyFiles.read(folder))
        .isInstanceOf(InvalidPolicyException.class)
        .hasMessageContaining(SIGNALS)
        .hasMessageContaining(message);
  }

  @Test
  @Tag("V-04")
  void how_risk_is_watched_is_read_and_a_file_from_before_has_the_usual() throws IOException {
    String retrain = "retrain_policy.yaml";
    assertThat(PolicyFiles.read(folder).retrain().drift().riskWatch())
        .isEqualTo(RiskWatchRules.DEFAULTS);
    change(retrain, "risk_flag_run_max:\n  value: 100", "risk_flag_run_max:\n  value: 30");
    assertThat(PolicyFiles.read(folder).retrain().drift().riskWatch())
        .isEqualTo(new RiskWatchRules(200, 30));
    change(retrain, "risk_flag_run_max:\n  value: 30", "risk_flag_run_max:\n  value: 201");
    assertThatThrownBy(() -> PolicyFiles.read(folder))
        .isInstanceOf(InvalidPolicyException.class)
        .hasMessageContaining("risk_flag_run_max 201 is not in [1, risk_watch_candidates]");
    String text = Files.readString(folder.resolve(retrain));
    Files.writeString(
        folder.resolve(retrain), text.substring(0, text.indexOf("risk_watch_candidates:")));
    assertThat(PolicyFiles.read(folder).retrain().drift().riskWatch())
        .isEqualTo(RiskWatchRules.DEFAULTS);
  }

  @Test
  void an_unknown_key_is_refused_by_name() throws IOException {
    Files.writeString(
        folder.resolve(CORE),
        Files.readString(folder.resolve(CORE)) + "theta3:\n  value: 1\n  label_ja: x\n");
    assertThatThrownBy(() -> PolicyFiles.read(folder)).hasMessageContaining("theta3");
  }
}
