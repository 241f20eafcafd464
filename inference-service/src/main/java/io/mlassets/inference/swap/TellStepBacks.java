package io.mlassets.inference.swap;

import io.micrometer.core.instrument.MeterRegistry;
import io.mlassets.alert.Alert;
import io.mlassets.alert.Alert.Severity;
import io.mlassets.channel.Channels;
import io.mlassets.inference.swap.StepBack.Found;
import io.mlassets.model.ModelVersion;
import io.mlassets.platform.ServiceName;
import io.mlassets.platform.notify.Deliveries;
import io.mlassets.platform.notify.PagerDuty;
import io.mlassets.platform.notify.SlackWebhook;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Tells people of steps back: log, metric, and PagerDuty and Slack, whichever is set up, on threads
 * of their own. They are too few to come in storms.
 */
@Component
class TellStepBacks {
  private static final Logger log = LoggerFactory.getLogger(TellStepBacks.class);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
  private final Optional<PagerDuty> pagerDuty;
  private final Optional<SlackWebhook> slack;
  private final Deliveries pages = new Deliveries("pagerduty", FIRST_PAUSE);
  private final Deliveries messages = new Deliveries("slack", FIRST_PAUSE);
  private final String source;
  private final String prefix;
  private final MeterRegistry meters;

  TellStepBacks(
      Environment environment, ServiceName service, Channels channels, MeterRegistry meters) {
    this.pagerDuty = PagerDuty.of(environment);
    this.slack = SlackWebhook.of(environment);
    this.source = service.name();
    this.prefix = "ml-assets/" + channels.prefix();
    this.meters = meters;
  }

  void steppedBack(String scope, ModelVersion version, Found found, String reason) {
    meters.counter("model_stepbacks_total", "found", found.wire()).increment();
    String text = "model %s of scope %s may not decide: %s".formatted(version, scope, reason);
    log.error("{}", text);
    Alert alert =
        new Alert(
            key(scope, version),
            found == Found.LIVE ? Severity.CRITICAL : Severity.ERROR,
            text,
            Map.of("model_version", version.value(), "model_scope", scope));
    pagerDuty.ifPresent(duty -> pages.put(alert.key(), () -> duty.trigger(alert, source, 1)));
    message(alert.key(), text);
  }

  void lifted(String scope, ModelVersion version, String actor, String reason) {
    String text =
        "model %s of scope %s may decide again, lifted by %s: %s"
            .formatted(version, scope, actor, reason);
    log.warn("{}", text);
    pagerDuty.ifPresent(
        duty -> pages.put(key(scope, version), () -> duty.resolve(key(scope, version))));
    message(key(scope, version), text);
  }

  private void message(String key, String text) {
    slack.ifPresent(hook -> messages.put(key, () -> sent(hook, text)));
  }

  /** The webhook itself tries again, and logs a text it could not send. */
  private static boolean sent(SlackWebhook hook, String text) {
    hook.send(text);
    return true;
  }

  private String key(String scope, ModelVersion version) {
    return prefix + "model/" + scope + "/" + version;
  }

  @PreDestroy
  void close() {
    pages.close();
    messages.close();
  }
}
