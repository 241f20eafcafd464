package io.mlassets.trainer.pipeline;

import io.mlassets.model.EngineId;
import io.mlassets.model.ModelType;
import io.mlassets.trainer.Workers;
import io.mlassets.trainer.engine.TreeEngine;
import io.mlassets.trainer.search.TrialLogs;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Every model with every engine: one search each, side by side. The lower out-of-fold loss wins.
 */
final class SearchModels {
  private static final int FROM = 12;
  private static final int TO = 75;
  private final TrainingSpec spec;
  private final Workers workers;
  private final ProgressListener progress;
  private final TrialLogs logs;
  private final AtomicInteger trialsDone = new AtomicInteger();

  SearchModels(TrainingSpec spec, Workers workers, ProgressListener progress, TrialLogs logs) {
    this.spec = spec;
    this.workers = workers;
    this.progress = progress;
    this.logs = logs;
  }

  private record Task(Target target, EngineId engine) {}

  Map<ModelType, Searched> search(List<Target> targets, List<FoldData> folds) {
    List<Task> tasks = new ArrayList<>();
    for (Target target : targets) {
      for (EngineId engine : EngineId.values()) {
        tasks.add(new Task(target, engine));
      }
    }
    int total = tasks.size() * spec.trials();
    StudyKeys keys = new StudyKeys(folds);
    List<Searched> results;
    // These threads only ask and tell; the work is the workers'.
    try (Workers studies = new Workers(tasks.size())) {
      results = studies.map(tasks, task -> search(task, folds, keys, total));
    }
    Map<ModelType, Searched> best = new EnumMap<>(ModelType.class);
    for (int i = 0; i < tasks.size(); i++) {
      best.merge(
          tasks.get(i).target().type(),
          results.get(i),
          (one, other) -> together(one, other, other.loss() < one.loss()));
    }
    return best;
  }

  private Searched search(Task task, List<FoldData> folds, StudyKeys keys, int total) {
    String stage =
        "search %s %s"
            .formatted(task.target().type(), task.engine().name().toLowerCase(Locale.ROOT));
    progress.at(stage, percent(total));
    // Each search draws from a stream of its own.
    long seed = spec.seed() * 31 + task.target().type().ordinal() * 8L + task.engine().ordinal();
    TreeEngine engine = TreeEngine.of(task.engine());
    String study = keys.of(engine, task.target(), seed);
    return new SearchParameters(engine, task.target(), folds, workers)
        .search(
            seed,
            spec.trials(),
            study,
            logs.of(study),
            () -> {
              trialsDone.incrementAndGet();
              progress.at(stage, percent(total));
            });
  }

  private int percent(int total) {
    return FROM + (TO - FROM) * trialsDone.get() / total;
  }

  /** The winner, with the trials of both: every trial counts. */
  private static Searched together(Searched one, Searched other, boolean otherWins) {
    Searched winner = otherWins ? other : one;
    return new Searched(
        winner.engine(),
        winner.params(),
        winner.seed(),
        winner.loss(),
        winner.oof(),
        Stream.concat(one.histories().stream(), other.histories().stream()).toList());
  }
}
