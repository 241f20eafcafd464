package io.mlassets.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.mlassets.channel.BarMessage;
import io.mlassets.channel.Channels;
import io.mlassets.market.Bar;
import io.mlassets.market.BarInterval;
import io.mlassets.market.InstrumentCatalogue;
import io.mlassets.market.Pair;
import io.mlassets.market.PairBar;
import io.mlassets.market.Symbol;
import io.mlassets.platform.MarketClock;
import io.mlassets.platform.ServiceName;
import io.mlassets.platform.ServiceSettings.Mode;
import io.mlassets.platform.database.Quarantine;
import io.mlassets.platform.testing.TestServers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

@Tag("I-01")
class BarIntakeTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Symbol GOLD = new Symbol("XAUUSD");
  private static final Symbol SILVER = new Symbol("XAGUSD");

  /** Traded at any time. */
  private static final Symbol BITCOIN = new Symbol("BTCUSD");

  /** The Monday after clocks changed in Europe. */
  private static final Instant MONDAY = Instant.parse("2026-03-30T08:00:00Z");

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private TestServers servers;
  private Instant now = MONDAY;
  private BarClocks clocks;
  private BarIntake intake;
  private double price = 2_000;

  @BeforeEach
  void start() {
    servers = TestServers.start();
    open(Mode.SYSTEM);
  }

  private void open(Mode mode) {
    InstantSource source = () -> now;
    Clock clock = source.withZone(ZoneOffset.UTC);
    clocks = new BarClocks(new MarketClock(clock, mode), clock, meters);
    intake =
        new BarIntake(
            JSON,
            InstrumentCatalogue.read(TestServers.configFolder().resolve("instruments.yaml")),
            new Quarantine(sql(), meters, new ServiceName("inference")),
            meters,
            clocks,
            new StreamBars(servers.redis(), new Channels("")));
  }

  @AfterEach
  void stop() {
    servers.close();
  }

  private JdbcClient sql() {
    return JdbcClient.create(servers.dataSource());
  }

  private Bar bar(Symbol symbol, BarInterval interval, Instant ts) {
    price += 0.01;
    return new Bar(symbol, interval, ts, price, price, price, price, 1);
  }

  private Optional<Bar> take(Bar bar, @Nullable Instant cameAt) {
    return intake.take(
        new BarEntry("1-0", JSON.writeValueAsString(BarMessage.of(bar)), cameAt),
        bar.interval(),
        Set.of(GOLD, SILVER, BITCOIN));
  }

  /** A bar as a feed sends it whose clock is wrong by so much. */
  private Optional<Bar> sent(BarInterval interval, Duration wrong) {
    Instant ts = now;
    now = interval.endOf(now);
    return take(bar(GOLD, interval, ts.plus(wrong)), now.plusMillis(300));
  }

  private List<String> reasons() {
    return sql().sql("select reason from core.quarantine order by id").query(String.class).list();
  }

  private double refused(String reason) {
    return meters.counter("bars_refused_total", "reason", reason).count();
  }

  private double shifted() {
    return meters.get("feed_clocks_shifted").gauge().value();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT1H", "PT3H", "-PT2H"})
  void hourly_bars_of_a_clock_that_changed_are_refused_until_it_is_right(String by) {
    for (int i = 0; i < 5; i++) {
      assertThat(sent(BarInterval.H1, Duration.ZERO)).isPresent();
    }
    for (int i = 0; i < 5; i++) {
      assertThat(sent(BarInterval.H1, Duration.parse(by))).isEmpty();
    }
    assertThat(refused("clock")).isPositive();
    assertThat(shifted()).isEqualTo(1);
    assertThat(reasons().getLast())
        .contains("XAUUSD", "is stamped by a clock that is " + Duration.parse(by).abs())
        .contains(by.startsWith("-") ? "behind" : "ahead");
    for (int i = 0; i < 5; i++) {
      assertThat(sent(BarInterval.H1, Duration.ZERO)).isPresent();
    }
    assertThat(shifted()).isZero();
    assertThat(reasons()).hasSize(5);
  }

  @Test
  void minutes_of_a_clock_that_is_half_an_hour_ahead_are_all_refused() {
    for (int i = 0; i < 100; i++) {
      assertThat(sent(BarInterval.M1, Duration.ZERO)).isPresent();
    }
    for (int i = 0; i < 100; i++) {
      assertThat(sent(BarInterval.M1, Duration.ofMinutes(30))).isEmpty();
    }
    assertThat(refused("clock")).isEqualTo(100);
    assertThat(sent(BarInterval.M1, Duration.ZERO)).isPresent();
  }

  @Test
  void in_a_replay_every_stamp_is_right() {
    open(Mode.BARS);
    now = Instant.parse("2026-11-20T12:00:00Z");
    Instant ts = Instant.parse("2019-03-04T00:00:00Z");
    for (int i = 0; i < 100; i++) {
      assertThat(take(bar(BITCOIN, BarInterval.H1, ts), now.plusMillis(250L * i))).isPresent();
      ts = ts.plus(Duration.ofHours(1 + i % 3 + (i == 50 ? 14 : 0)));
    }
    assertThat(take(bar(BITCOIN, BarInterval.H1, Instant.parse("2026-11-20T23:00:00Z")), null))
        .isPresent();
    assertThat(refused("clock")).isZero();
  }

  @Test
  void bars_of_core_bars_that_were_refused_live_or_are_of_the_future_are_not_trusted() {
    Bar gold = bar(GOLD, BarInterval.H1, MONDAY.plus(Duration.ofHours(1)));
    Bar silver = bar(SILVER, BarInterval.H1, gold.ts());
    now = MONDAY.plus(Duration.ofHours(1));
    assertThat(take(gold, now)).isEmpty();
    PairBar bar = new PairBar(Pair.parse("XAUUSD-XAGUSD"), gold, silver);
    assertThat(clocks.trusts(bar)).as("before its end").isFalse();

    now = now.plus(Duration.ofHours(3));
    assertThat(clocks.trusts(bar)).as("refused live").isFalse();
    Bar corrected = bar(GOLD, BarInterval.H1, gold.ts());
    assertThat(clocks.trusts(new PairBar(bar.pair(), corrected, silver))).isTrue();
  }

  @Test
  void bars_nobody_saw_come_are_history_unless_they_are_of_the_future() {
    for (int i = 0; i < 10; i++) {
      assertThat(take(bar(GOLD, BarInterval.H1, MONDAY.plus(Duration.ofHours(i - 10))), null))
          .isPresent();
    }
    assertThat(take(bar(GOLD, BarInterval.H1, MONDAY), null)).isEmpty();
    assertThat(refused("clock")).isEqualTo(1);
  }

  @Test
  void a_bar_outside_of_its_session_is_refused() {
    Instant saturday = Instant.parse("2026-03-28T10:00:00Z");
    assertThat(take(bar(GOLD, BarInterval.H1, saturday), saturday.plusSeconds(3_600))).isEmpty();
    assertThat(refused("session")).isEqualTo(1);
    assertThat(reasons()).singleElement().asString().contains("XAUUSD", "outside of its session");
    assertThat(take(bar(GOLD, BarInterval.H1, MONDAY), MONDAY.plusSeconds(3_600))).isPresent();
  }
}
