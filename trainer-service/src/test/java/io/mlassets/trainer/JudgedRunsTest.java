package io.mlassets.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.channel.BacktestNotice;
import io.mlassets.platform.testing.Listening;
import io.mlassets.platform.testing.TestServers;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs on the same bars, one after the other, and what the backtest layer hears of them. */
@Tag("R-03")
class JudgedRunsTest {
  private static final String GOOD = "20200101_0000";
  private static final SmallMarket MARKET = new SmallMarket(2, 4_000, 0.05, 11);
  private static final JsonMapper JSON = JsonMapper.shared();

  @Test
  @Tag("T-09")
  @Tag("F-02")
  void whoever_tries_another_seed_is_judged_by_both_and_the_backtest_layer_hears_of_each()
      throws Exception {
    try (TestServers servers = TestServers.start();
        Listening heard = new Listening(servers, "backtest");
        RunningTrainer trainer = new RunningTrainer(servers)) {
      MARKET.load(servers.dataSource());

      JsonNode first = trained(trainer, MARKET, 5);
      Patience.until("a notice", () -> !heard.messages.isEmpty());
      assertNotice(servers, first, JSON.readValue(heard.messages.getFirst(), BacktestNotice.class));
      int own = first.at("/metrics/overfitting/trials").asInt();
      assertThat(first.at("/metrics/earlier_trials").asInt()).isZero();

      JsonNode other = trained(trainer, MARKET, 6);
      assertThat(other.at("/metrics/earlier_trials").asInt()).isEqualTo(own);
      assertThat(check(other).get("value").asDouble())
          .isLessThanOrEqualTo(other.at("/metrics/overfitting/deflated_sharpe").asDouble());
      assertThat(check(other).get("text").asString())
          .contains("of this run and " + own + " of earlier ones");

      JsonNode again = trained(trainer, MARKET, 5);
      assertThat(again.at("/metrics/overfitting")).isEqualTo(first.at("/metrics/overfitting"));
      assertThat(again.at("/metrics/earlier_trials").asInt())
          .as("the other seed's, not those of the same study made before")
          .isEqualTo(other.at("/metrics/overfitting/trials").asInt());
    }
  }

  @Test
  @Tag("Q-03")
  void a_champion_gives_way_neither_to_fewer_pairs_nor_when_damaged_to_its_equal_or_worse()
      throws Exception {
    try (TestServers servers = TestServers.start();
        RunningTrainer trainer = new RunningTrainer(servers)) {
      SmallMarket whole = new SmallMarket(3, 4_000, 0.05, 11);
      whole.load(servers.dataSource());
      JdbcClient database = JdbcClient.create(servers.dataSource());
      JsonNode champion = trained(trainer, whole, 5);
      assertThat(champion.get("verdict").asString()).as("%s", champion).isEqualTo("adopted");

      JsonNode fewer = trained(trainer, MARKET, 5);
      assertThat(fewer.get("verdict").asString()).as("%s", fewer).isEqualTo("held");
      assertThat(fewer.get("reasons").toString()).contains("champion_pairs_missing", "SIM03A");

      copy(database, "core.model_registry", champion);
      copy(database, "core.model_artifacts", champion);
      database
          .sql("update core.model_artifacts set content = '\\x00' where model_version = ?")
          .param(champion.get("model_version").asString())
          .update();
      JsonNode equal = trained(trainer, whole, 5);
      assertThat(equal.get("verdict").asString()).as("%s", equal).isEqualTo("held");
      assertThat(equal.get("reasons").toString())
          .contains("no_improvement", "champion_unusable", "figures stored of it");

      database
          .sql(
              """
              update core.model_registry set metrics = jsonb_set(metrics, '{backtest,sharpe}',
                to_jsonb((metrics -> 'backtest' ->> 'sharpe')::float8 * 1.2))
              where status = 'active'
              """)
          .update();
      JsonNode worse = trained(trainer, whole, 5);
      assertThat(worse.get("verdict").asString()).isEqualTo("rejected");
      assertThat(worse.get("reasons").toString()).contains("sharpe_fell");

      stepBack(database, champion.get("model_version").asString());
      JsonNode fewerThanGood = trained(trainer, MARKET, 5);
      assertThat(fewerThanGood.get("reasons").toString())
          .as("the champion is what decides, and its bundle is whole")
          .contains("champion_pairs_missing", GOOD);
    }
  }

  /** A model like it that decided before. */
  private static void copy(JdbcClient database, String table, JsonNode champion) {
    database
        .sql(
            """
            insert into %1$s select (jsonb_populate_record(t,
              jsonb_build_object('model_version', ?, 'status', 'archived'))).*
            from %1$s t where model_version = ?
            """
                .formatted(table))
        .params(GOOD, champion.get("model_version").asString())
        .update();
  }

  private static void stepBack(JdbcClient database, String version) {
    database
        .sql(
            """
            insert into core.model_swaps (model_scope, model_version, cause)
            values ('all', ?, 'first'), ('all', ?, 'at_once')
            """)
        .params(GOOD, version)
        .update();
    database
        .sql(
            """
            insert into core.model_stepbacks (model_scope, model_version, found, reason, figures)
            values ('all', ?, 'live', 'r', '{}')
            """)
        .param(version)
        .update();
  }

  private static void assertNotice(TestServers servers, JsonNode run, BacktestNotice notice) {
    JsonNode backtest = run.at("/metrics/backtest");
    assertThat(notice.modelVersion().value()).isEqualTo(run.get("model_version").asString());
    assertThat(notice.verdict()).isEqualTo(run.get("verdict").asString());
    assertThat(JSON.<JsonNode>valueToTree(notice.reasons())).isEqualTo(run.get("reasons"));
    assertThat(notice.models())
        .hasSize(3)
        .allSatisfy((type, m) -> assertThat(m.params()).isNotNull());
    assertThat(notice.seed()).isEqualTo(5);
    assertThat(notice.sharpe()).isEqualTo(backtest.get("sharpe").asDouble());
    assertThat(notice.sharpeLow()).isEqualTo(backtest.get("sharpe_low").asDouble());
    assertThat(notice.winRate()).isEqualTo(backtest.get("win_rate").asDouble()).isBetween(0.0, 1.0);
    assertThat(notice.meanPnl()).isEqualTo(backtest.get("mean_pnl").asDouble());
    assertThat(notice.maxDrawdown())
        .isEqualTo(backtest.get("max_drawdown").asDouble())
        .isPositive();
    assertThat(notice.trades()).isEqualTo(backtest.get("trades").asInt());
    assertThat(notice.noTradeRate()).isEqualTo(backtest.get("no_trade_rate").asDouble());
    assertThat(notice.deflatedSharpe())
        .isEqualTo(run.at("/metrics/overfitting/deflated_sharpe").asDouble());
    assertThat(notice.thresholds().theta1()).isEqualTo(run.get("theta1").asDouble());
    assertThat(notice.theta().trials()).isGreaterThan(600);
    assertThat(notice.theta().sharpe()).isEqualTo(run.at("/metrics/overfitting/sharpe").asDouble());
    assertThat(notice.theta().passRate()).isEqualTo(livePassRate(servers, run)).isBetween(0.0, 1.0);
  }

  private static double livePassRate(TestServers servers, JsonNode run) {
    return JdbcClient.create(servers.dataSource())
        .sql("select pass_rate from core.backtest_thresholds where model_version = ? and fold = -1")
        .param(run.get("model_version").asString())
        .query(Double.class)
        .single();
  }

  private static JsonNode check(JsonNode run) {
    for (JsonNode check : run.at("/metrics/checks")) {
      if (check.get("policy_key").asString().equals("adoption_deflated_sharpe_min")) {
        return check;
      }
    }
    throw new AssertionError("no deflated Sharpe ratio in " + run);
  }

  private static JsonNode trained(RunningTrainer trainer, SmallMarket market, int seed)
      throws Exception {
    UUID id =
        trainer.start(RunningTrainer.body(market, 2).replace("\"seed\":5", "\"seed\":" + seed));
    // The stream of events ends with the run.
    trainer.send("GET", "/" + id + "/events", null);
    JsonNode run = trainer.run(id);
    assertThat(run.get("status").asString()).as("%s", run).isEqualTo("success");
    return run;
  }
}
