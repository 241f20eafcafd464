package io.mlassets.validator;

import io.mlassets.feature.FeatureSchema;
import io.mlassets.platform.testing.TestServers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service on real servers, with an owner's connection to put data beside it. */
public final class RunningValidator implements AutoCloseable {
  private final HttpClient http = HttpClient.newHttpClient();
  private final JsonMapper json = JsonMapper.builder().build();
  public final TestServers servers = TestServers.start();
  private final DataSource dataSource = servers.dataSource();
  public final JdbcClient owner = JdbcClient.create(dataSource);

  /** One commit for many rows. */
  public final TransactionTemplate together =
      new TransactionTemplate(new DataSourceTransactionManager(dataSource));

  public final ConfigurableApplicationContext context;

  /** Starts it; measurements run only when asked for. */
  public RunningValidator() {
    this("--validator.initial-delay=P1D");
  }

  /** Starts it with settings of its own. */
  public RunningValidator(String... arguments) {
    context = servers.start(ValidatorApplication.class, "validator", arguments);
  }

  /** An answer. */
  public record Answer(int status, JsonNode body) {}

  public Answer post(@Nullable String token, String path, String body) {
    return send(token, path, "POST", body);
  }

  public Answer get(@Nullable String token, String path) {
    return send(token, path, "GET", "");
  }

  /** The text of a page open to all. */
  public String text(String path) {
    try {
      return http.send(
              HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private URI uri(String path) {
    return URI.create(
        "http://localhost:" + context.getEnvironment().getProperty("local.server.port") + path);
  }

  private Answer send(@Nullable String token, String path, String method, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    try {
      HttpResponse<String> answer =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Answer(answer.statusCode(), json.readTree(answer.body()));
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** How many rows there are of a table, or of it with a condition. */
  public long count(String from) {
    return owner.sql("select count(*) from " + from).query(Long.class).single();
  }

  /** Registers a model triple trained on this build's schema. */
  public void model(String version, String status) {
    for (String type : List.of("AI1", "AI2", "AI3")) {
      owner
          .sql(
              """
              insert into core.model_registry (model_version, model_type, status,
                train_period_start, train_period_end, theta1, theta2, metrics, artifact_path,
                notes, feature_schema_hash, seed, params)
              values (?, ?, ?, '2025-01-01', '2025-12-31', 0.7, 0.3, '{}', 'x', '', ?, 1, '{}')
              """)
          .params(version, type, status, FeatureSchema.current().hash())
          .update();
    }
  }

  /** Registers a schema as the newest; kinds may be null. */
  public void schema(String hash, List<String> names, @Nullable List<String> kinds) {
    owner
        .sql(
            """
            insert into core.feature_schemas (schema_hash, names, source, created_at)
            values (?, ?, 'data-assets-pipeline', clock_timestamp())
            """)
        .params(hash, names.toArray(String[]::new))
        .update();
    if (kinds != null) {
      owner
          .sql("update core.feature_schemas set kinds = ? where schema_hash = ?")
          .params(kinds.toArray(String[]::new), hash)
          .update();
    }
  }

  /** Empties every table the validator reads or writes. */
  public void clear() {
    owner
        .sql(
            """
            truncate core.feature_schemas, core.model_registry, core.schema_diffs,
              core.signals_live, core.signals_history, core.live_features, core.live_trades,
              core.feature_reference, core.backtest_results, core.feature_drift,
              core.model_drift, core.risk_pass_rates, core.retrain_requests cascade
            """)
        .update();
  }

  @Override
  public void close() {
    context.close();
    servers.close();
  }
}
