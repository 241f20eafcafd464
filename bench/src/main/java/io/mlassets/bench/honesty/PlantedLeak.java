package io.mlassets.bench.honesty;

import io.mlassets.feature.MarketView;
import io.mlassets.market.Pair;
import io.mlassets.market.PairBar;
import io.mlassets.trainer.dataset.TrainingSet;
import java.util.Locale;
import java.util.function.ToDoubleBiFunction;

/** Features that know the next bar. */
enum PlantedLeak {
  /** The next close as a price, which hides the move behind the level. */
  NEXT_CLOSE {
    @Override
    ToDoubleBiFunction<MarketView, PairBar> of(TrainingSet set, long seed) {
      return (view, next) -> next.a().close();
    }
  },
  /** The spread's next move under noise as large as itself. */
  NOISY_MOVE {
    @Override
    ToDoubleBiFunction<MarketView, PairBar> of(TrainingSet set, long seed) {
      return new NoisyMove(1, seed);
    }
  },
  /** The same in the last pair only, under four times the noise; noise alone in the others. */
  NOISY_MOVE_OF_ONE_PAIR {
    @Override
    ToDoubleBiFunction<MarketView, PairBar> of(TrainingSet set, long seed) {
      Pair leaking = set.pairs().getLast().pair();
      NoisyMove move = new NoisyMove(4, seed);
      return (view, next) ->
          view.bar().pair().equals(leaking) ? move.applyAsDouble(view, next) : move.noise();
    }
  };

  /** What the feature says at a bar, made of it and the next. */
  abstract ToDoubleBiFunction<MarketView, PairBar> of(TrainingSet set, long seed);

  /** Whether a candidate with this leak was refused for it. */
  static boolean isRefused(Judged judged) {
    return !judged.adopted()
        && judged.verdict().reasons().stream()
            .anyMatch(reason -> reason.startsWith("leak_suspected: " + Spoiled.LEAK));
  }

  /** In reports. */
  String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
