package io.mlassets.market;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.control.WeeklySession;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("I-01")
class FeedClockTest {
  private static final Symbol GOLD = new Symbol("XAUUSD");
  private static final BarInterval M5 = new BarInterval(Duration.ofMinutes(5));
  private static final WeeklySession WEEK = WeeklySession.parse("SUN 22:00-FRI 21:00");
  private static final Instant MONDAY = Instant.parse("2026-03-02T00:00:00Z");

  /** A bar and when it came. */
  private record Arrival(Bar bar, Instant at) {}

  private final FeedClock clock = new FeedClock();
  private double price = 100;

  /** A bar no other one equals. */
  private Bar bar(BarInterval interval, Instant ts) {
    price += 0.001;
    return new Bar(GOLD, interval, ts, price, price, price, price, 1);
  }

  private Bar stamped(Bar bar, Duration shift) {
    return bar(bar.interval(), bar.ts().plus(shift));
  }

  /**
   * A feed as it should be over some weeks: in session only, each bar a few seconds after its end;
   * now and then it is cut off, perhaps once more while it sends what waited, or sends again what
   * it sent before.
   */
  private List<Arrival> feed(BarInterval interval, int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Arrival> arrivals = new ArrayList<>();
    Instant ts = MONDAY;
    Instant free = MONDAY;
    while (arrivals.size() < count) {
      ts = interval.endOf(ts);
      boolean dailyBreak = ts.toString().contains("T21:");
      if (WEEK.openBetween(ts, interval.endOf(ts)).isZero() || dailyBreak) {
        continue;
      }
      Bar bar = bar(interval, ts);
      if (random.nextInt(300) == 0) {
        free =
            bar.end().isBefore(free)
                ? free.plus(interval.length().multipliedBy(3 + random.nextInt(50)))
                : bar.end().plus(Duration.ofMinutes(random.nextInt(400)));
      }
      Instant sent = bar.end().plusMillis(random.nextInt(20_000));
      Instant at = sent.isAfter(free) ? sent : free.plusMillis(arrivals.size());
      if (at.equals(sent) && random.nextInt(200) == 0 && arrivals.size() > 10) {
        List<Arrival> again = arrivals.subList(arrivals.size() - 5, arrivals.size());
        arrivals.addAll(again.stream().map(old -> new Arrival(old.bar(), at)).toList());
      }
      arrivals.add(new Arrival(bar, at));
    }
    return arrivals;
  }

  static Stream<Arguments> feeds() {
    return Stream.of(BarInterval.M1, M5, BarInterval.H1)
        .flatMap(interval -> IntStream.range(0, 20).mapToObj(i -> Arguments.of(interval, i)));
  }

  static Stream<Arguments> shifts() {
    return Stream.of(BarInterval.M1, M5, BarInterval.H1)
        .flatMap(
            interval ->
                Stream.of("PT30M", "PT1H", "PT2H", "PT3H", "PT5H30M", "PT14H")
                    .map(Duration::parse)
                    .flatMap(by -> Stream.of(by, by.negated()))
                    .filter(by -> interval.isAligned(MONDAY.plus(by)))
                    .map(by -> Arguments.of(interval, by)));
  }

  @ParameterizedTest
  @MethodSource("feeds")
  void a_right_clock_is_believed_over_weekends_breaks_outages_and_repetitions(
      BarInterval interval, int seed) {
    for (Arrival arrival : feed(interval, 4_000, seed)) {
      assertThat(clock.shiftOf(arrival.bar(), arrival.at())).as("%s", arrival).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("shifts")
  void a_clock_that_changes_is_noticed_and_believed_again_when_it_is_right(
      BarInterval interval, Duration by) {
    Instant ts = MONDAY;
    for (int i = 0; i < 50; i++, ts = interval.endOf(ts)) {
      assertThat(clock.shiftOf(bar(interval, ts), interval.endOf(ts).plusMillis(700))).isEmpty();
    }
    for (int i = 0; i < 50; i++, ts = interval.endOf(ts)) {
      Bar wrong = bar(interval, ts.plus(by));
      Instant came = interval.endOf(ts).plusSeconds(i);
      assertThat(clock.shiftOf(wrong, came)).as("%s at %s", wrong, came).contains(by);
      assertThat(clock.shiftOf(wrong, came.plusSeconds(5))).as("sent again").contains(by);
    }
    for (int i = 0; i < 50; i++, ts = interval.endOf(ts)) {
      Bar right = bar(interval, ts);
      assertThat(clock.shiftOf(right, right.end().plusMillis(700))).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("shifts")
  void a_clock_that_changed_while_nobody_listened_is_noticed_by_the_second_bar(
      BarInterval interval, Duration by) {
    Bar friday = bar(interval, Instant.parse("2026-03-27T20:00:00Z"));
    assertThat(clock.shiftOf(friday, friday.end())).isEmpty();
    Bar first = bar(interval, Instant.parse("2026-03-29T22:00:00Z"));
    var noticed = clock.shiftOf(stamped(first, by), first.end().plusSeconds(1));
    if (!by.isNegative()) {
      assertThat(noticed).contains(by);
    }
    for (int i = 1; i < 10; i++) {
      Bar next = bar(interval, first.ts().plus(interval.length().multipliedBy(i)));
      assertThat(clock.shiftOf(stamped(next, by), next.end().plusSeconds(1))).contains(by);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT5M", "PT14M59S", "P3D", "P700D"})
  void history_is_old_and_of_no_wrong_clock(String age) {
    Instant ts = MONDAY;
    for (int i = 0; i < 100; i++, ts = BarInterval.H1.endOf(ts)) {
      Bar old = bar(BarInterval.H1, ts);
      assertThat(clock.shiftOf(old, old.end().plus(Duration.parse(age)))).isEmpty();
    }
  }

  @Test
  void a_bar_whose_arrival_nobody_saw_is_disbelieved_only_when_it_is_of_the_future() {
    Bar bar = bar(BarInterval.H1, MONDAY);

    assertThat(FeedClock.aheadOf(bar, MONDAY)).contains(Duration.ofHours(1));
    assertThat(FeedClock.aheadOf(bar, bar.end().minusSeconds(60))).isEmpty();
    assertThat(FeedClock.aheadOf(bar, bar.end().plusSeconds(3_600))).isEmpty();
  }
}
