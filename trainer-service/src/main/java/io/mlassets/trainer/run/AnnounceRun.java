package io.mlassets.trainer.run;

import io.mlassets.platform.notify.SlackWebhook;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Tells Slack how a run ended (requirements R-02, P-03), in the words of its row; without a webhook
 * nobody is told.
 */
public final class AnnounceRun {
  private static final Logger log = LoggerFactory.getLogger(AnnounceRun.class);
  private final @Nullable SlackWebhook slack;
  private final String channel;
  private final RetrainRuns runs;

  /** {@code channel} is named in the text: a webhook has its own. */
  public AnnounceRun(@Nullable SlackWebhook slack, String channel, RetrainRuns runs) {
    this.slack = slack;
    this.channel = channel;
    this.runs = runs;
  }

  /** The run has ended; its row is read. Takes as long as Slack does, and never throws. */
  public void ended(UUID id) {
    try {
      runs.find(id).ifPresent(this::ended);
    } catch (DataAccessException e) {
      log.warn("run {} is announced when a trainer finds it: {}", id, e.getMessage());
    }
  }

  /** The run has ended so. Takes as long as Slack does, and never throws. */
  void ended(RetrainRun row) {
    tell(row);
    try {
      runs.ended().announced(row.runId());
    } catch (DataAccessException e) {
      log.warn("run {} will be announced again: {}", row.runId(), e.getMessage());
    }
  }

  /** Nothing is noted: it is already. */
  void tell(RetrainRun row) {
    if (slack != null) {
      slack.send(
          "%s retraining %s: %s"
              .formatted(
                  channel,
                  row.runId(),
                  row.verdict() == null
                      ? "%s, %s".formatted(row.status(), row.errorMessage())
                      : verdict(row)));
    }
  }

  private static String verdict(RetrainRun row) {
    JsonNode backtest =
        row.metrics() == null ? MissingNode.getInstance() : row.metrics().path("backtest");
    String sharpe =
        backtest.path("sharpe").isNumber()
            ? String.format(
                Locale.ROOT,
                "out-of-fold Sharpe %.2f over %d trades",
                backtest.path("sharpe").asDouble(),
                backtest.path("trades").asLong())
            : "no trades";
    StringBuilder text =
        new StringBuilder(
            "model %s %s (%s, θ1 %s, θ2 %s)"
                .formatted(row.modelVersion(), row.verdict(), sharpe, row.theta1(), row.theta2()));
    if (row.transfer() != null) {
      text.append(", ").append(row.transfer());
    }
    if (row.reasons() != null) {
      row.reasons().forEach(reason -> text.append("\n• ").append(reason.asString()));
    }
    return text.toString();
  }

  /** Says it on a thread of its own: Slack may be slow or down. */
  static Thread later(Runnable words) {
    return Thread.ofVirtual().name("announce").start(words);
  }
}
