package io.mlassets.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.platform.testing.TestServers;
import io.mlassets.trainer.reproduce.ReproduceMain;
import io.mlassets.trainer.run.ExitCode;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The engines of a run are chosen, recorded, and the same when it is made again. */
@Tag("T-04")
class EngineOptionTest {
  private static final SmallMarket MARKET = new SmallMarket(2, 4_000, 0.05, 11);

  @Test
  void one_engine_alone_trains_all_models_and_a_reproduction_of_them() throws Exception {
    try (TestServers servers = TestServers.start()) {
      MARKET.load(servers.dataSource());
      JdbcClient database = JdbcClient.create(servers.dataSource());
      assertThat(train(servers, "catboost")).isEqualTo(ExitCode.USAGE);
      assertThat(train(servers, "lightgbm")).isEqualTo(ExitCode.DONE);
      assertThat(texts(database, "request ->> 'engine' from audit.retrain_runs"))
          .containsExactly("lightgbm");
      assertThat(texts(database, "distinct params ->> 'engine' from core.model_registry"))
          .containsExactly("lightgbm");
      assertThat(texts(database, "engine from core.training_inputs")).containsExactly("lightgbm");
      // Four trials of each of the three models, all of one engine.
      assertThat(texts(database, "count(*)::text from core.search_trials")).containsExactly("12");

      String version = texts(database, "model_version from core.training_inputs").getFirst();
      assertThat(TrainerCommand.run(servers, ReproduceMain.class, version)).isZero();
    }
  }

  private static List<String> texts(JdbcClient database, String what) {
    return database.sql("select " + what).query(String.class).list();
  }

  private static int train(TestServers servers, String engine) throws Exception {
    return TrainerCommand.train(servers, MARKET, 4, "--engine", engine);
  }
}
