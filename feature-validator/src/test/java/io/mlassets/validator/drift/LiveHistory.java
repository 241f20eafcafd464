package io.mlassets.validator.drift;

import io.mlassets.drift.FeatureReference;
import io.mlassets.feature.FeatureSchema;
import io.mlassets.validator.RunningValidator;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Writes what trainer, inference and dispatcher would have written. */
final class LiveHistory {
  private static final FeatureSchema SCHEMA = FeatureSchema.current();
  private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");
  private final RunningValidator validator;
  private final String version;
  private final String mode;
  private final Random random = new Random(17);
  private int bars;
  private long seq;
  private long ticket;

  LiveHistory(RunningValidator validator, String version, String mode) {
    this.validator = validator;
    this.version = version;
    this.mode = mode;
  }

  /** A reference of 20,000 standard normal rows for every feature. */
  double[] reference() {
    double[] sample = new Random(1).doubles(20_000).toArray();
    Random gauss = new Random(2);
    Arrays.setAll(sample, i -> gauss.nextGaussian());
    for (String name : SCHEMA.names()) {
      FeatureReference reference = FeatureReference.of(name, sample, 10);
      validator
          .owner
          .sql(
              """
              insert into core.feature_reference
                (model_version, feature, edges, counts, mean, sd, rows)
              values (?, ?, ?, ?, ?, ?, ?)
              """)
          .params(
              version,
              name,
              reference.edges(),
              reference.counts(),
              reference.mean(),
              reference.sd(),
              reference.rows())
          .update();
    }
    return sample;
  }

  /** A feature's values on the candidates written, of every model. */
  double[] candidates(String feature) {
    return validator
        .owner
        .sql(
            """
            select f.feature_values[?] from core.live_features f join core.signals_live s
              on s.pair = f.pair and s.bar_ts = f.ts where abs(s.z_score) >= 2
            """)
        .param(SCHEMA.indexOf(feature) + 1)
        .query(Double.class)
        .list()
        .stream()
        .mapToDouble(Double::doubleValue)
        .toArray();
  }

  /** Candidate and other bars an hour and more apart; one feature's values are moved. */
  void bars(int count, double zScore, String movedFeature, double by) {
    validator.together.executeWithoutResult(
        status -> {
          for (int i = 0; i < count; i++) {
            bar(zScore, movedFeature, by);
          }
        });
  }

  private void bar(double zScore, String movedFeature, double by) {
    double[] values = new double[SCHEMA.size()];
    Arrays.setAll(values, k -> random.nextGaussian());
    values[SCHEMA.indexOf(movedFeature)] += by;
    Instant ts = START.plusSeconds(3_600L * bars++);
    String pair = "XAUUSD-XAGUSD";
    validator
        .owner
        .sql("insert into core.live_features values (?, 'PT1M', ?, ?, ?)")
        .params(pair, ts.atOffset(ZoneOffset.UTC), SCHEMA.hash(), values)
        .update();
    signal(pair, ts, "HOLD", "test", zScore, "[]");
  }

  /** Candidates AI1 wanted: so many entered, so many refused by AI2. */
  void wanted(int entered, int refused) {
    for (int i = 0; i < entered + refused; i++) {
      bar(2.5, "beta", 0);
      validator
          .owner
          .sql(
              """
              update core.signals_live set action = ?, reason = ?
              where bar_ts = ? and model_version = ?
              """)
          .params(
              i < entered ? "ENTER" : "HOLD",
              i < entered ? "return_prob>theta1,risk_score<theta2" : "risk_score>=theta2",
              START.plusSeconds(3_600L * (bars - 1)).atOffset(ZoneOffset.UTC),
              version)
          .update();
    }
  }

  private UUID signal(
      String pair, Instant ts, String action, String reason, double zScore, String legs) {
    UUID id = new UUID(random.nextLong(), random.nextLong());
    validator
        .owner
        .sql(
            """
            insert into core.signals_live (signal_id, mode, pair, interval, bar_ts, "timestamp",
              expires_at, z_score, return_prob, risk_score, entry, confidence, risk_flag, theta1,
              theta2, position_scale, action, reason, legs, model_version, policy_hash,
              leverage_reduction)
            values (:id, :mode, :pair, 'PT1M', :ts, :ts, :ts, :z, 0.5, :risk, :action, 0.5, 0, 0.7,
              0.3, 1, :action, :reason, :legs::jsonb, :version, 'p', 0.5)
            """)
        .param("id", id)
        .param("mode", mode)
        .param("pair", pair)
        .param("ts", ts.atOffset(ZoneOffset.UTC))
        .param("z", zScore)
        .param("risk", random.nextDouble())
        .param("action", action)
        .param("reason", reason)
        .param("legs", legs)
        .param("version", version)
        .update();
    return id;
  }

  /** Round trips of a sold gold and bought silver leg; a winner gains 1 %, a loser loses it. */
  void roundTrips(int wins, int losses) {
    validator.together.executeWithoutResult(status -> trips(wins, losses));
  }

  private void trips(int wins, int losses) {
    for (int i = 0; i < wins + losses; i++) {
      double gold = i < wins ? 1_980 : 2_020;
      trade("ENTER", "SELL", 2_000, "BUY", 25);
      trade("EXIT", "BUY", gold, "SELL", 25);
    }
  }

  private void trade(String action, String sideA, double priceA, String sideB, double priceB) {
    Instant ts = START.plusSeconds(60 * ++seq);
    String legs =
        """
        [{"symbol":"XAUUSD","side":"%s","weight":0.6},{"symbol":"XAGUSD","side":"%s","weight":0.4}]
        """
            .formatted(sideA, sideB);
    UUID id = signal("XAUUSD-XAGUSD", ts.plusSeconds(1), action, "test", 2.5, legs);
    fill(id, action, "XAUUSD", sideA, priceA, ts);
    fill(id, action, "XAGUSD", sideB, priceB, ts);
  }

  private void fill(
      UUID signal, String action, String symbol, String side, double price, Instant at) {
    validator
        .owner
        .sql(
            """
            insert into core.live_trades (account, deal_ticket, signal_seq, signal_id, mode, action,
              pair, symbol, side, lots, price, filled_at, retcode)
            values (?, ?, ?, ?, ?, ?, 'XAUUSD-XAGUSD', ?, ?, 1, ?, ?, 10009)
            """)
        .params(
            List.of(
                "demo-" + mode,
                ++ticket,
                seq,
                signal,
                mode,
                action,
                symbol,
                side,
                price,
                at.atOffset(ZoneOffset.UTC)))
        .update();
  }

  /** A backtest of this win rate. */
  void backtest(double winRate) {
    validator
        .owner
        .sql(
            """
            insert into core.backtest_results (model_version, kind, interval, period_start,
              period_end, theta1, theta2, win_rate, max_drawdown, trades, bars_per_year)
            values (?, 'oof', 'PT1M', '2025-01-01', '2025-12-31', 0.7, 0.3, ?, 0.1, 500, 1e5)
            """)
        .params(version, winRate)
        .update();
  }
}
