package io.mlassets.trainer.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlassets.model.EngineId;
import io.mlassets.model.ModelType;
import io.mlassets.policy.Pruning;
import io.mlassets.policy.SearchRules;
import io.mlassets.trainer.Workers;
import io.mlassets.trainer.engine.EngineChoice;
import io.mlassets.trainer.search.Trial;
import io.mlassets.trainer.search.TrialLog;
import io.mlassets.trainer.search.TrialLogs;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("T-05")
class SearchModelsTest {
  private static final SearchRules PRUNED = new SearchRules(12, Pruning.HALVING, true);

  /** Nothing but its number decides about a trial: none is pruned, all are of the start-up. */
  private static final SearchRules FREE = new SearchRules(10, Pruning.NONE, true);

  private static Searched search(MadeUpFolds made, SearchRules rules, EngineChoice engine) {
    return search(made, rules, engine, 1, TrialLogs.none(), ProgressListener.silent());
  }

  private static Searched search(
      MadeUpFolds made,
      SearchRules rules,
      EngineChoice engine,
      int threads,
      TrialLogs logs,
      ProgressListener progress) {
    TrainingSpec spec = new TrainingSpec(5, rules.trials(), engine, MadeUpFolds.FOLDS, 0, 0.95);
    try (Workers workers = new Workers(threads)) {
      return Objects.requireNonNull(
          new SearchModels(spec, rules, workers, progress, logs)
              .search(List.of(made.target()), made.folds())
              .get(ModelType.AI1));
    }
  }

  @Test
  @Tag("T-02")
  void nothing_about_a_fold_s_test_rows_moves_what_is_chosen_for_it() {
    int moved = 0;
    for (int seed = 0; seed < 4; seed++) {
      Searched before = search(new MadeUpFolds(seed), FREE, EngineChoice.BOTH);
      for (int k = 0; k < MadeUpFolds.FOLDS; k++) {
        MadeUpFolds changed = new MadeUpFolds(seed);
        changed.change(k, 100 + seed);
        Searched after = search(changed, FREE, EngineChoice.BOTH);
        assertThat(after.byFold().get(k)).isEqualTo(before.byFold().get(k));
        moved += after.whole().equals(before.whole()) ? 0 : 1;
      }
    }
    assertThat(moved).as("choices by all folds that moved").isPositive();
  }

  @Test
  @Tag("T-04")
  void engine_trial_and_trees_are_those_of_the_lowest_loss_of_the_other_folds() {
    Set<EngineId> taken = EnumSet.noneOf(EngineId.class);
    for (int seed = 0; seed < 6; seed++) {
      Searched found = search(new MadeUpFolds(seed), PRUNED, EngineChoice.BOTH);
      assertThat(found.histories()).hasSize(2);
      for (int k = -1; k < MadeUpFolds.FOLDS; k++) {
        Recipe recipe = k < 0 ? found.whole() : found.byFold().get(k);
        Offer best = best(found.histories(), k);
        assertThat(recipe.engine()).isEqualTo(best.engine());
        assertThat(recipe.params())
            .isEqualTo(best.trial().params().with("num_iterations", best.trees()));
        taken.add(recipe.engine());
      }
    }
    assertThat(taken).containsExactlyInAnyOrder(EngineId.values());
  }

  private record Offer(EngineId engine, Trial trial, int trees, double loss) {}

  private static Offer best(List<SearchHistory> histories, int left) {
    Offer best = null;
    for (SearchHistory history : histories) {
      for (Trial trial : history.trials()) {
        List<List<Double>> curves = new ArrayList<>(trial.curves());
        if (left >= 0 && !trial.pruned()) {
          curves.remove(left);
        }
        int reached = curves.stream().mapToInt(List::size).min().orElse(0);
        for (int rung = 0; rung < reached; rung++) {
          int at = rung;
          double loss = curves.stream().mapToDouble(c -> c.get(at)).average().orElseThrow();
          if (best == null || loss < best.loss() - 1e-15) {
            double trees = trial.params().get("num_iterations") * (rung + 1) / 10;
            best = new Offer(history.engine(), trial, (int) Math.ceil(trees), loss);
          }
        }
      }
    }
    return Objects.requireNonNull(best);
  }

  @Test
  void out_of_fold_scores_and_their_loss_are_of_each_fold_s_own_choice() {
    MadeUpFolds made = new MadeUpFolds(3);
    Searched found = search(made, PRUNED, EngineChoice.BOTH);
    double sum = 0;
    for (FoldData fold : made.folds()) {
      Recipe recipe = found.byFold().get(fold.fold().number());
      double[] raw =
          recipe
              .train(fold.training(made.target()), made.target().objective())
              .ensemble()
              .rawAll(fold.test());
      double loss = 0;
      for (int i = 0; i < raw.length; i++) {
        int row = fold.fold().test()[i];
        assertThat(found.oof()[row]).isEqualTo(raw[i]);
        loss += Math.log1p(Math.exp(made.target().labels()[row] == 1 ? -raw[i] : raw[i]));
      }
      sum += loss / raw.length;
    }
    assertThat(found.loss()).isCloseTo(sum / MadeUpFolds.FOLDS, within(1e-12));
  }

  @Test
  void an_engine_that_is_not_asked_for_is_not_searched() {
    for (EngineChoice engine : List.of(EngineChoice.LIGHTGBM, EngineChoice.XGBOOST)) {
      Searched found = search(new MadeUpFolds(3), PRUNED, engine);
      assertThat(found.histories())
          .extracting(SearchHistory::engine)
          .containsExactlyElementsOf(engine.engines());
      assertThat(found.whole().engine()).isEqualTo(engine.engines().getFirst());
    }
  }

  private static final class KeptLogs implements TrialLogs {
    private final Map<String, List<Trial>> kept = new ConcurrentHashMap<>();

    @Override
    public TrialLog of(String study) {
      List<Trial> own = kept.computeIfAbsent(study, key -> new CopyOnWriteArrayList<>());
      return new TrialLog() {
        @Override
        public List<Trial> trials() {
          return List.copyOf(own);
        }

        @Override
        public void add(Trial trial) {
          own.add(trial);
        }
      };
    }
  }

  @Test
  @Tag("T-13")
  void workers_and_interruptions_change_no_bit_and_known_trials_count_as_progress() {
    MadeUpFolds made = new MadeUpFolds(1);
    KeptLogs logs = new KeptLogs();
    Searched one = search(made, PRUNED, EngineChoice.BOTH, 1, logs, ProgressListener.silent());
    assertSame(
        one,
        search(made, PRUNED, EngineChoice.BOTH, 4, TrialLogs.none(), ProgressListener.silent()));

    // Killed after some trials of one engine and all of the other.
    logs.kept.values().iterator().next().removeIf(trial -> trial.number() > 4);
    List<Integer> percents = new CopyOnWriteArrayList<>();
    assertSame(
        one,
        search(
            made, PRUNED, EngineChoice.BOTH, 2, logs, (stage, percent) -> percents.add(percent)));
    assertThat(percents).contains(75).hasSize(2 + 2 * PRUNED.trials());
  }

  private static void assertSame(Searched one, Searched other) {
    assertThat(other.oof()).isEqualTo(one.oof());
    assertThat(other.whole()).isEqualTo(one.whole());
    assertThat(other.byFold()).isEqualTo(one.byFold());
    assertThat(other.loss()).isEqualTo(one.loss());
    assertThat(other.histories()).isEqualTo(one.histories());
  }
}
