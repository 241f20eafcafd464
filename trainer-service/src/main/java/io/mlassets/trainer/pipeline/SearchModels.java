package io.mlassets.trainer.pipeline;

import io.mlassets.model.EngineId;
import io.mlassets.model.ModelType;
import io.mlassets.policy.SearchRules;
import io.mlassets.trainer.Workers;
import io.mlassets.trainer.engine.TreeEngine;
import io.mlassets.trainer.search.TrialLogs;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Every model with every engine asked for: one search each, side by side; then the choice among all
 * their trials.
 */
final class SearchModels {
  private static final int FROM = 12;
  private static final int TO = 75;
  private final TrainingSpec spec;
  private final SearchRules rules;
  private final Workers workers;
  private final ProgressListener progress;
  private final TrialLogs logs;
  private final AtomicInteger trialsDone = new AtomicInteger();

  SearchModels(
      TrainingSpec spec,
      SearchRules rules,
      Workers workers,
      ProgressListener progress,
      TrialLogs logs) {
    this.spec = spec;
    this.rules = rules;
    this.workers = workers;
    this.progress = progress;
    this.logs = logs;
  }

  private record Task(Target target, EngineId engine) {}

  Map<ModelType, Searched> search(List<Target> targets, List<FoldData> folds) {
    List<EngineId> engines = spec.engine().engines();
    List<Task> tasks = new ArrayList<>();
    for (Target target : targets) {
      engines.forEach(engine -> tasks.add(new Task(target, engine)));
    }
    int total = tasks.size() * spec.trials();
    StudyKeys keys = new StudyKeys(folds, rules);
    List<EngineStudy> studies;
    // These threads only ask and tell; the work is the workers'.
    try (Workers asking = new Workers(tasks.size())) {
      studies = asking.map(tasks, task -> search(task, folds, keys, total));
    }
    NestedChoice choice = new NestedChoice(folds, workers);
    Map<ModelType, Searched> found = new EnumMap<>(ModelType.class);
    for (int t = 0; t < targets.size(); t++) {
      Target target = targets.get(t);
      List<EngineStudy> own = studies.subList(t * engines.size(), (t + 1) * engines.size());
      found.put(target.type(), choice.of(target, own));
    }
    return found;
  }

  private EngineStudy search(Task task, List<FoldData> folds, StudyKeys keys, int total) {
    String stage = "search %s %s".formatted(task.target().type(), task.engine().wire());
    progress.at(stage, percent(total));
    // Each search draws from a stream of its own.
    long seed = spec.seed() * 31 + task.target().type().ordinal() * 8L + task.engine().ordinal();
    TreeEngine engine = TreeEngine.of(task.engine());
    String study = keys.of(engine, task.target(), seed);
    return new SearchParameters(engine, task.target(), folds, rules, workers)
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
}
