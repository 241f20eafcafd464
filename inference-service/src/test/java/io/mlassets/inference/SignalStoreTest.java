package io.mlassets.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.mlassets.decision.DecisionState;
import io.mlassets.decision.DecisionTrace;
import io.mlassets.decision.Direction;
import io.mlassets.decision.Legs;
import io.mlassets.decision.Position;
import io.mlassets.decision.Scores;
import io.mlassets.decision.Thresholds;
import io.mlassets.feature.FeatureSchema;
import io.mlassets.feature.FeatureVector;
import io.mlassets.feature.SpreadState;
import io.mlassets.market.BarInterval;
import io.mlassets.market.Pair;
import io.mlassets.model.ModelVersion;
import io.mlassets.parity.BarsSeen;
import io.mlassets.platform.registry.KeptPolicies;
import io.mlassets.platform.testing.TestServers;
import io.mlassets.policy.Policies;
import io.mlassets.policy.PolicyFiles;
import io.mlassets.shard.ShardPlan;
import io.mlassets.signal.Action;
import io.mlassets.signal.Signal;
import io.mlassets.signal.SignalMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Many decisions are copied, few are inserted: the rows must be the same. */
class SignalStoreTest {
  private static final Instant BAR = Instant.parse("2026-01-05T00:00:00Z");
  private static final int MANY = 300;
  private static final Duration LEASE = Duration.ofSeconds(30);
  private final Policies policies = PolicyFiles.read(TestServers.configFolder());
  private final TestServers copied = TestServers.start();
  private final TestServers inserted = TestServers.start();

  @AfterEach
  void stop() {
    copied.close();
    inserted.close();
  }

  /** A store, and the one shard all decisions are of. */
  private final class Committing {
    private final SignalStore store;
    private final HeldShards shards;

    Committing(TestServers servers) {
      DataSource source = servers.dataSource("mlassets_inference");
      JdbcClient jdbc = JdbcClient.create(source);
      TransactionTemplate transactions =
          new TransactionTemplate(new DataSourceTransactionManager(source));
      store =
          new SignalStore(
              new JdbcTemplate(source),
              transactions,
              new KeptPolicies(jdbc),
              JsonMapper.builder().build());
      InferenceSettings settings = new InferenceSettings("all", LEASE, LEASE);
      ShardSettings split = new ShardSettings(ShardPlan.MOST_PAIRS, LEASE, "");
      shards =
          new HeldShards(
              new ShardLeases(jdbc, transactions, settings, split),
              new ShardTable(jdbc, settings),
              split,
              new InferenceMetrics(new SimpleMeterRegistry(), settings));
      shards.split(
          new ShardPlan(
              IntStream.rangeClosed(0, MANY).mapToObj(SignalStoreTest::pair).toList(),
              split.size()));
      shards.look(ShardLeases.Progress.UNKNOWN);
    }

    void commit(List<Decided> decisions) {
      store.commit("all", policies, decisions, shards, ShardLeases.Progress.UNKNOWN);
    }
  }

  @Test
  void copied_decisions_are_the_rows_that_inserted_ones_are() {
    List<Decided> decisions = decisions(MANY);
    new Committing(copied).commit(decisions);
    Committing few = new Committing(inserted);
    int most = SignalStore.COPIED - 1;
    for (int from = 0; from < MANY; from += most) {
      few.commit(decisions.subList(from, Math.min(from + most, MANY)));
    }

    for (String table : List.of("signals_live", "live_features", "decision_states")) {
      List<String> rows = rows(copied, table);
      assertThat(rows).as(table).hasSize(MANY).isEqualTo(rows(inserted, table));
    }
    assertThat(rows(copied, "policies")).hasSize(1);
  }

  private static List<String> rows(TestServers servers, String table) {
    return new JdbcTemplate(servers.dataSource())
        .queryForList(
            "select (to_jsonb(t) - 'created_at' - 'written_by')::text from core.%s t order by 1"
                .formatted(table),
            String.class);
  }

  @Test
  void one_that_is_there_already_does_not_keep_the_others_out() {
    List<Decided> decisions = decisions(MANY);
    Committing store = new Committing(copied);
    store.commit(decisions.subList(100, 110));
    store.commit(decisions);
    store.commit(decisions);

    for (String table : List.of("signals_live", "live_features", "decision_states")) {
      assertThat(rows(copied, table)).as(table).hasSize(MANY);
    }
  }

  @Test
  void what_is_refused_for_its_content_leaves_nothing_behind() {
    List<Decided> decisions = new ArrayList<>(decisions(MANY));
    decisions.add(decided(MANY, new SplittableRandom(1), "a reason with NUL \0"));

    assertThatThrownBy(() -> new Committing(copied).commit(decisions))
        .isInstanceOf(DataIntegrityViolationException.class);
    assertThat(rows(copied, "signals_live")).isEmpty();
    assertThat(rows(copied, "live_features")).isEmpty();
  }

  private static Pair pair(int number) {
    return Pair.parse("SIMA%03d-SIMB%03d".formatted(number, number));
  }

  private static List<Decided> decisions(int count) {
    SplittableRandom random = new SplittableRandom(7);
    List<Decided> decisions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      decisions.add(decided(i, random, i % 2 == 0 ? "reverted" : "tab\t line\n back\\slash é"));
    }
    return decisions;
  }

  private static Decided decided(int number, SplittableRandom random, String reason) {
    Pair pair = pair(number);
    Thresholds thresholds = new Thresholds(random.nextDouble(), random.nextDouble());
    SpreadState spread =
        new SpreadState(
            random.nextDouble(), -1e-17 * random.nextDouble(), 1, random.nextDouble(), 0.3);
    Position position =
        number % 3 == 0
            ? new Position.Open(Direction.against(1), BAR.minusSeconds(60), spread, 3, 1 / 3.0)
            : new Position.Flat();
    Signal signal =
        new Signal(
            new UUID(7, number),
            SignalMode.LIVE,
            pair,
            BarInterval.M1,
            BAR,
            BAR.plusSeconds(60),
            BAR.plusSeconds(120),
            random.nextDouble() - 0.5,
            random.nextDouble(),
            1e-12 * random.nextDouble(),
            random.nextDouble(),
            number % 3 == 0 ? Action.EXIT : Action.HOLD,
            number % 3 == 0 ? Legs.closing(pair, Direction.against(1), 0.7) : List.of(),
            number % 5 == 0,
            thresholds,
            new ModelVersion("20260101_0000"),
            "5f".repeat(32),
            0.5,
            reason);
    double[] values = new double[FeatureSchema.current().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 7 == 3 ? Double.NaN : random.nextDouble(-1e9, 1e9);
    }
    values[FeatureSchema.current().indexOf(FeatureSchema.PAIR_CLASS)] = number % 2;
    FeatureVector features = FeatureVector.of(FeatureSchema.current(), pair, BAR, values);
    return new Decided(
        signal,
        features,
        new Scores(signal.returnProb(), signal.riskScore(), signal.positionScale()),
        new DecisionTrace(
            signal.signalId(),
            BAR,
            new DecisionState(BAR.plusSeconds(60), thresholds, spread, position, number % 7 == 0),
            "bundle",
            "policy",
            DecisionTrace.sha256(features)),
        new BarsSeen(random.nextInt(1, 500), random.nextLong(), random.nextLong()),
        null,
        new StageNanos(0, 0, 0));
  }
}
