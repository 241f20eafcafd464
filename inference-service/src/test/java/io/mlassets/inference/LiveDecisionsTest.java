package io.mlassets.inference;

import static io.mlassets.inference.LiveMarket.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.feature.FeatureVector;
import io.mlassets.feature.MarketView;
import io.mlassets.market.PairBar;
import io.mlassets.model.BundleFile;
import io.mlassets.model.ModelBundle;
import io.mlassets.model.SampleBundles;
import io.mlassets.platform.testing.TestServers;
import io.mlassets.policy.PolicyFiles;
import io.mlassets.testing.SampleMarket;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is decided on bars over Redis, and recorded, shown and measured of it. */
class LiveDecisionsTest extends FirstModelDecides {
  @Test
  @Tag("I-01")
  @Tag("T-01")
  void live_features_and_scores_are_those_of_a_history_replay_to_the_last_bit() throws Exception {
    market.live(HISTORY, HISTORY + 300);
    awaitSignals(300);
    Map<OffsetDateTime, double[]> live = new HashMap<>();
    market
        .sql()
        .sql("select ts, feature_values from core.live_features")
        .query(
            row -> {
              Double[] boxed = (Double[]) row.getArray(2).getArray();
              live.put(
                  row.getObject(1, OffsetDateTime.class),
                  Arrays.stream(boxed).mapToDouble(Double::doubleValue).toArray());
            });
    ModelBundle bundle = BundleFile.read(market.bundle(FIRST), SampleBundles.KEY);
    Map<OffsetDateTime, double[]> scores = new HashMap<>();
    market
        .sql()
        .sql("select bar_ts, z_score, return_prob, risk_score from core.signals_live")
        .query(
            row -> {
              scores.put(
                  row.getObject(1, OffsetDateTime.class),
                  new double[] {row.getDouble(2), row.getDouble(3), row.getDouble(4)});
            });
    var rules = PolicyFiles.read(TestServers.configFolder()).core().trading();
    List<MarketView> replay = SampleMarket.views(market.bars().subList(0, HISTORY + 300), rules);
    for (MarketView view : replay.subList(replay.size() - 300, replay.size())) {
      OffsetDateTime ts = view.bar().ts().atOffset(ZoneOffset.UTC);
      FeatureVector features = view.features();
      assertThat(live.get(ts)).as("features at %s", ts).isEqualTo(features.copy());
      var offline = bundle.score(features);
      assertThat(scores.get(ts))
          .isEqualTo(
              new double[] {view.spread().zScore(), offline.returnProb(), offline.riskScore()});
    }
    assertThat(
            market
                .sql()
                .sql("select count(*) from core.signals_live where action = 'ENTER'")
                .query(Long.class)
                .single())
        .isPositive();
  }

  @Test
  @Tag("I-09")
  void every_signal_carries_model_policy_and_thresholds() throws Exception {
    market.live(HISTORY, HISTORY + 20);
    awaitSignals(20);
    String hash = PolicyFiles.read(TestServers.configFolder()).hash();
    assertThat(
            market
                .sql()
                .sql(
                    """
                    select count(*) from core.signals_live where model_version = ?
                      and policy_hash = ? and theta1 = 0 and theta2 = 1 and leverage_reduction = 0.5
                    """)
                .params(FIRST, hash)
                .query(Long.class)
                .single())
        .isEqualTo(20);
  }

  @Test
  void a_model_is_swapped_between_two_bars_without_missing_one() throws Exception {
    market.live(HISTORY, HISTORY + 50);
    market.adopt(SECOND);
    for (int bar = HISTORY + 50; bar < HISTORY + 150; bar += 10) {
      market.live(bar, bar + 10);
      Thread.sleep(50);
    }
    awaitSignals(150);
    assertThat(market.signals()).isEqualTo(150);
    await(
        "signals of the second model",
        () -> {
          market.live(HISTORY + 150, HISTORY + 151);
          return versionsSeen() == 2;
        });
  }

  @Test
  void a_restart_decides_what_came_meanwhile_once() throws Exception {
    market.live(HISTORY, HISTORY + 40);
    awaitSignals(40);
    stopService();
    market.live(HISTORY + 40, HISTORY + 80);
    startService(0);
    market.live(HISTORY + 80, HISTORY + 100);
    awaitSignals(100);
    assertThat(market.signals()).isEqualTo(100);
  }

  @Test
  void a_restart_shows_the_last_decisions_before_another_bar_comes() throws Exception {
    market.live(HISTORY, HISTORY + 40);
    awaitSignals(40);
    await("all of it", () -> get("/api/v1/pairs/XAUUSD-XAGUSD").body().contains("\"flag_run\""));
    String before = get("/api/v1/pairs/XAUUSD-XAGUSD").body();
    restart(0);
    await("the state", () -> get("/api/v1/pairs/XAUUSD-XAGUSD").body().contains("\"flag_run\""));
    assertThat(get("/api/v1/pairs/XAUUSD-XAGUSD").body()).isEqualTo(before);
  }

  @Test
  void nothing_is_lost_while_redis_or_postgresql_restarts() throws Exception {
    market.live(HISTORY, HISTORY + 20);
    awaitSignals(20);
    servers().stopRedis();
    Thread.sleep(500);
    servers().startRedis();
    market.live(HISTORY + 20, HISTORY + 40);
    awaitSignals(40);
    market.history(HISTORY + 40, HISTORY + 60);
    servers().databaseAway(true);
    for (PairBar bar : market.bars().subList(HISTORY + 40, HISTORY + 60)) {
      market.send(bar.a());
      market.send(bar.b());
    }
    Thread.sleep(1_000);
    servers().databaseAway(false);
    awaitSignals(60);
    assertThat(market.signals()).isEqualTo(60);
  }

  @Test
  @Tag("E-04")
  void pairs_are_shown_and_latency_is_measured() throws Exception {
    market.live(HISTORY, HISTORY + 2);
    awaitSignals(2);
    await("the state", () -> get("/api/v1/pairs/XAUUSD-XAGUSD").statusCode() == 200);
    assertThat(get("/api/v1/pairs/XAUUSD-XAGUSD").body()).contains("\"features\"", "\"z_score\"");
    assertThat(get("/api/v1/pairs").body()).contains(FIRST);
    assertThat(get("/api/v1/pairs/AAA-BBB").statusCode()).isEqualTo(404);
    assertThat(metrics())
        .contains("inference_latency_seconds_bucket")
        .containsPattern("(?m)^inference_latency ");
  }
}
