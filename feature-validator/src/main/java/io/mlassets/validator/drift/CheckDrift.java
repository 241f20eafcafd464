package io.mlassets.validator.drift;

import io.mlassets.drift.RiskPassRate;
import io.mlassets.policy.CorePolicy;
import io.mlassets.policy.DriftRules;
import io.mlassets.policy.Policies;
import io.mlassets.validator.ModelInUse;
import io.mlassets.validator.ModelsInUse;
import io.mlassets.validator.schema.DiffSchemas;
import io.mlassets.validator.schema.NamedSchema;
import io.mlassets.validator.schema.RegisteredSchemas;
import io.mlassets.validator.schema.SchemaDiffReport;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * One measurement: the deciding model's schema, features, results and risk control; stored, told
 * and, over a threshold, brought to the trainer.
 */
@Component
class CheckDrift {
  private static final Logger log = LoggerFactory.getLogger(CheckDrift.class);
  private final ModelsInUse models;
  private final RegisteredSchemas schemas;
  private final DiffSchemas diffs;
  private final FindCandidates candidates;
  private final FeatureReferences references;
  private final MeasureFeatures measureFeatures;
  private final MeasureModel measureModel;
  private final DriftOutlets outlets;
  private final CorePolicy core;
  private final DriftRules rules;
  private final Clock clock;

  CheckDrift(
      ModelsInUse models,
      RegisteredSchemas schemas,
      DiffSchemas diffs,
      FindCandidates candidates,
      FeatureReferences references,
      MeasureFeatures measureFeatures,
      MeasureModel measureModel,
      DriftOutlets outlets,
      Policies policies,
      Clock clock) {
    this.models = models;
    this.schemas = schemas;
    this.diffs = diffs;
    this.candidates = candidates;
    this.references = references;
    this.measureFeatures = measureFeatures;
    this.measureModel = measureModel;
    this.outlets = outlets;
    this.core = policies.core();
    this.rules = policies.retrain().drift();
    this.clock = clock;
  }

  /** Measures now; empty while no model was ever trained. One at a time. */
  synchronized Optional<Findings> now() {
    Optional<ModelInUse> model = models.current();
    model.ifPresent(this::checkSchema);
    Optional<Findings> findings = model.map(this::measure);
    findings.ifPresent(outlets::give);
    return findings;
  }

  private Findings measure(ModelInUse model) {
    Candidates live = candidates.of(model);
    Findings findings =
        new Findings(
            model,
            clock.instant().truncatedTo(ChronoUnit.MICROS),
            measureFeatures.of(live, references.of(model.version())),
            measureModel.of(model),
            RiskPassRate.of(
                live.riskScores(),
                model.theta2(),
                core.riskPassRate(),
                core.thetaSearch().theta2(),
                rules.minRows()),
            live.noTradeRate(core.noTradeRate(), rules.minRows()));
    log.info(
        "{} {}: {} candidate rows, psi max {}, mean shift max {}, {} round trips",
        model.version(),
        model.mode().wire(),
        live.rows().size(),
        findings.features().psiMax(),
        findings.features().meanShiftMax(),
        findings.results().trades());
    return findings;
  }

  private void checkSchema(ModelInUse model) {
    Optional<NamedSchema> newest = schemas.newest();
    if (newest.isEmpty()) {
      return;
    }
    outlets.showSchema(schemas.named(model.schemaHash()).columns().equals(newest.get().columns()));
    if (!diffs.wasCompared(model, newest.get())) {
      SchemaDiffReport report = diffs.compare(model, newest.get());
      outlets.giveSchema(report, model.mode().wire());
    }
  }
}
