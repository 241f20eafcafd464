package io.mlassets.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.alert.Alert.Severity;
import io.mlassets.alert.StormFold.Told;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("O-03")
class StormFoldTest {
  private static final Instant START = Instant.parse("2026-03-04T12:00:00Z");
  private static final Duration WINDOW = Duration.ofSeconds(60);

  private static Alert alert(String key, String summary) {
    return new Alert(key, Severity.ERROR, summary, Map.of());
  }

  @Test
  void a_storm_is_one_alert_per_key_and_window_and_none_is_lost_from_the_count() {
    Random random = new Random(9);
    StormFold fold = new StormFold(WINDOW);
    Map<String, List<Instant>> times = new HashMap<>();
    Map<String, Integer> counted = new HashMap<>();
    Map<String, Integer> raised = new HashMap<>();
    Instant now = START;
    for (int i = 0; i < 20_000; i++) {
      now = now.plusMillis(random.nextInt(400));
      List<Told> told = new ArrayList<>(fold.due(now));
      if (i < 19_000) {
        String key = "key" + random.nextInt(5);
        raised.merge(key, 1, Integer::sum);
        fold.raise(alert(key, "number " + i), now).ifPresent(told::add);
      }
      for (Told one : told) {
        times.computeIfAbsent(one.alert().key(), key -> new ArrayList<>()).add(now);
        counted.merge(one.alert().key(), one.count(), Integer::sum);
      }
    }
    fold.due(now.plus(WINDOW))
        .forEach(one -> counted.merge(one.alert().key(), one.count(), Integer::sum));

    assertThat(counted).isEqualTo(raised);
    times.forEach(
        (key, all) -> {
          for (int i = 1; i < all.size(); i++) {
            assertThat(Duration.between(all.get(i - 1), all.get(i)))
                .as("%s told again after", key)
                .isGreaterThanOrEqualTo(WINDOW);
          }
        });
  }

  @Test
  void the_first_goes_at_once_and_the_fold_tells_of_the_newest() {
    StormFold fold = new StormFold(WINDOW);
    assertThat(fold.raise(alert("a", "first"), START)).contains(new Told(alert("a", "first"), 1));
    assertThat(fold.raise(alert("a", "second"), START.plusSeconds(1))).isEmpty();
    assertThat(fold.raise(alert("b", "other"), START.plusSeconds(1))).isPresent();
    assertThat(fold.raise(alert("a", "third"), START.plusSeconds(2))).isEmpty();
    assertThat(fold.due(START.plusSeconds(59))).isEmpty();
    assertThat(fold.due(START.plusSeconds(60))).containsExactly(new Told(alert("a", "third"), 2));
  }

  @Test
  void what_is_over_by_the_end_of_its_window_is_not_told_again() {
    StormFold fold = new StormFold(WINDOW);
    fold.raise(alert("a", "first"), START);
    fold.raise(alert("a", "second"), START.plusSeconds(1));
    fold.over("a");
    assertThat(fold.due(START.plusSeconds(60))).isEmpty();
    Optional<Told> later = fold.raise(alert("a", "later"), START.plusSeconds(61));
    assertThat(later.map(Told::count)).contains(1);
  }

  @Test
  void what_comes_back_within_the_window_is_told_at_its_end() {
    StormFold fold = new StormFold(WINDOW);
    fold.raise(alert("a", "first"), START);
    fold.over("a");
    assertThat(fold.raise(alert("a", "again"), START.plusSeconds(1))).isEmpty();
    assertThat(fold.due(START.plusSeconds(60))).containsExactly(new Told(alert("a", "again"), 1));
  }
}
