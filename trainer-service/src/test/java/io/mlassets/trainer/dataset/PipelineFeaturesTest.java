package io.mlassets.trainer.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlassets.feature.FeatureSchema;
import io.mlassets.market.BarInterval;
import io.mlassets.market.InstrumentCatalogue;
import io.mlassets.platform.testing.TestServers;
import io.mlassets.policy.PolicyFiles;
import io.mlassets.trainer.SmallMarket;
import io.mlassets.trainer.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Training rows whose features the data pipeline made. */
@Tag("T-02")
class PipelineFeaturesTest {
  private static final SmallMarket MARKET = new SmallMarket(2, 3_000, 0.05, 11);
  private static final FeatureSchema OURS = FeatureSchema.current();
  private static final FeatureSchema THEIRS = extended();
  private TestServers servers;
  private JdbcClient database;
  private Workers workers;
  private LoadTrainingSet load;
  private LoadedData ours;

  private static FeatureSchema extended() {
    List<String> names = new ArrayList<>(OURS.names());
    names.addFirst("news_surprise");
    return FeatureSchema.of(names);
  }

  @BeforeEach
  void start() throws Exception {
    servers = TestServers.start();
    database = JdbcClient.create(servers.dataSource());
    MARKET.load(servers.dataSource());
    workers = new Workers(2);
    load =
        new LoadTrainingSet(
            servers.dataSource("mlassets_trainer"),
            InstrumentCatalogue.read(TestServers.configFolder().resolve("instruments.yaml")),
            PolicyFiles.read(TestServers.configFolder()).core(),
            workers);
    ours = load.load(request(null));
    register(THEIRS.hash(), THEIRS.names(), null, "data-assets-pipeline");
    database
        .sql(
            """
            insert into core.features
            select pair, interval, ts, ?, array[extract(minute from ts) / 60.0] || feature_values
            from core.features where schema_hash = ?
            """)
        .params(THEIRS.hash(), OURS.hash())
        .update();
  }

  @AfterEach
  void stop() {
    workers.close();
    servers.close();
  }

  private void register(
      String hash, List<String> names, @Nullable List<String> kinds, String source) {
    database
        .sql(
            "insert into core.feature_schemas (schema_hash, names, kinds, source) values (?, ?, ?,"
                + " ?)")
        .params(
            hash,
            names.toArray(String[]::new),
            kinds == null ? null : kinds.toArray(String[]::new),
            source)
        .update();
  }

  private static DataRequest request(@Nullable String schema) {
    return new DataRequest(MARKET.pairs(), BarInterval.M1, null, null, schema);
  }

  /** Changes the vector of theirs at a row. */
  private void spoil(String values) {
    database
        .sql(
            "update core.features set feature_values = %s where schema_hash = ? and (pair, ts) ="
                    .formatted(values)
                + " (select pair, ts from core.features order by pair, ts offset 20 limit 1)")
        .params(THEIRS.hash())
        .update();
  }

  private String stored(FeatureSchema schema) {
    return database
        .sql(
            "select md5(string_agg(f::text, '|' order by pair, ts)) from core.features f"
                + " where schema_hash = ?")
        .param(schema.hash())
        .query(String.class)
        .single();
  }

  @Test
  void rows_have_the_pipelines_values_and_labels_of_the_bars_and_nothing_stored_changes() {
    String theirsBefore = stored(THEIRS);
    String oursBefore = stored(OURS);
    LoadedData theirs = load.load(request(THEIRS.hash()));

    assertThat(theirs.set().schema()).isEqualTo(THEIRS);
    assertThat(theirs.leftOut()).isZero();
    assertThat(theirs.set().rows()).isEqualTo(ours.set().rows());
    assertThat(theirs.barsSha256()).isEqualTo(ours.barsSha256());
    assertThat(ours.featuresSha256()).isNull();
    for (int i = 0; i < ours.set().rows(); i++) {
      Sample their = theirs.set().samples().get(i);
      Sample our = ours.set().samples().get(i);
      assertThat(their.label()).isEqualTo(our.label());
      assertThat(their.view().spread()).isEqualTo(our.view().spread());
      double[] values = their.view().features().copy();
      assertThat(Arrays.copyOfRange(values, 1, values.length))
          .isEqualTo(our.view().features().copy());
      assertThat(values[0]).isEqualTo(our.label().ts().getEpochSecond() / 60 % 60 / 60.0);
    }
    assertThat(stored(THEIRS)).isEqualTo(theirsBefore);
    assertThat(stored(OURS)).isEqualTo(oursBefore);
  }

  @Test
  void another_value_is_another_hash_and_a_sample_without_a_vector_is_left_out() {
    LoadedData before = load.read(request(THEIRS.hash()));
    spoil("array[0.123::float8] || feature_values[2:]");
    LoadedData changed = load.read(request(THEIRS.hash()));
    assertThat(changed.featuresSha256()).isNotEqualTo(before.featuresSha256());
    database
        .sql(
            "delete from core.features where schema_hash = ? and ts in"
                + " (select ts from core.features order by ts limit 1)")
        .param(THEIRS.hash())
        .update();
    LoadedData fewer = load.read(request(THEIRS.hash()));
    assertThat(fewer.leftOut()).isBetween(1, 2);
    assertThat(fewer.set().rows()).isEqualTo(before.set().rows() - fewer.leftOut());
  }

  @Test
  void a_missing_value_is_one_and_what_is_no_vector_is_refused_with_its_place() {
    spoil("array[null::float8] || feature_values[2:]");
    assertThat(load.read(request(THEIRS.hash())).leftOut()).isZero();
    spoil("array['Infinity'::float8] || feature_values[2:]");
    refused("news_surprise is Infinity", THEIRS);
    spoil("feature_values[:3]");
    refused("3 features, the schema has " + THEIRS.size(), THEIRS);
    spoil("array[0::float8] || feature_values[2:%d] || 0.5::float8".formatted(THEIRS.size() - 2));
    refused("features, the schema has", THEIRS);
    spoil("array_fill(-1::float8, array[%d])".formatted(THEIRS.size()));
    refused("category pair_class is -1.0", THEIRS);
    spoil("array_fill(0.5::float8, array[%d])".formatted(THEIRS.size()));
    refused("category pair_class is 0.5", THEIRS);
  }

  @Test
  void a_schema_nobody_makes_or_that_is_not_what_its_hash_says_is_refused() {
    FeatureSchema unknown = FeatureSchema.of(List.of("x"));
    refused("%s is not in core.feature_schemas".formatted(unknown.hash()), unknown);
    register(unknown.hash(), List.of("x", "y"), null, "data-assets-pipeline");
    refused("its names in core.feature_schemas have hash", unknown);
    FeatureSchema older = FeatureSchema.of(List.of("z_score"));
    register(older.hash(), older.names(), null, "ml-assets-core");
    refused("nobody makes its vectors now", older);
    FeatureSchema kinds = FeatureSchema.of(List.of("regime"));
    register(kinds.hash(), kinds.names(), List.of("categorical"), "data-assets-pipeline");
    refused("regime is registered as categorical, models take it as numeric", kinds);
    FeatureSchema empty = FeatureSchema.of(List.of("z"));
    register(empty.hash(), empty.names(), null, "data-assets-pipeline");
    refused("%d without a vector".formatted(ours.set().rows()), empty);
    assertThatThrownBy(() -> request("h")).hasMessageContaining("is no schema hash");
    assertThat(request(OURS.hash()).pipelineSchema()).isNull();
  }

  private void refused(String why, FeatureSchema schema) {
    assertThatThrownBy(() -> load.load(request(schema.hash())))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining(why);
  }
}
