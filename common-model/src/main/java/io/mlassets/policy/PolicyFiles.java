package io.mlassets.policy;

import io.mlassets.archive.ArchiveRules;
import io.mlassets.control.EntryRules;
import io.mlassets.control.StopRules;
import io.mlassets.control.TradingState;
import io.mlassets.control.WeeklySession;
import io.mlassets.decision.Thresholds;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads {@code core_policy.yaml}, {@code retrain_policy.yaml} and {@code signals_policy.yaml} in
 * the specification's shape: each key with {@code value}, {@code label_ja} and {@code description}.
 */
public final class PolicyFiles {
  private static final String CORE = "core_policy.yaml";
  private static final String RETRAIN = "retrain_policy.yaml";
  private static final String SIGNALS = "signals_policy.yaml";

  /** The files of a folder of policies. */
  public static final List<String> NAMES = List.of(CORE, RETRAIN, SIGNALS);

  private static final JsonMapper CANONICAL =
      JsonMapper.builder()
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          // Nested values too: the order of keys in a file means nothing and must not change the
          // hash.
          .enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
          .build();

  private PolicyFiles() {}

  /**
   * Reads and checks the three files of a folder.
   *
   * @throws InvalidPolicyException naming file, key and what was expected
   */
  public static Policies read(Path folder) {
    PolicyFile core = PolicyFile.read(folder.resolve(CORE));
    PolicyFile retrain = PolicyFile.read(folder.resolve(RETRAIN));
    PolicyFile signals = PolicyFile.read(folder.resolve(SIGNALS));
    CorePolicy corePolicy = core.check(() -> core(core));
    RetrainPolicy retrainPolicy = retrain.check(() -> retrain(retrain));
    SignalsPolicy signalsPolicy = signals.check(() -> signals(signals));
    core.refuseUnknownKeys();
    retrain.refuseUnknownKeys();
    signals.refuseUnknownKeys();
    String json = canonical(core, retrain, signals);
    return new Policies(corePolicy, retrainPolicy, signalsPolicy, json, sha256(json));
  }

  /**
   * {@code core_policy.yaml} of policies that were in force, from their canonical form.
   *
   * @throws InvalidPolicyException naming the key this build reads otherwise
   */
  public static CorePolicy readCore(String canonicalJson) {
    PolicyFile core = PolicyFile.of(CORE, tree(canonicalJson).path(CORE));
    CorePolicy policy = core.check(() -> core(core));
    core.refuseUnknownKeys();
    return policy;
  }

  /** The hash of policies from their content, whatever order its keys are in. */
  public static String hashOf(String json) {
    return sha256(CANONICAL.writeValueAsString(tree(json)));
  }

  private static JsonNode tree(String json) {
    try {
      return CANONICAL.readTree(json);
    } catch (JacksonException e) {
      throw new InvalidPolicyException("policies are no JSON: " + e.getOriginalMessage());
    }
  }

  private static CorePolicy core(PolicyFile file) {
    Thresholds initial =
        new Thresholds(file.number("theta1_initial"), file.number("theta2_initial"));
    ThetaSearch search =
        new ThetaSearch(
            file.range("theta_search_range", "theta1"),
            file.range("theta_search_range", "theta2"),
            file.number("theta_step"),
            file.whole("theta_refinements"));
    if (!search.theta1().contains(initial.theta1())) {
      throw new IllegalArgumentException(
          "theta1_initial %s is outside theta_search_range".formatted(initial.theta1()));
    }
    if (!search.theta2().contains(initial.theta2())) {
      throw new IllegalArgumentException(
          "theta2_initial %s is outside theta_search_range".formatted(initial.theta2()));
    }
    return new CorePolicy(
        initial,
        search,
        new RiskLabelRules(
            file.number("risk_label_dd_threshold"),
            file.number("risk_label_vol_ratio"),
            file.number("risk_label_corr_drop")),
        new TradingRules(
            file.whole("feature_window"),
            file.number("entry_z"),
            file.number("exit_z"),
            file.number("stop_z"),
            file.whole("holding_bars")),
        file.number("leverage_reduction_rate"),
        file.whole("signal_ttl_bars"),
        file.range("risk_pass_rate_range"),
        file.range("no_trade_rate_range"));
  }

  private static RetrainPolicy retrain(PolicyFile file) {
    file.fixed("retrain_runs_table", "audit.retrain_runs");
    file.present("retrain_runs_columns");
    return new RetrainPolicy(
        file.text("retrain_cron"),
        file.textOrEmpty("theta_cron"),
        file.whole("retrain_retry_max"),
        Duration.ofMinutes(file.whole("retrain_retry_delay_minutes")),
        file.text("retrain_notification_channel"),
        file.whole("model_version_retention"),
        file.whole("cv_folds"),
        file.number("cv_embargo"),
        new SearchRules(
            file.whole("search_trials"),
            file.oneOf("search_pruner", Pruning.class),
            file.flag("search_multivariate")),
        file.whole("search_seed"),
        file.oneOf("sample_weights", SampleWeights.class),
        new AdoptionRules(
            file.number("adoption_confidence"),
            file.whole("adoption_min_trades"),
            file.number("adoption_deflated_sharpe_min"),
            file.number("adoption_pbo_max"),
            file.number("adoption_loss_probability_max"),
            file.number("adoption_path_loss_max"),
            file.number("adoption_leak_max"),
            file.number("adoption_sharpe_ratio_min"),
            file.number("adoption_improvement_min"),
            file.number("adoption_auc_drop_max")),
        new DriftRules(
            file.number("drift_psi_threshold"),
            file.number("drift_mean_shift_threshold"),
            file.whole("drift_min_rows"),
            file.number("win_rate_gap_max"),
            file.whole("win_rate_min_trades"),
            new RiskWatchRules(
                file.has("risk_watch_candidates")
                    ? file.whole("risk_watch_candidates")
                    : RiskWatchRules.DEFAULTS.candidates(),
                file.has("risk_flag_run_max")
                    ? file.whole("risk_flag_run_max")
                    : RiskWatchRules.DEFAULTS.flagRunMax())));
  }

  private static SignalsPolicy signals(PolicyFile file) {
    // The tables are made by migrations; a policy that names others would be obeyed by nobody.
    file.fixed("signals_table", "core.signals_live");
    file.fixed("signals_history_table", "core.signals_history");
    return new SignalsPolicy(
        file.text("signals_table"),
        file.text("signals_history_table"),
        file.oneOf("archive_target", SignalsPolicy.ArchiveTarget.class),
        file.text("archive_path"),
        new ArchiveRules(
            file.has("archive_cron") ? file.text("archive_cron") : ArchiveRules.DEFAULTS.cron(),
            file.has("archive_after_days")
                ? file.whole("archive_after_days")
                : ArchiveRules.DEFAULTS.keepDays()),
        stops(file),
        new EntryRules(
            file.has("entries_per_minute")
                ? file.whole("entries_per_minute")
                : EntryRules.DEFAULTS.perMinute(),
            file.has("entry_repeat_pause")
                ? file.duration("entry_repeat_pause")
                : EntryRules.DEFAULTS.pause()),
        file.has("alert_window") ? file.duration("alert_window") : SignalsPolicy.ALERT_WINDOW);
  }

  /** Files from before these rules stay readable: bundles keep theirs to be reproduced. */
  private static StopRules stops(PolicyFile file) {
    StopRules usual = StopRules.DEFAULTS;
    return new StopRules(
        file.parts("stop_drawdown", PolicyFiles::loss, usual.drawdown()),
        file.parts("stop_daily_loss", PolicyFiles::loss, usual.dailyLoss()),
        file.parts("stop_consecutive_losses", PolicyFiles::row, usual.consecutiveLosses()),
        file.parts(
            "stop_stale_bars",
            parts ->
                new StopRules.Stale(
                    parts.duration("limit"),
                    parts.oneOf("state", TradingState.class),
                    WeeklySession.parse(parts.text("session"))),
            usual.staleBars()),
        file.parts(
            "stop_silent_ea",
            parts ->
                new StopRules.Silence(
                    parts.duration("limit"), parts.oneOf("state", TradingState.class)),
            usual.silentEa()),
        file.parts("stop_drift", PolicyFiles::row, usual.drift()),
        file.parts(
            "stop_positions",
            parts ->
                new StopRules.Positions(
                    parts.duration("limit"),
                    parts.duration("report"),
                    parts.oneOf("state", TradingState.class)),
            usual.positions()));
  }

  private static StopRules.Loss loss(PolicyParts parts) {
    return new StopRules.Loss(
        parts.number("limit"), parts.oneOf("state", TradingState.class), parts.duration("window"));
  }

  private static StopRules.Row row(PolicyParts parts) {
    return new StopRules.Row(
        parts.whole("limit"), parts.oneOf("state", TradingState.class), parts.duration("window"));
  }

  private static String canonical(PolicyFile... files) {
    Map<String, Map<String, JsonNode>> all = new TreeMap<>();
    for (PolicyFile file : files) {
      all.put(file.name(), new TreeMap<>(file.values()));
    }
    return CANONICAL.writeValueAsString(all);
  }

  private static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
