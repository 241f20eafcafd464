package io.mlassets.trainer.retune;

import io.mlassets.decision.Thresholds;
import io.mlassets.market.InstrumentCatalogue;
import io.mlassets.model.BundleFile;
import io.mlassets.model.BundleKey;
import io.mlassets.model.InvalidBundleException;
import io.mlassets.model.ModelBundle;
import io.mlassets.platform.registry.ModelRegistry;
import io.mlassets.platform.registry.RegisteredModel;
import io.mlassets.policy.Policies;
import io.mlassets.trainer.Workers;
import io.mlassets.trainer.dataset.LoadUnseen;
import io.mlassets.trainer.dataset.TrainingSet;
import io.mlassets.trainer.run.Trigger;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tunes the active model's thresholds again on the bars it was not trained on (requirement R-04).
 * The bundle stays as it is; thresholds, run and audit row change in one transaction, and inference
 * is told.
 */
public final class RetuneThresholds {
  private static final String SCOPE = "all";
  private final ModelRegistry registry;
  private final BundleKey key;
  private final Policies policies;
  private final InstrumentCatalogue instruments;
  private final DataSource dataSource;
  private final ThetaRuns runs;
  private final JsonMapper json;

  /** Over one registry and its database. */
  public RetuneThresholds(
      ModelRegistry registry,
      BundleKey key,
      Policies policies,
      InstrumentCatalogue instruments,
      DataSource dataSource,
      ThetaRuns runs,
      JsonMapper json) {
    this.registry = registry;
    this.key = key;
    this.policies = policies;
    this.instruments = instruments;
    this.dataSource = dataSource;
    this.runs = runs;
    this.json = json;
  }

  /**
   * Measures, judges and records; the run has ended then.
   *
   * @param threads that share the work; the outcome is the same with any number
   */
  ThetaOutcome run(UUID id, Trigger trigger, int threads) {
    Optional<RegisteredModel> active = registry.active(SCOPE);
    if (active.isEmpty()) {
      return held(
          id,
          new ThetaOutcome(
              null,
              null,
              new ThetaVerdict.Held(List.of("no_active_model: there are no thresholds in force"))));
    }
    RegisteredModel model = active.get();
    ThetaEvidence evidence = measure(model, threads);
    ThetaVerdict verdict = new JudgeThresholds(policies).judge(evidence);
    ThetaOutcome outcome = new ThetaOutcome(model, evidence, verdict);
    return switch (verdict) {
      case ThetaVerdict.Held held -> held(id, outcome);
      case ThetaVerdict.Adopted adopted -> adopted(id, trigger, outcome, adopted.next());
    };
  }

  private ThetaEvidence measure(RegisteredModel model, int threads) {
    byte[] zip =
        registry
            .artifact(model.version())
            .orElseThrow(
                () ->
                    new InvalidBundleException(
                        "bundle %s is not in core.model_artifacts".formatted(model.version())));
    ModelBundle bundle = BundleFile.read(zip, key);
    try (Workers workers = new Workers(threads)) {
      TrainingSet set =
          new LoadUnseen(dataSource, instruments, policies.core(), workers)
              .after(
                  bundle.manifest().pairs(),
                  bundle.manifest().interval(),
                  bundle.manifest().trainTo(),
                  bundle.manifest().featureSchemaHash());
      bundle.requireSchema(set.schema().hash());
      return new MeasureThresholds(policies, workers)
          .on(UnseenBars.of(set, bundle), model.thresholds());
    }
  }

  private ThetaOutcome held(UUID id, ThetaOutcome outcome) {
    runs.end(id, outcome);
    return outcome;
  }

  private ThetaOutcome adopted(UUID id, Trigger trigger, ThetaOutcome outcome, Thresholds next) {
    RegisteredModel model = Objects.requireNonNull(outcome.model());
    boolean changed =
        registry.retune(
            model,
            next,
            () -> {
              runs.end(id, outcome);
              audit(id, trigger, outcome, next);
            });
    return changed
        ? outcome
        : held(
            id,
            new ThetaOutcome(
                model,
                outcome.evidence(),
                new ThetaVerdict.Held(
                    List.of("model_changed: another model or other thresholds came in force"))));
  }

  private void audit(UUID id, Trigger trigger, ThetaOutcome outcome, Thresholds next) {
    RegisteredModel model = Objects.requireNonNull(outcome.model());
    JdbcClient.create(dataSource)
        .sql(
            """
            insert into audit.config_changes
              (actor, object, key, old_value, new_value, policy_hash, reason)
            values (?, 'model_registry', ?, ?::jsonb, ?::jsonb, ?, ?)
            """)
        .params(
            "trainer, " + trigger.wire(),
            "thresholds:" + model.scope(),
            json.writeValueAsString(model.thresholds()),
            json.writeValueAsString(next),
            policies.hash(),
            "re-tuning %s of model %s: %s"
                .formatted(id, model.version(), String.join("; ", outcome.verdict().reasons())))
        .update();
  }
}
