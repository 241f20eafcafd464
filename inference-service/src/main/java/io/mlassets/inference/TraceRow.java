package io.mlassets.inference;

import io.mlassets.decision.DecisionState;
import io.mlassets.decision.DecisionTrace;
import io.mlassets.decision.Direction;
import io.mlassets.decision.Position;
import io.mlassets.decision.Thresholds;
import io.mlassets.feature.SpreadState;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;

/**
 * A row of {@code core.decision_states}.
 *
 * @param trace what it says
 * @param sha256 the hash it was written with
 */
public record TraceRow(DecisionTrace trace, String sha256) {

  /** The columns, in the order of {@link #bind} and {@link #add}. */
  static final String COLUMNS =
      "signal_id, bar_ts, made_at, theta1, theta2, spread, entry_ts, entry_direction,"
          + " entry_spread, entry_scale, bars_held, bundle_sha256, policy_hash, features_sha256,"
          + " sha256, entries_stopped";

  /** Adds a row. */
  static void add(CopyRows rows, DecisionTrace trace) {
    DecisionState state = trace.state();
    rows.row()
        .uuid(trace.signalId())
        .time(trace.barTs())
        .time(state.madeAt())
        .float8(state.thresholds().theta1())
        .float8(state.thresholds().theta2())
        .float8s(values(state.spread()));
    switch (state.position()) {
      case Position.Flat() -> rows.nulls(5);
      case Position.Open open ->
          rows.time(open.entryTs())
              .text(open.direction().name())
              .float8s(values(open.entrySpread()))
              .float8(open.scale())
              .int4(open.barsHeld());
    }
    rows.text(trace.bundleSha256())
        .text(trace.policyHash())
        .text(trace.featuresSha256())
        .text(trace.sha256())
        .bool(state.entriesStopped());
  }

  private static double[] values(SpreadState spread) {
    return new double[] {
      spread.logA(), spread.logB(), spread.beta(), spread.mean(), spread.deviation()
    };
  }

  static void bind(PreparedStatement statement, DecisionTrace trace) throws SQLException {
    DecisionState state = trace.state();
    statement.setObject(1, trace.signalId());
    statement.setObject(2, utc(trace.barTs()));
    statement.setObject(3, utc(state.madeAt()));
    statement.setDouble(4, state.thresholds().theta1());
    statement.setDouble(5, state.thresholds().theta2());
    bindSpread(statement, 6, state.spread());
    switch (state.position()) {
      case Position.Flat() -> {
        statement.setNull(7, Types.TIMESTAMP_WITH_TIMEZONE);
        statement.setNull(8, Types.VARCHAR);
        statement.setNull(9, Types.ARRAY);
        statement.setNull(10, Types.DOUBLE);
        statement.setNull(11, Types.INTEGER);
      }
      case Position.Open open -> {
        statement.setObject(7, utc(open.entryTs()));
        statement.setString(8, open.direction().name());
        bindSpread(statement, 9, open.entrySpread());
        statement.setDouble(10, open.scale());
        statement.setInt(11, open.barsHeld());
      }
    }
    statement.setString(12, trace.bundleSha256());
    statement.setString(13, trace.policyHash());
    statement.setString(14, trace.featuresSha256());
    statement.setString(15, trace.sha256());
    statement.setBoolean(16, state.entriesStopped());
  }

  private static void bindSpread(PreparedStatement statement, int at, SpreadState spread)
      throws SQLException {
    Object[] values = {
      spread.logA(), spread.logB(), spread.beta(), spread.mean(), spread.deviation()
    };
    statement.setArray(at, statement.getConnection().createArrayOf("float8", values));
  }

  /**
   * Reads a row.
   *
   * @throws IllegalArgumentException if its values are none a decision can be made in
   */
  public static TraceRow read(ResultSet row) throws SQLException {
    DecisionState state =
        new DecisionState(
            time(row, "made_at"),
            new Thresholds(row.getDouble("theta1"), row.getDouble("theta2")),
            spread(row, "spread"),
            position(row),
            row.getBoolean("entries_stopped"));
    return new TraceRow(
        new DecisionTrace(
            row.getObject("signal_id", UUID.class),
            time(row, "bar_ts"),
            state,
            row.getString("bundle_sha256"),
            row.getString("policy_hash"),
            row.getString("features_sha256")),
        row.getString("sha256"));
  }

  private static Position position(ResultSet row) throws SQLException {
    return row.getObject("entry_ts") == null
        ? new Position.Flat()
        : new Position.Open(
            Direction.valueOf(row.getString("entry_direction")),
            time(row, "entry_ts"),
            spread(row, "entry_spread"),
            row.getInt("bars_held"),
            row.getDouble("entry_scale"));
  }

  private static SpreadState spread(ResultSet row, String column) throws SQLException {
    Double[] values = (Double[]) row.getArray(column).getArray();
    return new SpreadState(values[0], values[1], values[2], values[3], values[4]);
  }

  private static Instant time(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
