package io.mlassets.registry.analytics;

import java.util.Arrays;
import java.util.Optional;

/** The views of schema {@code analytics}, by their names in paths. */
enum AnalyticsView {
  MODEL_PERFORMANCE("model-performance", "model_performance", "trained_at", "model_version"),
  RETRAINING("retraining", "retraining", "started_at", "run_id"),
  SIGNALS_DAILY("signals-daily", "signals_daily", "day", "mode, pair, model_version, policy_hash"),
  NO_TRADE_DAILY("no-trade-daily", "no_trade_daily", "day", "mode, model_version"),
  RISK_SCORES("risk-scores", "risk_score_distribution", "day", "mode, model_version, from_score"),
  LEG_RESULTS("leg-results", "leg_results", "entered_at", "account, pair, symbol, entry_seq");

  private final String path;
  private final String view;
  private final String time;
  private final String key;

  AnalyticsView(String path, String view, String time, String key) {
    this.path = path;
    this.view = view;
    this.time = time;
    this.key = key;
  }

  static Optional<AnalyticsView> of(String path) {
    return Arrays.stream(values()).filter(view -> view.path.equals(path)).findFirst();
  }

  /** Rows of a period, newest first, as one JSON document each. */
  String rows() {
    return """
    select to_jsonb(v) from analytics.%s v
    where (:from::timestamptz is null or %s >= :from) and (:to::timestamptz is null or %s < :to)
    order by %s desc, %s limit :size offset :offset
    """
        .formatted(view, time, time, time, key);
  }

  String count() {
    return """
    select count(*) from analytics.%s v
    where (:from::timestamptz is null or %s >= :from) and (:to::timestamptz is null or %s < :to)
    """
        .formatted(view, time, time);
  }
}
