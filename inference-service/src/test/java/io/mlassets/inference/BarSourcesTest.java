package io.mlassets.inference;

import static io.mlassets.inference.LiveMarket.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.decision.DecisionTrace;
import io.mlassets.feature.FeatureVector;
import io.mlassets.feature.MarketView;
import io.mlassets.inference.BarSettings.Source;
import io.mlassets.market.Bar;
import io.mlassets.market.InstrumentCatalogue;
import io.mlassets.market.PairBar;
import io.mlassets.parity.BarsSeen;
import io.mlassets.platform.testing.TestServers;
import io.mlassets.policy.PolicyFiles;
import io.mlassets.testing.SampleMarket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.Jedis;

/** What comes of the bars of both sources. */
@Tag("I-01")
class BarSourcesTest extends SourcedBars {
  /** Everything recorded of the decisions, but when and under which version they were made. */
  private List<Map<String, Object>> recorded() {
    return market
        .sql()
        .sql(
            """
            select s.signal_id::text, s.bar_ts::text, s.timestamp::text, s.z_score, s.return_prob,
                   s.risk_score, s.position_scale, s.action, s.reason, s.legs::text,
                   d.sha256, d.features_sha256, v.feature_values::text, v.schema_hash
            from core.signals_live s
            join core.decision_states d using (signal_id, bar_ts)
            join core.live_features v
              on v.pair = s.pair and v.interval = s.interval and v.ts = s.bar_ts
            order by s.bar_ts
            """)
        .query()
        .listOfRows();
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void every_bar_has_the_same_outcome_from_either_source(Source source) throws Exception {
    startService(source);
    List<PairBar> bars = market.bars();
    PairBar first = bars.get(HISTORY);
    send(source, market.legs(HISTORY, HISTORY + 3));
    Bar known = bars.get(HISTORY + 2).b();
    send(source, List.of(known));
    send(source, List.of(first.a()));
    send(source, List.of(withVolume(known, known.volume() + 1)));
    send(source, List.of(bars.get(HISTORY + 3).a()));
    send(source, market.legs(HISTORY + 4, HISTORY + 6));
    send(source, List.of(bars.get(HISTORY + 3).b()));
    send(source, market.legs(HISTORY + 6, HISTORY + 10));
    awaitSignals(9);

    List<Instant> whole =
        new ArrayList<>(bars.subList(HISTORY, HISTORY + 10).stream().map(PairBar::ts).toList());
    whole.remove(bars.get(HISTORY + 3).ts());
    assertThat(decided()).isEqualTo(whole);
    assertThat(counted("bars_ignored_total", "reason", "duplicate")).isEqualTo(1);
    assertThat(counted("bars_refused_total", "reason", "late")).isEqualTo(2);
    assertThat(counted("bars_refused_total", "reason", "conflict")).isEqualTo(1);
    assertThat(counted("bars_missing_leg_total", "pair", SampleMarket.PAIR.id())).isEqualTo(1);
    String name = source == Source.REDIS ? "stream bars" : "sqlite bars";
    assertThat(market.sql().sql("select source from core.quarantine").query(String.class).list())
        .hasSize(3)
        .containsOnly(name);
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void bars_outside_of_their_session_count_neither_live_nor_in_history(Source source)
      throws Exception {
    startService(source);
    int friday = HISTORY + 3;
    while (market.bars().get(friday + 1).ts().atOffset(ZoneOffset.UTC).getDayOfWeek()
        != DayOfWeek.SUNDAY) {
      friday++;
    }
    send(source, market.legs(HISTORY, friday + 1));
    Instant saturday =
        market.bars().get(friday + 1).ts().truncatedTo(ChronoUnit.DAYS).minusSeconds(36_000);
    for (Bar leg : market.legs(friday, friday + 1)) {
      Bar outside =
          new Bar(
              leg.symbol(),
              leg.interval(),
              saturday,
              leg.open(),
              leg.high(),
              leg.low(),
              leg.close(),
              leg.volume());
      market.store(List.of(outside));
      send(source, List.of(outside));
    }
    send(source, market.legs(friday + 1, friday + 11));
    awaitSignals(friday + 11 - HISTORY);
    assertThat(decided())
        .isEqualTo(market.bars().subList(HISTORY, friday + 11).stream().map(PairBar::ts).toList());
    assertThat(counted("bars_refused_total", "reason", "session")).isEqualTo(2);
    assertThat(market.sql().sql("select source from core.quarantine").query(String.class).list())
        .hasSize(3)
        .contains("core.bars");
    context.close();
    startService(source);
    assertThat(market.signals()).isEqualTo(friday + 11 - HISTORY);
  }

  private static Bar withVolume(Bar bar, double volume) {
    return new Bar(
        bar.symbol(),
        bar.interval(),
        bar.ts(),
        bar.open(),
        bar.high(),
        bar.low(),
        bar.close(),
        volume);
  }

  @Test
  @Tag("T-01")
  void redis_sqlite_and_history_give_the_same_features_and_decisions_to_the_last_bit()
      throws Exception {
    startService(Source.REDIS);
    send(Source.REDIS, market.legs(HISTORY, HISTORY + 300));
    awaitSignals(300);
    final List<Map<String, Object>> fromRedis = recorded();
    final LiveModel model = Objects.requireNonNull(context.getBean(InferenceLoop.class).model());
    stop();

    start();
    startService(Source.SQLITE);
    send(Source.SQLITE, market.legs(HISTORY, HISTORY + 300));
    awaitSignals(300);
    assertThat(recorded()).isEqualTo(fromRedis);
    assertThat(fromRedis.stream().map(row -> row.get("action")).distinct()).contains("ENTER");

    market.history(HISTORY, HISTORY + 300);
    List<PairBar> stored =
        new PairBars(
                market.sql(),
                context.getBean(InstrumentCatalogue.class),
                (what, where) -> {
                  throw new AssertionError(what);
                })
            .since(SampleMarket.PAIR, market.bars().getFirst().a().interval(), Instant.EPOCH);
    var policies = PolicyFiles.read(TestServers.configFolder());
    List<MarketView> views = SampleMarket.views(stored, policies.core().trading());
    PairDecider decider = new PairDecider(policies, id -> false, () -> false);
    List<MarketView> live = views.subList(views.size() - 300, views.size());
    for (int i = 0; i < live.size(); i++) {
      MarketView view = live.get(i);
      BarsSeen seen = BarsSeen.of(List.of(view.bar()));
      Decided again = decider.decide(view, seen, model, view.bar().a().end(), null, 0);
      Map<String, Object> row = fromRedis.get(i);
      assertThat(row.get("features_sha256")).isEqualTo(DecisionTrace.sha256(view.features()));
      assertThat(row.get("sha256"))
          .as("decision on %s", view.bar().ts())
          .isEqualTo(again.trace().sha256());
      assertThat(row.get("signal_id")).isEqualTo(again.signal().signalId().toString());
      assertThat(row.get("action")).isEqualTo(again.signal().action().name());
      assertThat(row.get("return_prob")).isEqualTo(again.signal().returnProb());
      assertThat(row.get("risk_score")).isEqualTo(again.signal().riskScore());
      assertThat(row.get("position_scale")).isEqualTo(again.signal().positionScale());
    }
  }

  @Test
  @Tag("I-08")
  void redis_and_the_cache_file_have_the_latest_features_scores_and_state_of_each_pair()
      throws Exception {
    startService(Source.REDIS);
    send(Source.REDIS, market.legs(HISTORY, HISTORY + 5));
    awaitSignals(5);
    Path cache = servers.var().resolve("inference").resolve("cache.sqlite");
    String last = market.bars().get(HISTORY + 4).ts().toString();
    await("the last bar in the file", () -> cached(cache, "bar_ts").equals(last));
    var rules = PolicyFiles.read(TestServers.configFolder()).core().trading();
    FeatureVector features =
        SampleMarket.views(market.bars().subList(0, HISTORY + 5), rules).getLast().features();
    String name = features.schema().names().getFirst();
    assertThat(cached(cache, "json_extract(features, '$." + name + "')"))
        .isEqualTo(features.get(name));
    assertThat(cached(cache, "schema_hash")).isEqualTo(features.schema().hash());
    try (Jedis redis = servers.jedis()) {
      await(
          "the last bar in Redis",
          () -> redis.hget("pairs.latest", SampleMarket.PAIR.id()).contains(last));
      assertThat(redis.hget("pairs.latest", SampleMarket.PAIR.id()))
          .contains("\"%s\":%s".formatted(name, features.get(name)), "\"return_prob\":");
    }
  }

  private static Object cached(Path cache, String what) {
    try (Connection reader = new SqliteFile(cache).openToRead();
        Statement statement = reader.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select " + what + " from pairs_latest where pair = 'XAUUSD-XAGUSD'")) {
      return row.next() ? row.getObject(1) : "";
    } catch (SQLException e) {
      return "";
    }
  }
}
