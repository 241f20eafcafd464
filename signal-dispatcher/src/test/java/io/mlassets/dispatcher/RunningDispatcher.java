package io.mlassets.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.market.Pair;
import io.mlassets.platform.testing.TestServers;
import io.mlassets.signal.Action;
import io.mlassets.signal.SignalMode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import redis.clients.jedis.Jedis;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service on real servers, with an owner's connection to play inference. */
public final class RunningDispatcher implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private final HttpClient http = HttpClient.newHttpClient();
  private final JsonMapper json = JsonMapper.builder().build();
  public final TestServers servers;
  public final JdbcClient owner;
  public ConfigurableApplicationContext context;

  public RunningDispatcher() {
    this(TestServers.start());
  }

  public RunningDispatcher(TestServers servers, String... arguments) {
    this.servers = servers;
    this.owner = JdbcClient.create(servers.dataSource());
    this.context = another(arguments);
  }

  /** Starts a further dispatcher on the same servers; time follows the bars. */
  public final ConfigurableApplicationContext another(String... arguments) {
    String[] all = Arrays.copyOf(arguments, arguments.length + 4);
    all[arguments.length] = "--clock.mode=bars";
    all[arguments.length + 1] = "--dispatcher.lease=1s";
    all[arguments.length + 2] = "--archive.target=LOCAL";
    all[arguments.length + 3] = "--archive.path=" + servers.var().resolve("archive");
    return servers.start(DispatcherApplication.class, "dispatcher", all);
  }

  /** Stops the dispatcher and starts a new one. */
  public void restart(String... arguments) {
    context.close();
    context = another(arguments);
  }

  /** An answer. */
  public record Answer(int status, JsonNode body) {}

  public Answer post(String token, String path, String body) {
    return send(token, path, "POST", body);
  }

  public Answer get(String token, String path) {
    return send(token, path, "GET", "");
  }

  private Answer send(String token, String path, String method, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (!token.isEmpty()) {
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

  /** The page Prometheus reads. */
  public String metrics() {
    try {
      return http.send(
              HttpRequest.newBuilder(uri("/actuator/prometheus")).build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private URI uri(String path) {
    return URI.create(
        "http://localhost:" + context.getEnvironment().getProperty("local.server.port") + path);
  }

  /** Commits a signal as inference does; it expires two minutes after its bar's end. */
  public UUID decide(SignalMode mode, String pairId, Instant barTs, Action action) {
    return decide(mode, pairId, barTs, action, "test");
  }

  /** Commits a signal with a reason of choice. */
  public UUID decide(SignalMode mode, String pairId, Instant barTs, Action action, String reason) {
    UUID id = UUID.randomUUID();
    Pair pair = Pair.parse(pairId);
    String legs =
        action == Action.HOLD
            ? "[]"
            : """
            [{"symbol":"%s","side":"SELL","weight":0.6},{"symbol":"%s","side":"BUY","weight":0.4}]
            """
                .formatted(pair.a(), pair.b());
    owner
        .sql(
            """
            insert into core.signals_live (signal_id, mode, pair, interval, bar_ts, "timestamp",
              expires_at, z_score, return_prob, risk_score, entry, confidence, risk_flag, theta1,
              theta2, position_scale, action, reason, legs, model_version, policy_hash,
              leverage_reduction)
            values (?, ?, ?, 'PT1M', ?, ?, ?, 2.31, 0.78, 0.22, '', 0.78, 0, 0.7, 0.3, 0.85, ?, ?,
              ?::jsonb, '20250701_0300', 'abc123', 0.5)
            """)
        .params(
            id,
            mode.wire(),
            pair.id(),
            barTs.atOffset(ZoneOffset.UTC),
            barTs.plusSeconds(60).atOffset(ZoneOffset.UTC),
            barTs.plusSeconds(180).atOffset(ZoneOffset.UTC),
            action.name(),
            reason,
            legs)
        .update();
    return id;
  }

  /** What was recorded of a signal; {@code seq} 0 without a number. */
  public record Outcome(long seq, String outcome, String payload, long epoch) {}

  /** What the dispatcher recorded of a signal; waits for it. */
  public Outcome outcomeOf(UUID signalId) {
    await(
        "outcome of " + signalId,
        () ->
            owner
                .sql(
                    """
                    select exists (select 1 from core.signal_dispatch where signal_id = ?
                      and (seq is null or sent_at is not null))
                    """)
                .param(signalId)
                .query(Boolean.class)
                .single());
    return owner
        .sql(
            """
            select coalesce(seq, 0), outcome, payload, epoch from core.signal_dispatch
            where signal_id = ?
            """)
        .param(signalId)
        .query(
            (row, n) ->
                new Outcome(row.getLong(1), row.getString(2), row.getString(3), row.getLong(4)))
        .single();
  }

  /** The number a published signal got; waits for it. */
  public long seqOf(UUID signalId) {
    return outcomeOf(signalId).seq();
  }

  /** Entries of a log, as {@code id json}. */
  public List<String> log(String stream) {
    return log(stream, 1);
  }

  /** How many entries a log has. */
  public long logged(String stream) {
    try (Jedis jedis = servers.jedis()) {
      return jedis.xlen(stream);
    }
  }

  /** Entries of a log from a number on. */
  public List<String> log(String stream, long firstSeq) {
    try (Jedis jedis = servers.jedis()) {
      return jedis.xrange(stream, firstSeq + "-0", "+", 1_000_000).stream()
          .map(entry -> entry.getID() + " " + entry.getFields().get("json"))
          .toList();
    }
  }

  /** What the log must be, from PostgreSQL. */
  public List<String> recorded(String stream) {
    return owner
        .sql(
            """
            select seq || '-0 ' || payload from core.signal_dispatch
            where stream = ? and seq is not null order by seq
            """)
        .param(stream)
        .query(String.class)
        .list();
  }

  /** The last bytes sent of each pair, from PostgreSQL. */
  public Map<String, String> lastOfEachPair(String stream) {
    Map<String, String> last = new HashMap<>();
    owner
        .sql(
            """
            select s.pair, d.payload from core.signal_dispatch d
            join core.signals_live s on s.signal_id = d.signal_id
            where d.stream = ? and d.seq is not null order by d.seq
            """)
        .param(stream)
        .query(
            row -> {
              last.put(row.getString(1), row.getString(2));
            });
    return last;
  }

  /** The live log has every signal on record, numbered without a gap, and the last of each pair. */
  public void assertLogIsWhatIsRecorded() {
    List<String> recorded = recorded("all:live");
    await("whole log", () -> log("signals.log").size() >= recorded.size());
    assertThat(log("signals.log")).isEqualTo(recorded);
    assertThat(recorded.stream().map(entry -> Long.valueOf(entry.split("-", 2)[0])))
        .containsExactlyElementsOf(LongStream.rangeClosed(1, recorded.size()).boxed().toList());
    try (Jedis jedis = servers.jedis()) {
      assertThat(jedis.hgetAll("signals.last")).isEqualTo(lastOfEachPair("all:live"));
    }
  }

  /** Rows of a table that fulfil a condition. */
  public long count(String table, String where) {
    return owner
        .sql("select count(*) from " + table + " where " + where)
        .query(Long.class)
        .single();
  }

  /** Whether a file is there and has this text in it. */
  public static boolean holds(Path file, String text) {
    try {
      return Files.exists(file) && Files.readString(file).contains(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until something holds. */
  public static void await(String what, BooleanSupplier holds) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not within " + PATIENCE + ": " + what);
      }
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(e);
      }
    }
  }

  @Override
  public void close() {
    context.close();
    servers.close();
  }
}
