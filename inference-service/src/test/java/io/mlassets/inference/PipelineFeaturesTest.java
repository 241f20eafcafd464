package io.mlassets.inference;

import static io.mlassets.inference.LiveMarket.await;
import static io.mlassets.inference.PipelineMarket.HISTORY;
import static io.mlassets.inference.PipelineMarket.PATIENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.feature.FeatureVector;
import io.mlassets.inference.BarSettings.Source;
import io.mlassets.market.Pair;
import io.mlassets.market.PairBar;
import io.mlassets.testing.SampleMarket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.ConfigurableApplicationContext;

/** Models whose features the data pipeline makes. */
@Tag("I-01")
class PipelineFeaturesTest {
  @TempDir Path folder;
  private PipelineMarket on;

  @BeforeEach
  void start() throws Exception {
    on = new PipelineMarket(folder);
  }

  @AfterEach
  void stop() throws Exception {
    on.close();
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void decisions_are_those_of_a_history_replay_whichever_comes_first_the_bar_or_its_vector(
      Source source) throws Exception {
    on.startService(source, PATIENT);
    for (int bar = HISTORY; bar < HISTORY + 200; bar += 2) {
      on.sendVector(source, bar);
      on.sendBar(source, bar);
      on.sendBar(source, bar + 1);
      on.sendVector(source, bar + 1);
    }
    on.awaitSignals(200);
    assertThat(on.assertAsReplayed(HISTORY, HISTORY + 200, Set.of()))
        .containsExactly("ENTER", "EXIT", "HOLD");
    assertThat(
            on.market
                .sql()
                .sql("select distinct schema_hash from core.live_features")
                .query(String.class)
                .list())
        .containsExactly(VectorPipeline.SCHEMA.hash());
    assertThat(on.counted("features_missing_total", "pair", SampleMarket.PAIR.id())).isZero();
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void without_its_vector_a_bar_enters_nothing_and_exits_go(Source source) throws Exception {
    on.startService(source, "100ms");
    Set<Integer> missed = new TreeSet<>();
    int bar = HISTORY;
    boolean entered = false;
    while (!entered) {
      on.sendVector(source, bar);
      awaitFeatures(bar - HISTORY + 1);
      on.sendBar(source, bar++);
      on.awaitSignals(bar - HISTORY);
      entered = on.recorded().getLast().get("action").equals("ENTER");
    }
    int first = bar;
    String reason = "";
    while (!reason.equals("features_missing")) {
      missed.add(bar);
      on.sendBar(source, bar++);
      on.awaitSignals(bar - HISTORY);
      reason = String.valueOf(on.recorded().getLast().get("reason"));
    }
    on.assertAsReplayed(HISTORY, bar, missed);
    List<Map<String, Object>> rows = on.recorded().subList(first - HISTORY, bar - HISTORY);
    assertThat(rows).extracting("action").contains("EXIT").doesNotContain("ENTER");
    assertThat(on.counted("features_missing_total", "pair", SampleMarket.PAIR.id()))
        .isEqualTo(missed.size());
    on.sendVector(source, first);
    await("the late one", () -> on.counted("features_ignored_total", "reason", "late") == 1);
    assertThat(on.market.signals()).isEqualTo(bar - HISTORY);
  }

  private void awaitFeatures(int count) throws Exception {
    await(count + " vectors", () -> on.counted("features_total") == count);
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void after_a_restart_bars_find_the_vectors_that_came_meanwhile(Source source) throws Exception {
    on.startService(source, PATIENT);
    for (int bar = HISTORY; bar < HISTORY + 20; bar++) {
      on.sendVector(source, bar);
      on.sendBar(source, bar);
    }
    // Without its vector: the process stops while it waits.
    on.sendBar(source, HISTORY + 20);
    on.awaitSignals(20);
    Objects.requireNonNull(on.context).close();
    for (int bar = HISTORY + 20; bar < HISTORY + 40; bar++) {
      if (bar > HISTORY + 20) {
        on.sendBar(source, bar);
      }
      if (bar < HISTORY + 35) {
        on.sendVector(source, bar);
      } else {
        on.pipeline.store(on.vector(bar));
      }
    }
    on.startService(source, "1s");
    for (int bar = HISTORY + 40; bar < HISTORY + 60; bar++) {
      on.sendVector(source, bar);
      on.sendBar(source, bar);
    }
    on.awaitSignals(60);
    on.assertAsReplayed(HISTORY, HISTORY + 60, Set.of());
  }

  @Test
  void a_pair_that_waits_for_its_vector_holds_up_no_other() throws Exception {
    Pair other = new Pair(SampleMarket.PAIR.b(), SampleMarket.PAIR.a());
    byte[] both = PipelineMarket.bundle("20260102_0000", List.of(SampleMarket.PAIR, other));
    on.market.register("20260102_0000", both, "active");
    on.startService(Source.REDIS, PATIENT);
    for (int bar = HISTORY; bar < HISTORY + 3; bar++) {
      on.sendBar(Source.REDIS, bar);
      double[] values = on.vector(bar).copy();
      on.pipeline.stream(
          VectorPipeline.json(
              FeatureVector.of(VectorPipeline.SCHEMA, other, on.view(bar).bar().ts(), values)));
    }
    on.awaitSignals(3);
    assertThat(pairsDecided()).containsExactly(other.id());
    for (int bar = HISTORY + 2; bar >= HISTORY; bar--) {
      on.sendVector(Source.REDIS, bar);
    }
    on.awaitSignals(6);
    assertThat(pairsDecided()).containsExactly(other.id(), SampleMarket.PAIR.id());
    assertThat(
            on.market
                .sql()
                .sql(
                    "select bar_ts from core.signals_live where pair = ? order by created_at,"
                        + " bar_ts")
                .param(SampleMarket.PAIR.id())
                .query((row, n) -> row.getTimestamp(1).toInstant())
                .list())
        .isEqualTo(
            on.market.bars().subList(HISTORY, HISTORY + 3).stream().map(PairBar::ts).toList());
  }

  private List<String> pairsDecided() {
    return on.market
        .sql()
        .sql("select distinct pair from core.signals_live order by pair")
        .query(String.class)
        .list();
  }

  @Test
  void what_is_no_vector_is_quarantined_and_the_next_goes_on() throws Exception {
    on.startService(Source.REDIS, PATIENT);
    String good = VectorPipeline.json(on.vector(HISTORY));
    List<String> bad = new ArrayList<>();
    bad.add("{");
    bad.add("[1]");
    bad.add(good.replace("PT1H", "an hour"));
    bad.add(good.replace("XAUUSD-XAGUSD", "GOLD-XAGUSD"));
    bad.add(good.replace(VectorPipeline.SCHEMA.hash(), "0".repeat(64)));
    bad.add(good.replace("[", "[1, "));
    bad.add(good.replace("[", "[\"x\", "));
    bad.add(good.replaceAll("\\[[^,]*,", "[1e999,"));
    bad.add(good.replaceAll(", [^,]*]", ", 0.5]"));
    bad.add(good.replaceAll(", [^,]*]", ", -1]"));
    bad.add(good.replace("feature_values", "values"));
    bad.forEach(on.pipeline::stream);
    on.pipeline.stream(good);
    on.pipeline.stream(good);
    on.pipeline.stream(good.replaceAll("\\[[^,]*,", "[0.25,"));
    on.sendBar(Source.REDIS, HISTORY);
    on.awaitSignals(1);
    await("the conflict", () -> on.counted("features_refused_total", "reason", "conflict") == 1);
    on.assertAsReplayed(HISTORY, HISTORY + 1, Set.of());
    assertThat(on.counted("features_ignored_total", "reason", "duplicate")).isEqualTo(1);
    assertThat(on.counted("features_refused_total", "reason", "malformed")).isEqualTo(2);
    assertThat(on.counted("features_refused_total", "reason", "unknown_pair")).isEqualTo(1);
    assertThat(on.counted("features_refused_total", "reason", "schema")).isEqualTo(1);
    assertThat(on.counted("features_refused_total", "reason", "invalid")).isEqualTo(7);
    assertThat(on.market.sql().sql("select source from core.quarantine").query(String.class).list())
        .hasSize(bad.size() + 1)
        .containsOnly("stream features");
  }

  @Test
  @Tag("I-06")
  void without_a_source_of_features_such_a_bundle_is_refused() throws Exception {
    ConfigurableApplicationContext context =
        on.servers.start(
            InferenceApplication.class, "inference", "--inference.model-check-every=200ms");
    on.context = context;
    ModelWatch watch = context.getBean(ModelWatch.class);
    await("a refusal", () -> watch.refused() != null);
    assertThat(watch.ready()).isNull();
  }
}
