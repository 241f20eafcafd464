package io.mlassets.inference.features;

import io.micrometer.core.instrument.MeterRegistry;
import io.mlassets.channel.Channels;
import io.mlassets.feature.FeatureSchema;
import io.mlassets.feature.FeatureVector;
import io.mlassets.inference.SqliteFile;
import io.mlassets.market.BarInterval;
import io.mlassets.market.InstrumentCatalogue;
import io.mlassets.market.Pair;
import io.mlassets.platform.RedisSettings;
import io.mlassets.platform.WatchLoop;
import io.mlassets.platform.database.Quarantine;
import io.mlassets.platform.registry.PipelineSchemas;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * The vectors the data pipeline makes, from the source that is configured. Nothing is read before a
 * model needs it.
 */
@Component
@EnableConfigurationProperties(FeatureSettings.class)
public class FeatureFeed {
  private static final Logger log = LoggerFactory.getLogger(FeatureFeed.class);
  private static final Duration LEAST_TICK = Duration.ofMillis(10);

  /** How long bars wait at most until what the source has already is read. */
  private static final Duration FIRST_READ = Duration.ofSeconds(10);

  private final FeatureSettings settings;
  private final PipelineSchemas registered;
  private final StoredVectors stored;
  private final HeardVectors heard = new HeardVectors();
  private final @Nullable FeatureSource source;
  private final @Nullable FeatureIntake intake;
  private volatile @Nullable WatchLoop ticks;
  private volatile long startedNanos;
  private volatile boolean caughtUp;

  FeatureFeed(
      FeatureSettings settings,
      RedisSettings redis,
      Channels channels,
      JsonMapper json,
      InstrumentCatalogue instruments,
      Quarantine quarantine,
      MeterRegistry meters,
      JdbcTemplate jdbc,
      Clock clock) {
    this.settings = settings;
    this.registered = PipelineSchemas.in(jdbc);
    this.stored = new StoredVectors(JdbcClient.create(jdbc), quarantine);
    this.source =
        switch (settings.source()) {
          case NONE -> null;
          case REDIS -> new StreamFeatures(redis, channels, clock);
          case SQLITE ->
              new SqliteFeatures(
                  new SqliteFile(Path.of(settings.file())),
                  settings.pollEvery(),
                  json,
                  meters,
                  clock);
        };
    this.intake =
        source == null
            ? null
            : new FeatureIntake(
                json, instruments, registered, quarantine, meters, heard, source.name());
  }

  /** Whether vectors of a schema come: there is a source, and the data pipeline registered it. */
  public boolean brings(String schemaHash) {
    if (source == null) {
      return false;
    }
    try {
      registered.of(schemaHash);
      return true;
    } catch (IllegalArgumentException e) {
      log.debug("no vectors of {}: {}", schemaHash, e.getMessage());
      return false;
    }
  }

  /**
   * Starts reading, if that has not begun; for one thread.
   *
   * @param after vectors of bars that start after this are needed, UTC
   * @param look called on other threads, one at a time each, when vectors came and whenever a bar
   *     may have waited long enough
   */
  public void start(Instant after, Runnable look) {
    FeatureSource from = source;
    FeatureIntake into = intake;
    if (from == null || into == null || ticks != null) {
      return;
    }
    startedNanos = System.nanoTime();
    from.start(after, entries -> came(entries, into, look));
    Duration tenth = settings.patience().dividedBy(10);
    Duration every = tenth.compareTo(LEAST_TICK) < 0 ? LEAST_TICK : tenth;
    WatchLoop due =
        new WatchLoop("features-due", every, every) {
          @Override
          protected void look() {
            look.run();
          }
        };
    ticks = due;
    due.start();
  }

  private void came(List<FeatureEntry> entries, FeatureIntake into, Runnable look) {
    if (entries.isEmpty()) {
      caughtUp = true;
      return;
    }
    entries.forEach(into::take);
    look.run();
  }

  /** The vector of a bar, if it was heard. */
  public Optional<FeatureVector> heard(
      FeatureSchema schema, Pair pair, BarInterval interval, Instant ts) {
    return heard.find(new VectorKey(pair, interval, schema), ts);
  }

  /** The vector of a bar, if {@code core.features} has it. */
  public Optional<FeatureVector> stored(
      FeatureSchema schema, Pair pair, BarInterval interval, Instant ts) {
    return stored.find(new VectorKey(pair, interval, schema), ts);
  }

  /** A bar is decided without its vector: one that comes later is late. */
  public void missed(FeatureSchema schema, Pair pair, BarInterval interval, Instant ts) {
    heard.missed(new VectorKey(pair, interval, schema), ts);
  }

  /**
   * Whether a bar has waited long enough for its vector. While the source is read for the first
   * time nobody has: what it has already is no reason to miss anything.
   *
   * @param sinceNanos {@link System#nanoTime} when the bar was whole
   */
  public boolean isOver(long sinceNanos) {
    long now = System.nanoTime();
    boolean reading = !caughtUp && now - startedNanos < FIRST_READ.toNanos();
    return !reading && now - sinceNanos >= settings.patience().toNanos();
  }

  /** Stops reading. */
  public void close() {
    WatchLoop running = ticks;
    if (running != null) {
      running.stop();
    }
    if (source != null) {
      source.close();
    }
  }
}
