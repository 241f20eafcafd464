package io.mlassets.trainer.search;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * A trial and how many of its trees, chosen by the losses of some folds: the lowest mean over them,
 * of the points that all of them reached.
 *
 * @param trial the trial taken
 * @param trees how many of its trees
 * @param loss mean loss of the folds asked
 */
public record Choice(Trial trial, int trees, double loss) {

  /**
   * The best of the finished trials; of equals the earliest trial, with the fewest trees. Losses of
   * folds not {@code asked} are not looked at. Empty when no trial has finished.
   */
  public static Optional<Choice> of(List<Trial> trials, IntPredicate asked) {
    return trials.stream()
        .filter(trial -> !trial.pruned())
        .map(trial -> of(trial, asked))
        .min(
            Comparator.comparingDouble(Choice::loss)
                .thenComparingInt(choice -> choice.trial().number()));
  }

  private static Choice of(Trial trial, IntPredicate asked) {
    List<List<Double>> curves =
        IntStream.range(0, trial.curves().size())
            .filter(asked)
            .mapToObj(trial.curves()::get)
            .toList();
    Lowest lowest = Lowest.of(curves);
    return new Choice(trial, FoldTrials.treesAt(trial.params(), lowest.rung()), lowest.loss());
  }

  /**
   * Where the mean of curves is lowest.
   *
   * @param rung tenths before it
   * @param loss the mean there
   */
  record Lowest(int rung, double loss) {

    /** As far as all curves go; refuses curves that share no point. */
    static Lowest of(List<List<Double>> curves) {
      int reached = curves.stream().mapToInt(List::size).min().orElse(0);
      if (reached == 0) {
        throw new IllegalArgumentException("the folds share no point of their loss curves");
      }
      Lowest lowest = new Lowest(0, Double.POSITIVE_INFINITY);
      for (int rung = 0; rung < reached; rung++) {
        double sum = 0;
        for (List<Double> curve : curves) {
          sum += curve.get(rung);
        }
        double mean = sum / curves.size();
        lowest = mean < lowest.loss ? new Lowest(rung, mean) : lowest;
      }
      return lowest;
    }
  }
}
