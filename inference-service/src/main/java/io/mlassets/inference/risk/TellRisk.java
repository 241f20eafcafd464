package io.mlassets.inference.risk;

import io.micrometer.core.instrument.MeterRegistry;
import io.mlassets.channel.Channels;
import io.mlassets.channel.DriftNotice;
import io.mlassets.channel.DriftNotice.Measure;
import io.mlassets.inference.DecidingPolicies;
import io.mlassets.policy.Range;
import io.mlassets.signal.SignalMode;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells, once, when AI2's hold on entries leaves the policy's bounds and when it is back: in the
 * log, on channel {@code drift}, and as a counter. For one thread.
 */
@Component
class TellRisk {
  private static final Logger log = LoggerFactory.getLogger(TellRisk.class);
  private static final String KIND = "risk_watch";
  private static final String FINE = "none";
  private static final String FLAG_RUN = "risk_flag_run";
  private final StringRedisTemplate redis;
  private final Channels channels;
  private final JsonMapper json;
  private final MeterRegistry meters;
  private final Clock clock;
  private final DecidingPolicies policies;
  private final Map<String, String> told = new HashMap<>();

  TellRisk(
      StringRedisTemplate redis,
      Channels channels,
      JsonMapper json,
      MeterRegistry meters,
      Clock clock,
      DecidingPolicies policies) {
    this.redis = redis;
    this.channels = channels;
    this.json = json;
    this.meters = meters;
    this.clock = clock;
    this.policies = policies;
  }

  /**
   * Figures as they are now.
   *
   * @param pair the pair, or {@link RiskGauges#ALL_PAIRS}
   */
  void of(String pair, SignalMode mode, String modelVersion, RiskFigures figures) {
    String reason = reason(figures);
    String key = pair + " " + mode.wire();
    if (reason.equals(told.getOrDefault(key, FINE))) {
      return;
    }
    boolean fine = reason.equals(FINE);
    DriftNotice notice =
        new DriftNotice(
            KIND,
            modelVersion,
            mode.wire(),
            !fine,
            reason,
            measures(pair, figures),
            clock.instant());
    redis.convertAndSend(channels.drift(), json.writeValueAsString(notice));
    told.put(key, reason);
    if (!fine) {
      meters.counter("risk_watch_alerts_total", "reason", reason).increment();
    }
    log.atLevel(fine ? Level.INFO : Level.WARN)
        .log(
            "{} {}: {}; of {} candidate entries {} passed, the last {} in a row are flagged",
            pair,
            mode.wire(),
            reason,
            figures.candidates(),
            figures.passRate(),
            figures.flagRun());
  }

  private int flagRunMax() {
    return policies.now().retrain().drift().riskWatch().flagRunMax();
  }

  private String reason(RiskFigures figures) {
    if (figures.flagRun() >= flagRunMax()) {
      return FLAG_RUN;
    }
    return figures.verdict().isAlert() ? figures.verdict().reason() : FINE;
  }

  private List<Measure> measures(String pair, RiskFigures figures) {
    List<Measure> measures = new ArrayList<>();
    Double rate = figures.passRate();
    Range wanted = policies.now().core().riskPassRate();
    if (rate != null) {
      double bound = rate < wanted.low() ? wanted.low() : wanted.high();
      measures.add(new Measure("risk_pass_rate:" + pair, rate, bound));
    }
    measures.add(new Measure("risk_flag_run:" + pair, figures.flagRun(), flagRunMax()));
    return measures;
  }
}
