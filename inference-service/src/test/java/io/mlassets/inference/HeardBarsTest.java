package io.mlassets.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.channel.Channels;
import io.mlassets.market.Bar;
import io.mlassets.market.PairBar;
import io.mlassets.platform.RedisSettings;
import io.mlassets.testing.SampleMarket;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("I-04")
class HeardBarsTest {
  private static final List<PairBar> BARS = SampleMarket.bars(400, 5);
  private final HeardBars heard = new HeardBars();

  /** Each leg with a read of its own, numbered from 0. */
  private void hearAllBut(Bar lost) {
    long number = 0;
    for (PairBar bar : BARS) {
      for (Bar leg : List.of(bar.a(), bar.b())) {
        if (!leg.equals(lost)) {
          heard.add(leg, new BarPosition.Read(number, null));
        }
        number++;
      }
    }
  }

  @Test
  void a_bar_came_with_the_read_of_its_first_leg() {
    hearAllBut(BARS.get(390).a());
    assertThat(heard.firstRead(legs(389))).contains(new BarPosition.Read(2 * 389, null));
    assertThat(heard.firstRead(legs(390))).contains(new BarPosition.Read(2 * 390 + 1, null));
    assertThat(heard.firstRead(legs(0))).as("forgotten by now").isEmpty();
  }

  private static List<Bar> legs(int bar) {
    return List.of(BARS.get(bar).a(), BARS.get(bar).b());
  }

  @Test
  void the_last_bars_of_both_legs_are_whole_and_single_legs_are_kept_beside() {
    hearAllBut(BARS.get(390).b());
    assertThat(heard.whole(SampleMarket.PAIR, BARS.get(380).ts()).values())
        .containsExactlyElementsOf(
            BARS.subList(381, 400).stream().filter(bar -> bar != BARS.get(390)).toList());
    int kept = HeardBars.MOST;
    assertThat(heard.whole(SampleMarket.PAIR, Instant.EPOCH).values())
        .hasSize(kept - 1)
        .first()
        .isEqualTo(BARS.get(400 - kept));
    assertThat(heard.legs(SampleMarket.PAIR))
        .hasSize(2 * kept)
        .contains(BARS.get(390).a())
        .doesNotContain(BARS.get(390).b());

    heard.forget();
    assertThat(heard.legs(SampleMarket.PAIR)).isEmpty();
    assertThat(heard.whole(SampleMarket.PAIR, Instant.EPOCH)).isEmpty();
  }

  @Test
  void positions_of_a_stream_are_ordered_by_number_not_by_text() {
    StreamBars stream =
        new StreamBars(new RedisSettings(null, "127.0.0.1", 1, ""), new Channels(""));
    assertThat(List.of("10-2", "9-10", "10-10", "9-9").stream().sorted(stream.order()))
        .containsExactly("9-9", "9-10", "10-2", "10-10");
  }
}
