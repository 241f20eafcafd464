package io.mlassets.inference;

import static io.mlassets.inference.LiveMarket.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.mlassets.inference.BarSettings.Source;
import io.mlassets.market.Bar;
import io.mlassets.platform.testing.TestServers;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** A service on servers of its own for each test, and bars from the source that is asked for. */
abstract class SourcedBars {
  static final int HISTORY = 1_500;
  private static final String VERSION = "20260101_0000";

  @TempDir Path folder;
  TestServers servers;
  LiveMarket market;
  SqliteMarket file;
  ConfigurableApplicationContext context;

  @BeforeEach
  void start() throws Exception {
    servers = TestServers.start();
    market = new LiveMarket(servers, HISTORY + 400, 11);
    market.history(0, HISTORY);
    market.adopt(VERSION);
    file = new SqliteMarket(folder.resolve("bars.sqlite"));
  }

  @AfterEach
  void stop() throws Exception {
    context.close();
    file.close();
    servers.close();
  }

  void startService(Source source) throws Exception {
    context =
        servers.start(
            InferenceApplication.class,
            "inference",
            "--clock.mode=bars",
            "--inference.model-check-every=200ms",
            "--inference.bars.source=" + source.name().toLowerCase(Locale.ROOT),
            "--inference.bars.file=" + file.file(),
            "--inference.bars.poll-every=10ms");
    InferenceLoop loop = context.getBean(InferenceLoop.class);
    await("a model in force", () -> loop.model() != null);
  }

  void send(Source source, List<Bar> bars) throws SQLException {
    switch (source) {
      case REDIS -> bars.forEach(market::send);
      case SQLITE -> file.add(bars);
    }
  }

  void awaitSignals(long count) throws Exception {
    await(count + " signals", () -> market.signals() >= count);
  }

  double counted(String name, String... tags) {
    return context.getBean(MeterRegistry.class).counter(name, tags).count();
  }

  List<Instant> decided() {
    return market
        .sql()
        .sql("select bar_ts from core.signals_live order by created_at, bar_ts")
        .query((row, n) -> row.getObject(1, OffsetDateTime.class).toInstant())
        .list();
  }
}
