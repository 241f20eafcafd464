package io.mlassets.trainer.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("T-14")
class ChartTest {

  @Test
  void ticks_are_round_few_and_within_the_axis() {
    SplittableRandom random = new SplittableRandom(1);
    for (int round = 0; round < 500; round++) {
      double low = (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(-4, 5));
      double high = low + random.nextDouble() * Math.pow(10, random.nextInt(-4, 5));
      Axis axis = Axis.of("x", low, high);
      assertThat(axis.ticks()).hasSizeBetween(1, 7);
      assertThat(axis.ticks())
          .allSatisfy(tick -> assertThat(tick).isBetween(low - 1e-9, high + 1e-6 * (high - low)));
      assertThat(axis.ticks().stream().map(axis.format()::apply).distinct())
          .hasSize(axis.ticks().size());
    }
  }

  @Test
  void an_axis_of_nothing_and_values_beyond_it_are_drawn_inside() {
    Axis axis = Axis.of("x", 3, 3);
    assertThat(axis.high()).isGreaterThan(axis.low());
    assertThat(Axis.of("x", 0, 1).share(7)).isEqualTo(1);
    assertThat(Axis.of("x", 0, 1).share(-7)).isZero();
    Axis time =
        Axis.ofTime(Instant.parse("2024-01-01T00:00:00Z"), Instant.parse("2026-01-01T00:00:00Z"));
    assertThat(time.ticks().stream().map(time.format()::apply)).contains("Apr 2024");
  }

  @Test
  void names_from_outside_cannot_become_markup() {
    String svg =
        new Chart("<b>&\"", Axis.of("x<", 0, 1), Axis.of("y", 0, 1))
            .note(0, 0, "</text><script>", "c1")
            .svg(List.of(new Chart.Legend("c1", "a<b")));
    assertThat(svg).doesNotContain("<b>", "<script", "a<b", "x<<").contains("&lt;script&gt;");
  }

  @Test
  void a_roc_curve_ends_in_its_corners_and_has_the_area_of_all_pairs() {
    SplittableRandom random = new SplittableRandom(2);
    double[] scores = random.doubles(5_000).map(u -> Math.floor(u * 400) / 400).toArray();
    double[] labels = new double[scores.length];
    double won = 0;
    double pairs = 0;
    for (int i = 0; i < labels.length; i++) {
      labels[i] = random.nextDouble() < 0.3 + 0.4 * scores[i] ? 1 : 0;
    }
    for (int i = 0; i < labels.length; i++) {
      for (int j = 0; j < labels.length; j++) {
        if (labels[i] > labels[j]) {
          won += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
          pairs++;
        }
      }
    }
    Roc roc = Roc.of(scores, labels);
    double area = 0;
    int last = roc.falsePositives().length - 1;
    for (int i = 1; i <= last; i++) {
      area +=
          (roc.falsePositives()[i] - roc.falsePositives()[i - 1])
              * (roc.truePositives()[i] + roc.truePositives()[i - 1])
              / 2;
    }
    assertThat(roc.falsePositives()[last]).isEqualTo(1);
    assertThat(roc.truePositives()[last]).isEqualTo(1);
    assertThat(last).isLessThan(125);
    assertThat(area).isCloseTo(won / pairs, within(0.001));
  }

  @Test
  void numbers_are_written_for_people_and_missing_ones_as_a_dash() {
    assertThat(Text.number(-1234.5678, 2)).isEqualTo("−1,234.57");
    assertThat(Text.percent(0.0123, 1)).isEqualTo("1.2 %");
    assertThat(Text.number(null, 2)).isEqualTo("–");
    assertThat(Text.number(Double.NaN, 2)).isEqualTo("–");
  }
}
