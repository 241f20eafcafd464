package io.mlassets.validator.drift;

import io.mlassets.validator.schema.SchemaDiffReport;
import org.springframework.stereotype.Component;

/** Where a measurement goes: tables first, as they are the record; then metrics, Redis, trainer. */
@Component
class DriftOutlets {
  private final DriftTables tables;
  private final DriftGauges gauges;
  private final TellDrift tell;
  private final RequestRetrain retrain;

  DriftOutlets(DriftTables tables, DriftGauges gauges, TellDrift tell, RequestRetrain retrain) {
    this.tables = tables;
    this.gauges = gauges;
    this.tell = tell;
    this.retrain = retrain;
  }

  void give(Findings findings) {
    tables.insert(findings);
    gauges.show(findings);
    tell.of(findings);
    retrain.ifDrifted(findings);
  }

  void showSchema(boolean compatible) {
    gauges.showSchema(compatible);
  }

  void giveSchema(SchemaDiffReport report, String mode) {
    tell.of(report, mode);
  }
}
