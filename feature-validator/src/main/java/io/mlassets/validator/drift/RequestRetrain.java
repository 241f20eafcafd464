package io.mlassets.validator.drift;

import io.micrometer.core.instrument.MeterRegistry;
import io.mlassets.channel.Channels;
import io.mlassets.channel.RetrainRequest;
import io.mlassets.signal.SignalMode;
import io.mlassets.validator.ValidatorSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks the trainer for a run when live data or results left what the model knew; not again for the
 * same version within the cool-down. A request nobody heard does not count and is repeated. Shadow
 * decisions never ask: they are not what is traded.
 */
@Component
class RequestRetrain {
  private static final Logger log = LoggerFactory.getLogger(RequestRetrain.class);
  private static final String SOURCE = "feature-validator";
  private final StringRedisTemplate redis;
  private final Channels channels;
  private final JsonMapper json;
  private final JdbcClient jdbc;
  private final MeterRegistry meters;
  private final Duration cooldown;

  RequestRetrain(
      StringRedisTemplate redis,
      Channels channels,
      JsonMapper json,
      JdbcClient jdbc,
      MeterRegistry meters,
      ValidatorSettings settings) {
    this.redis = redis;
    this.channels = channels;
    this.json = json;
    this.jdbc = jdbc;
    this.meters = meters;
    this.cooldown = settings.retrainCooldown();
  }

  /** Asks if the findings call for it; true when the trainer heard. */
  boolean ifDrifted(Findings findings) {
    boolean drifted = findings.features().drifted() || findings.results().drifted();
    if (!drifted || findings.model().mode() != SignalMode.LIVE) {
      return false;
    }
    if (askedSince(findings.model().version(), findings.at().minus(cooldown))) {
      log.info("{} drifted; the trainer was asked already", findings.model().version());
      return false;
    }
    return ask(findings, findings.results().drifted() ? "model_drift" : "feature_drift");
  }

  private boolean ask(Findings findings, String reason) {
    String detail = detail(findings);
    RetrainRequest request = new RetrainRequest(SOURCE, reason, detail, findings.at());
    Long heardBy =
        redis.convertAndSend(channels.retrainRequests(), json.writeValueAsString(request));
    if (heardBy == null || heardBy == 0) {
      log.warn("{}: {} ({}); no trainer listens", findings.model().version(), reason, detail);
      return false;
    }
    log.warn("{}: {} ({}); asked for a retrain", findings.model().version(), reason, detail);
    meters.counter("retrain_requests_total", "reason", reason).increment();
    remember(findings, reason, detail);
    return true;
  }

  private static String detail(Findings findings) {
    StringBuilder detail = new StringBuilder("model " + findings.model().version());
    findings.features().features().stream()
        .filter(drift -> drift.drifted())
        .limit(3)
        .forEach(
            drift ->
                detail.append(
                    String.format(
                        Locale.ROOT,
                        "; %s psi %.3f > %.3f, mean shift %.2f",
                        drift.feature(),
                        drift.psi(),
                        drift.psiThreshold(),
                        drift.meanShift())));
    var gap = findings.results().gap();
    if (gap != null && gap.drifted()) {
      detail.append(
          String.format(
              Locale.ROOT,
              "; %d of %d trades won, backtest %.3f, gap %.3f, p %.4f",
              gap.wins(),
              gap.trades(),
              gap.expected(),
              gap.gap(),
              gap.pValue()));
    }
    return detail.toString();
  }

  private boolean askedSince(String version, Instant since) {
    return jdbc.sql(
            """
            select exists (select 1 from core.retrain_requests
              where model_version = ? and requested_at > ?)
            """)
        .params(version, since.atOffset(ZoneOffset.UTC))
        .query(Boolean.class)
        .single();
  }

  private void remember(Findings findings, String reason, String detail) {
    jdbc.sql(
            """
            insert into core.retrain_requests (model_version, reason, detail, requested_at)
            values (?, ?, ?, ?)
            """)
        .params(findings.model().version(), reason, detail, findings.at().atOffset(ZoneOffset.UTC))
        .update();
  }
}
