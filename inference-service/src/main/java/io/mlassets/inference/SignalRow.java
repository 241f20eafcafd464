package io.mlassets.inference;

import io.mlassets.decision.Thresholds;
import io.mlassets.signal.Signal;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;
import tools.jackson.databind.json.JsonMapper;

/**
 * A signal as its row of {@code core.signals_live}: what is inserted, and what a replay compares.
 */
public final class SignalRow {
  /** Decimals of the columns {@code theta1} and {@code theta2}. */
  private static final int THETA_DECIMALS = 4;

  /** The columns, in the order of the insert. */
  public static final SequencedSet<String> COLUMNS =
      Collections.unmodifiableSequencedSet(
          new LinkedHashSet<>(
              List.of(
                  "signal_id",
                  "mode",
                  "model_scope",
                  "pair",
                  "interval",
                  "bar_ts",
                  "timestamp",
                  "expires_at",
                  "z_score",
                  "return_prob",
                  "risk_score",
                  "entry",
                  "confidence",
                  "risk_flag",
                  "theta1",
                  "theta2",
                  "position_scale",
                  "action",
                  "reason",
                  "legs",
                  "model_version",
                  "policy_hash",
                  "leverage_reduction")));

  private final JsonMapper json;

  /** Rows whose legs are written by this mapper. */
  public SignalRow(JsonMapper json) {
    this.json = json;
  }

  /**
   * The values by column, in the order of the insert; legs as JSON text.
   *
   * @param scope model scope
   */
  public SequencedMap<String, Object> of(String scope, Signal signal) {
    Object[] values = {
      signal.signalId(),
      signal.mode().wire(),
      scope,
      signal.pair().id(),
      signal.interval().iso(),
      utc(signal.barTs()),
      utc(signal.timestamp()),
      utc(signal.expiresAt()),
      signal.zScore(),
      signal.returnProb(),
      signal.riskScore(),
      signal.entry(),
      signal.confidence(),
      signal.riskFlag() ? 1 : 0,
      stored(signal.thresholds().theta1()),
      stored(signal.thresholds().theta2()),
      signal.positionScale(),
      signal.action().name(),
      signal.reason(),
      json.writeValueAsString(signal.legs()),
      signal.modelVersion().value(),
      signal.policyHash(),
      signal.leverageReduction(),
    };
    SequencedMap<String, Object> row = new LinkedHashMap<>();
    int i = 0;
    for (String column : COLUMNS) {
      row.put(column, values[i++]);
    }
    return row;
  }

  /** Adds a row, of the same values. */
  void add(CopyRows rows, String scope, Signal signal) {
    rows.row()
        .uuid(signal.signalId())
        .text(signal.mode().wire())
        .text(scope)
        .text(signal.pair().id())
        .text(signal.interval().iso())
        .time(signal.barTs())
        .time(signal.timestamp())
        .time(signal.expiresAt())
        .float8(signal.zScore())
        .float8(signal.returnProb())
        .float8(signal.riskScore())
        .text(signal.entry())
        .float8(signal.confidence())
        .int2(signal.riskFlag() ? 1 : 0)
        .numeric(stored(signal.thresholds().theta1()))
        .numeric(stored(signal.thresholds().theta2()))
        .float8(signal.positionScale())
        .text(signal.action().name())
        .text(signal.reason())
        .jsonb(signal.legs().isEmpty() ? "[]" : json.writeValueAsString(signal.legs()))
        .text(signal.modelVersion().value())
        .text(signal.policyHash())
        .float8(signal.leverageReduction());
  }

  /** The signal as its row gives it back: thresholds have the decimals of their columns. */
  public static Signal readBack(Signal signal) {
    return new Signal(
        signal.signalId(),
        signal.mode(),
        signal.pair(),
        signal.interval(),
        signal.barTs(),
        signal.timestamp(),
        signal.expiresAt(),
        signal.zScore(),
        signal.returnProb(),
        signal.riskScore(),
        signal.positionScale(),
        signal.action(),
        signal.legs(),
        signal.riskFlag(),
        new Thresholds(
            stored(signal.thresholds().theta1()).doubleValue(),
            stored(signal.thresholds().theta2()).doubleValue()),
        signal.modelVersion(),
        signal.policyHash(),
        signal.leverageReduction(),
        signal.reason());
  }

  private static BigDecimal stored(double theta) {
    return BigDecimal.valueOf(theta).setScale(THETA_DECIMALS, RoundingMode.HALF_UP);
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
