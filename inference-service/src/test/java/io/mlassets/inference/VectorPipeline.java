package io.mlassets.inference;

import io.mlassets.channel.Channels;
import io.mlassets.feature.FeatureSchema;
import io.mlassets.feature.FeatureVector;
import io.mlassets.feature.MarketView;
import io.mlassets.market.BarInterval;
import io.mlassets.platform.testing.TestServers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;

/** A data pipeline that makes vectors of a schema of its own, as docs/operations.md asks for. */
final class VectorPipeline implements AutoCloseable {
  static final FeatureSchema SCHEMA = schema();
  private final TestServers servers;
  private final Path file;
  private final Connection connection;

  VectorPipeline(TestServers servers, Path file) throws SQLException {
    this.servers = servers;
    this.file = file;
    JdbcClient.create(servers.dataSource())
        .sql(
            "insert into core.feature_schemas (schema_hash, names, source) values (?, ?,"
                + " 'data-assets-pipeline')")
        .params(SCHEMA.hash(), SCHEMA.names().toArray(String[]::new))
        .update();
    connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    execute("pragma journal_mode = wal");
    execute(
        """
        create table if not exists features (
          id integer primary key autoincrement,
          pair text not null, interval text not null, ts text not null, schema_hash text not null,
          feature_values text not null)
        """);
    connection.setAutoCommit(false);
  }

  private static FeatureSchema schema() {
    List<String> names = new ArrayList<>(FeatureSchema.current().names());
    names.addFirst("news_surprise");
    return FeatureSchema.of(names);
  }

  Path file() {
    return file;
  }

  /** What it makes of a bar: something of its own, and what bars give. */
  static FeatureVector vector(MarketView view) {
    double surprise = 2 * Math.sin(view.bar().ts().getEpochSecond() / 7_200.0);
    double[] values =
        DoubleStream.concat(DoubleStream.of(surprise), DoubleStream.of(view.features().copy()))
            .toArray();
    return FeatureVector.of(SCHEMA, view.bar().pair(), view.bar().ts(), values);
  }

  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
    if (!connection.getAutoCommit()) {
      connection.commit();
    }
  }

  static String values(FeatureVector vector) {
    return DoubleStream.of(vector.copy())
        .mapToObj(value -> Double.isNaN(value) ? "null" : Double.toString(value))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  static String json(FeatureVector vector) {
    return """
    {"pair": "%s", "interval": "PT1H", "ts": "%s", "schema_hash": "%s", "feature_values": %s}
    """
        .formatted(vector.pair().id(), vector.ts(), vector.schema().hash(), values(vector));
  }

  void stream(String json) {
    try (Jedis redis = servers.jedis()) {
      redis.xadd(
          new Channels("").features(), StreamEntryID.NEW_ENTRY, Map.of(Channels.PAYLOAD, json));
    }
  }

  void insert(FeatureVector vector) throws SQLException {
    try (PreparedStatement row =
        connection.prepareStatement(
            """
            insert into features (pair, interval, ts, schema_hash, feature_values)
            values (?, ?, ?, ?, ?)
            """)) {
      row.setString(1, vector.pair().id());
      row.setString(2, BarInterval.H1.iso());
      row.setString(3, vector.ts().toString());
      row.setString(4, vector.schema().hash());
      row.setString(5, values(vector));
      row.executeUpdate();
    }
    connection.commit();
  }

  /** Into {@code core.features} alone. */
  void store(FeatureVector vector) {
    JdbcClient.create(servers.dataSource())
        .sql("insert into core.features values (?, 'PT1H', ?, ?, ?)")
        .params(
            vector.pair().id(),
            vector.ts().atOffset(ZoneOffset.UTC),
            vector.schema().hash(),
            vector.copy())
        .update();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
