package io.mlassets.inference;

import io.mlassets.market.BarInterval;
import io.mlassets.market.Pair;
import io.mlassets.signal.Action;
import io.mlassets.signal.SignalMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** States of pairs as they are shown to other tools; number by number they differ. */
final class ShownStates {
  private ShownStates() {}

  /** Of hour {@code number}, whose z-score and missing legs are that number. */
  static PairState state(Pair pair, int number) {
    return state(pair, number, "no candidate");
  }

  static PairState state(Pair pair, int number, String reason) {
    return new PairState(
        pair,
        BarInterval.H1,
        SignalMode.LIVE,
        "20260101_0000",
        Instant.parse("2026-01-05T00:00:00Z").plus(Duration.ofHours(number)),
        number,
        0.25,
        0.5,
        1,
        Action.HOLD,
        reason,
        "FLAT",
        false,
        0,
        number,
        false,
        null,
        Map.of("z_score", number + 0.1));
  }
}
