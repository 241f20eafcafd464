package io.mlassets.validator.drift;

import io.mlassets.channel.Channels;
import io.mlassets.channel.DriftNotice;
import io.mlassets.channel.DriftNotice.Measure;
import io.mlassets.drift.RiskPassRate;
import io.mlassets.drift.WinRateGap;
import io.mlassets.policy.DriftRules;
import io.mlassets.policy.Policies;
import io.mlassets.validator.schema.SchemaDiffReport;
import java.util.ArrayList;
import java.util.List;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Tells measurements on channel {@code drift}. */
@Component
class TellDrift {
  private static final int WORST_FEATURES = 5;
  private final StringRedisTemplate redis;
  private final Channels channels;
  private final JsonMapper json;
  private final DriftRules rules;

  TellDrift(StringRedisTemplate redis, Channels channels, JsonMapper json, Policies policies) {
    this.redis = redis;
    this.channels = channels;
    this.json = json;
    this.rules = policies.retrain().drift();
  }

  void of(Findings findings) {
    if (!findings.features().features().isEmpty()) {
      boolean drifted = findings.features().drifted();
      send(findings, "feature", drifted, drifted ? "feature_drift" : "none", features(findings));
    }
    if (findings.results().gap() != null) {
      boolean drifted = findings.results().drifted();
      send(findings, "model", drifted, drifted ? "model_drift" : "none", results(findings));
    }
    Double rate = findings.risk().rate();
    if (rate != null) {
      RiskPassRate risk = findings.risk();
      double bound = rate < risk.wanted().low() ? risk.wanted().low() : risk.wanted().high();
      send(
          findings,
          "risk_pass_rate",
          risk.verdict().isAlert(),
          risk.verdict().reason(),
          List.of(new Measure("risk_pass_rate", rate, bound)));
    }
  }

  private List<Measure> features(Findings findings) {
    List<Measure> measures = new ArrayList<>();
    findings.features().features().stream()
        .limit(WORST_FEATURES)
        .forEach(
            drift -> {
              measures.add(
                  new Measure("psi:" + drift.feature(), drift.psi(), drift.psiThreshold()));
              measures.add(
                  new Measure(
                      "mean_shift:" + drift.feature(),
                      drift.meanShift(),
                      rules.meanShiftThreshold()));
            });
    return measures;
  }

  private List<Measure> results(Findings findings) {
    WinRateGap gap = findings.results().gap();
    return gap == null
        ? List.of()
        : List.of(
            new Measure("win_rate_gap", gap.gap(), rules.winRateGapMax()),
            new Measure("trades", gap.trades(), rules.winRateMinTrades()),
            new Measure("p_value", gap.pValue(), WinRateGap.SIGNIFICANCE));
  }

  /** A schema the model cannot be served on, or the one it can. */
  void of(SchemaDiffReport report, String mode) {
    publish(
        new DriftNotice(
            "schema",
            report.modelVersion(),
            mode,
            !report.compatible(),
            report.compatible() ? "none" : "schema_changed",
            List.of(
                new Measure("added", report.diff().added().size(), 0),
                new Measure("removed", report.diff().removed().size(), 0),
                new Measure("renamed", report.diff().renamed().size(), 0),
                new Measure("reordered", report.diff().reordered().size(), 0),
                new Measure("type_changed", report.diff().typeChanged().size(), 0)),
            report.computedAt()));
  }

  private void send(
      Findings findings, String kind, boolean drifted, String reason, List<Measure> measures) {
    publish(
        new DriftNotice(
            kind,
            findings.model().version(),
            findings.model().mode().wire(),
            drifted,
            reason,
            measures,
            findings.at()));
  }

  private void publish(DriftNotice notice) {
    redis.convertAndSend(channels.drift(), json.writeValueAsString(notice));
  }
}
