package io.mlassets.dispatcher.alert;

import io.micrometer.core.instrument.MeterRegistry;
import io.mlassets.alert.Alert;
import io.mlassets.alert.StormFold;
import io.mlassets.alert.StormFold.Told;
import io.mlassets.channel.Channels;
import io.mlassets.platform.ServiceName;
import io.mlassets.platform.notify.Deliveries;
import io.mlassets.platform.notify.PagerDuty;
import io.mlassets.platform.notify.SlackWebhook;
import io.mlassets.policy.Policies;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.Environment;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Tells PagerDuty and Slack, whichever is set up, without ever holding up its caller. Storms are
 * folded; without either, the log is all that is told.
 */
@Component
public class Alerts {
  private static final Logger log = LoggerFactory.getLogger(Alerts.class);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
  private final StormFold fold;
  private final Optional<PagerDuty> pagerDuty;
  private final Optional<SlackWebhook> slack;
  private final Deliveries pages = new Deliveries("pagerduty", FIRST_PAUSE);
  private final Deliveries messages = new Deliveries("slack", FIRST_PAUSE);
  private final String source;
  private final String prefix;
  private final Clock clock;
  private final MeterRegistry meters;

  Alerts(
      Environment environment,
      Policies policies,
      ServiceName service,
      Channels channels,
      Clock clock,
      MeterRegistry meters) {
    this.fold = new StormFold(policies.signals().alertWindow());
    this.pagerDuty = PagerDuty.of(environment);
    this.slack = SlackWebhook.of(environment);
    this.source = service.name();
    this.prefix = "ml-assets/" + channels.prefix();
    this.clock = clock;
    this.meters = meters;
  }

  /** Something happened. */
  public void raise(Alert alert) {
    Optional<Told> told;
    synchronized (fold) {
      told = fold.raise(alert, clock.instant());
    }
    count(told.isPresent() ? "trigger" : "folded");
    told.ifPresent(this::tell);
  }

  /** It is over. */
  public void resolve(String key, String text) {
    over(key);
    count("resolve");
    log.info("{} is over: {}", key, text);
    pagerDuty.ifPresent(duty -> pages.put(key, () -> duty.resolve(prefix + key)));
    slack.ifPresent(hook -> messages.put(key, () -> sent(hook, text)));
  }

  /** It is over, as somebody else told: nothing folded of it is told any more. */
  public void over(String key) {
    synchronized (fold) {
      fold.over(key);
    }
  }

  /** Somebody is at it. */
  public void acknowledge(String key) {
    count("acknowledge");
    pagerDuty.ifPresent(
        duty -> pages.put(key + " acknowledged", () -> duty.acknowledge(prefix + key)));
  }

  @Scheduled(fixedDelay = 1_000)
  void tellFolded() {
    List<Told> due;
    synchronized (fold) {
      due = fold.due(clock.instant());
    }
    due.forEach(this::tell);
  }

  private void tell(Told told) {
    Alert alert = told.alert();
    String often = told.count() == 1 ? "" : " (%d times)".formatted(told.count());
    log.warn("{} {}: {}{}", alert.severity(), alert.key(), alert.summary(), often);
    pagerDuty.ifPresent(
        duty -> pages.put(alert.key(), () -> duty.trigger(keyed(alert), source, told.count())));
    slack.ifPresent(hook -> messages.put(alert.key(), () -> sent(hook, alert.summary() + often)));
  }

  private Alert keyed(Alert alert) {
    return new Alert(prefix + alert.key(), alert.severity(), alert.summary(), alert.details());
  }

  /** The webhook itself tries again, and logs a text it could not send. */
  private static boolean sent(SlackWebhook hook, String text) {
    hook.send(text);
    return true;
  }

  private void count(String event) {
    meters.counter("alerts_total", "event", event).increment();
  }

  @PreDestroy
  void close() {
    pages.close();
    messages.close();
  }
}
