package io.mlassets.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.feature.FeatureSchema;
import io.mlassets.market.BarInterval;
import io.mlassets.market.InstrumentCatalogue;
import io.mlassets.model.BundleFile;
import io.mlassets.model.BundleKey;
import io.mlassets.platform.testing.TestServers;
import io.mlassets.policy.PolicyFiles;
import io.mlassets.trainer.dataset.DataRequest;
import io.mlassets.trainer.dataset.LoadTrainingSet;
import io.mlassets.trainer.reproduce.ReproduceMain;
import io.mlassets.trainer.run.ExitCode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A run on vectors the data pipeline made. */
@Tag("T-02")
class PipelineRunTest {
  private static final SmallMarket MARKET = new SmallMarket(2, 4_000, 0.05, 11);

  @Test
  void is_trained_recorded_and_reproduced_and_a_changed_vector_is_told() throws Exception {
    try (TestServers servers = TestServers.start()) {
      MARKET.load(servers.dataSource());
      JdbcClient database = JdbcClient.create(servers.dataSource());
      FeatureSchema theirs = pipeline(servers, database);
      assertThat(train(servers, "f".repeat(64))).isEqualTo(ExitCode.NO_DATA);
      assertThat(train(servers, "h")).isEqualTo(ExitCode.USAGE);
      assertThat(train(servers, theirs.hash())).isEqualTo(ExitCode.DONE);

      assertThat(texts(database, "request ->> 'feature_schema' from audit.retrain_runs order by 1"))
          .contains(theirs.hash());
      assertThat(
              texts(
                  database, "pipeline_schema || length(features_sha256) from core.training_inputs"))
          .containsExactly(theirs.hash() + "64");
      byte[] zip =
          database
              .sql("select content from core.model_artifacts")
              .query((row, n) -> row.getBytes(1))
              .single();
      assertThat(
              BundleFile.read(zip, BundleKey.of(TestServers.BUNDLE_KEY)).manifest().featureNames())
          .isEqualTo(theirs.names());

      String version = texts(database, "model_version from core.training_inputs").getFirst();
      assertThat(TrainerCommand.run(servers, ReproduceMain.class, version)).isZero();
      database
          .sql(
              "update core.features set feature_values[1] = 9 where schema_hash = ? and (pair, ts)"
                  + " = (select pair, ts from core.features order by pair, ts offset 30 limit 1)")
          .param(theirs.hash())
          .update();
      assertThat(TrainerCommand.run(servers, ReproduceMain.class, version)).isOne();
    }
  }

  /** Vectors of a schema with one more name, for every candidate. */
  private static FeatureSchema pipeline(TestServers servers, JdbcClient database) {
    FeatureSchema ours = FeatureSchema.current();
    List<String> names = new ArrayList<>(ours.names());
    names.addFirst("news_surprise");
    FeatureSchema theirs = FeatureSchema.of(names);
    try (Workers workers = new Workers(2)) {
      new LoadTrainingSet(
              servers.dataSource("mlassets_trainer"),
              InstrumentCatalogue.read(TestServers.configFolder().resolve("instruments.yaml")),
              PolicyFiles.read(TestServers.configFolder()).core(),
              workers)
          .load(new DataRequest(MARKET.pairs(), BarInterval.M1, null, null, null));
    }
    database
        .sql(
            "insert into core.feature_schemas (schema_hash, names, source) values (?, ?,"
                + " 'data-assets-pipeline')")
        .params(theirs.hash(), theirs.names().toArray(String[]::new))
        .update();
    database
        .sql(
            """
            insert into core.features
            select pair, interval, ts, ?, array[extract(minute from ts) / 60.0] || feature_values
            from core.features where schema_hash = ?
            """)
        .params(theirs.hash(), ours.hash())
        .update();
    return theirs;
  }

  private static List<String> texts(JdbcClient database, String what) {
    return database.sql("select " + what).query(String.class).list();
  }

  private static int train(TestServers servers, String schema) throws Exception {
    return TrainerCommand.train(servers, MARKET, 2, "--feature-schema", schema);
  }
}
