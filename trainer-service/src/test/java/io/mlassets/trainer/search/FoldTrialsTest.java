package io.mlassets.trainer.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mlassets.model.EngineId;
import io.mlassets.model.Objective;
import io.mlassets.model.TreeParams;
import io.mlassets.trainer.Workers;
import io.mlassets.trainer.engine.BinnedRows;
import io.mlassets.trainer.engine.TrainingRows;
import io.mlassets.trainer.engine.TreeEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("T-05")
class FoldTrialsTest {
  private static final TreeParams PARAMS =
      TreeParams.of(Map.of("num_iterations", 40.0, "learning_rate", 0.1, "num_leaves", 7.0));

  private static final class Kept implements TrialLog {
    private final List<Trial> kept = new CopyOnWriteArrayList<>();

    @Override
    public List<Trial> trials() {
      return List.copyOf(kept);
    }

    @Override
    public void add(Trial trial) {
      kept.add(trial);
    }
  }

  private final TreeEngine engine = TreeEngine.of(EngineId.LIGHTGBM);
  private final List<TrainingRows> tests = new ArrayList<>();
  private final Workers workers = new Workers(2);
  private List<ScoredFold> folds = List.of();

  @BeforeEach
  void cutFolds() {
    folds = folds(engine);
  }

  @AfterEach
  void closeFolds() {
    folds.forEach(ScoredFold::close);
    workers.close();
  }

  private List<ScoredFold> folds(TreeEngine engine) {
    return IntStream.range(0, 3)
        .mapToObj(
            k -> {
              BinnedRows train = engine.bin(rows(600, k), 1);
              TrainingRows test = rows(200, 10 + k);
              tests.add(test);
              return new ScoredFold(train, engine.binLike(test, train, 1), test.labels());
            })
        .toList();
  }

  /** Labels that follow the first of three columns, with noise. */
  private static TrainingRows rows(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] values = new double[count * 3];
    double[] labels = new double[count];
    for (int i = 0; i < count; i++) {
      for (int c = 0; c < 3; c++) {
        values[3 * i + c] = random.nextGaussian();
      }
      labels[i] = values[3 * i] + 1.5 * random.nextGaussian() > 0 ? 1 : 0;
    }
    return TrainingRows.unweighted(values, 3, labels);
  }

  private FoldTrials trials(int patience) {
    return new FoldTrials(engine, Objective.BINARY, folds, patience, workers);
  }

  @Test
  void a_trial_s_value_is_the_mean_loss_of_the_trees_it_names() {
    Trial trial =
        trials(FoldTrials.NO_EARLY_STOPPING).run(new Proposal(0, 7, PARAMS), shown -> false);
    assertThat(trial.intermediate()).hasSize(3 * FoldTrials.RUNGS);
    double sum = 0;
    for (int k = 0; k < 3; k++) {
      double[] raw =
          engine
              .train(
                  folds.get(k).train(),
                  PARAMS.with("num_iterations", trial.trees()),
                  Objective.BINARY,
                  7,
                  1)
              .ensemble()
              .rawAll(tests.get(k).rowMajor());
      double[] labels = folds.get(k).labels();
      double loss = 0;
      for (int i = 0; i < raw.length; i++) {
        loss += Math.log1p(Math.exp(labels[i] == 1 ? -raw[i] : raw[i]));
      }
      sum += loss / raw.length;
    }
    assertThat(trial.value()).isCloseTo(sum / 3, within(1e-12));
  }

  @Test
  void trees_that_only_overfit_are_not_grown_and_not_taken() {
    TreeParams greedy =
        TreeParams.of(
            Map.of("num_iterations", 400.0, "learning_rate", 0.5, "min_data_in_leaf", 2.0));
    Proposal proposal = new Proposal(0, 7, greedy);
    Trial patient = trials(FoldTrials.NO_EARLY_STOPPING).run(proposal, shown -> false);
    Trial stopped = trials(2).run(proposal, shown -> false);
    assertThat(stopped.trees()).isEqualTo(40).isEqualTo(patient.trees());
    assertThat(stopped.value()).isEqualTo(patient.value());
    // After the stop the fold's best loss is held, so that steps of trials stay comparable.
    assertThat(stopped.intermediate()).hasSameSizeAs(patient.intermediate());
    assertThat(stopped.intermediate().get(9)).isEqualTo(stopped.intermediate().get(0));
    assertThat(patient.intermediate().get(9)).isGreaterThan(1.5 * patient.value());
  }

  @Test
  void a_hopeless_trial_ends_within_its_first_fold() {
    Trial trial =
        trials(FoldTrials.NO_EARLY_STOPPING)
            .run(new Proposal(3, 7, PARAMS), shown -> shown.size() == 4);
    assertThat(trial.pruned()).isTrue();
    assertThat(trial.intermediate()).hasSize(4);
    assertThat(trial.trees()).isEqualTo(16);
    assertThat(trial.value()).isEqualTo(trial.intermediate().get(3));
  }

  @Test
  void idle_workers_grow_folds_ahead_and_nothing_shown_differs() throws Exception {
    Proposal proposal = new Proposal(3, 7, PARAMS);
    List<Integer> lengths = List.of(4, 15, 24, 30);
    try (Workers crowded = new Workers(1)) {
      CountDownLatch told = new CountDownLatch(1);
      crowded.submit(
          () -> {
            told.await();
            return 0;
          });
      for (int length : lengths) {
        Trial alone =
            new FoldTrials(engine, Objective.BINARY, folds, 3, crowded)
                .run(proposal, shown -> shown.size() == length);
        Trial helped = trials(3).run(proposal, shown -> shown.size() == length);
        assertThat(helped).isEqualTo(alone);
        assertThat(helped.pruned()).isEqualTo(length < 30);
      }
      told.countDown();
    }
    // Nobody grows for a trial that ended: both threads meet.
    CyclicBarrier meeting = new CyclicBarrier(2);
    List<Future<Integer>> both =
        List.of(workers.submit(meeting::await), workers.submit(meeting::await));
    for (Future<Integer> one : both) {
      assertThat(one.get(10, TimeUnit.SECONDS)).isBetween(0, 1);
    }
  }

  @Test
  void a_fold_that_stopped_early_can_still_end_a_hopeless_trial() {
    TreeParams greedy =
        TreeParams.of(
            Map.of("num_iterations", 400.0, "learning_rate", 0.5, "min_data_in_leaf", 2.0));
    List<Integer> asked = new ArrayList<>();
    Trial trial =
        trials(2)
            .run(
                new Proposal(3, 7, greedy),
                shown -> {
                  asked.add(shown.size());
                  return shown.size() == 5;
                });
    // It stopped after three tenths; the rung of the shipped pruner is after five.
    assertThat(trial.trees()).isEqualTo(120);
    assertThat(trial.pruned()).isTrue();
    assertThat(asked).containsExactly(1, 2, 3, 4, 5);
    assertThat(trial.value()).isEqualTo(trial.intermediate().getFirst());
  }

  @Test
  void a_trial_keeps_the_loss_of_each_fold_as_far_as_it_went() {
    Trial trial = trials(2).run(new Proposal(0, 7, PARAMS), shown -> false);
    assertThat(trial.curves()).hasSize(3);
    for (int k = 0; k < 3; k++) {
      double[] labels = folds.get(k).labels();
      List<Double> curve = trial.curves().get(k);
      assertThat(curve).hasSizeBetween(3, FoldTrials.RUNGS);
      for (int rung = 0; rung < curve.size(); rung++) {
        try (var grown =
            engine.grow(
                folds.get(k).train(), folds.get(k).test(), PARAMS, Objective.BINARY, 7, 1)) {
          grown.growTo(4 * (rung + 1));
          double[] scores = grown.scores();
          double loss =
              IntStream.range(0, labels.length)
                  .mapToDouble(i -> -Math.log(labels[i] == 1 ? scores[i] : 1 - scores[i]))
                  .average()
                  .orElseThrow();
          assertThat(curve.get(rung)).isCloseTo(loss, within(1e-12));
        }
      }
    }
    assertThat(Choice.of(List.of(trial), fold -> true).orElseThrow())
        .isEqualTo(new Choice(trial, trial.trees(), trial.value()));
  }

  @ParameterizedTest
  @EnumSource(EngineId.class)
  @Tag("T-13")
  void one_worker_and_four_and_a_resumed_study_make_the_same_trials(EngineId id) throws Exception {
    TreeEngine other = TreeEngine.of(id);
    List<ScoredFold> own = folds(other);
    try {
      Kept log = new Kept();
      List<Trial> serial = run(id, 1, 24, log, by(other, own));
      assertThat(run(id, 4, 24, new Kept(), by(other, own))).isEqualTo(serial);
      assertThat(serial).anyMatch(Trial::pruned).anyMatch(trial -> !trial.pruned());

      // Killed: some trials were written, not all of the first ones.
      Kept half = new Kept();
      log.trials().stream()
          .filter(trial -> trial.number() < 9 || trial.number() == 10)
          .forEach(half::add);
      AtomicInteger made = new AtomicInteger();
      List<Trial> resumed =
          run(
              id,
              2,
              24,
              half,
              workers ->
                  (proposal, isHopeless) -> {
                    made.incrementAndGet();
                    return by(other, own).apply(workers).run(proposal, isHopeless);
                  });
      assertThat(resumed).isEqualTo(serial);
      assertThat(made).hasValue(14);
      assertThat(half.trials()).hasSize(24);
    } finally {
      own.forEach(ScoredFold::close);
    }
  }

  private static Function<Workers, RunStudy.Attempt> by(TreeEngine engine, List<ScoredFold> own) {
    return workers -> new FoldTrials(engine, Objective.BINARY, own, 3, workers);
  }

  private static List<Trial> run(
      EngineId id,
      int threads,
      int trials,
      TrialLog log,
      Function<Workers, RunStudy.Attempt> attempts)
      throws InterruptedException {
    Study study = new Study(SearchSpaces.of(id), Goal.MINIMISE, 5, 4, true);
    try (Workers workers = new Workers(threads)) {
      new RunStudy(study, SearchSpaces.PRUNER, log).run(trials, workers, attempts.apply(workers));
    }
    return study.trials();
  }

  @Test
  void a_failing_trial_ends_the_study_when_nothing_runs_any_more() {
    AtomicInteger running = new AtomicInteger();
    assertThatThrownBy(
            () ->
                run(
                    EngineId.LIGHTGBM,
                    4,
                    50,
                    TrialLog.none(),
                    workers ->
                        (proposal, isHopeless) -> {
                          running.incrementAndGet();
                          try {
                            if (proposal.number() == 2) {
                              throw new IllegalArgumentException("trial 2 broke");
                            }
                            return by(engine, folds).apply(workers).run(proposal, isHopeless);
                          } finally {
                            running.decrementAndGet();
                          }
                        }))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("trial 2 broke");
    assertThat(running).hasValue(0);
  }
}
