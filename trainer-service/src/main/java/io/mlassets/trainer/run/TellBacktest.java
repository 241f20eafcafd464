package io.mlassets.trainer.run;

import io.mlassets.backtest.BacktestMetrics;
import io.mlassets.backtest.Overfitting;
import io.mlassets.channel.BacktestNotice;
import io.mlassets.channel.Channels;
import io.mlassets.channel.ThetaEvaluation;
import io.mlassets.model.BundleManifest;
import io.mlassets.model.ModelBundle;
import io.mlassets.trainer.pipeline.Candidate;
import io.mlassets.trainer.theta.ThresholdChoice;
import io.mlassets.trainer.verdict.Evidence;
import io.mlassets.trainer.verdict.Verdict;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Tells the backtest layer of a judged model on Redis (requirements T-09, F-02). */
final class TellBacktest {
  private static final Logger log = LoggerFactory.getLogger(TellBacktest.class);
  private final StringRedisTemplate redis;
  private final Channels channels;
  private final JsonMapper json;
  private final Clock clock;

  TellBacktest(StringRedisTemplate redis, Channels channels, JsonMapper json, Clock clock) {
    this.redis = redis;
    this.channels = channels;
    this.json = json;
    this.clock = clock;
  }

  void of(ModelBundle bundle, Candidate candidate, Evidence evidence, Verdict verdict) {
    try {
      redis.convertAndSend(
          channels.backtest(),
          json.writeValueAsString(notice(bundle, candidate, evidence, verdict)));
    } catch (RuntimeException e) {
      // The tables hold the same; a run must not fail because nobody could be told.
      log.warn(
          "notice of model {} on {} was not published", bundle.version(), channels.backtest(), e);
    }
  }

  private BacktestNotice notice(
      ModelBundle bundle, Candidate candidate, Evidence evidence, Verdict verdict) {
    BundleManifest manifest = bundle.manifest();
    BacktestMetrics metrics = evidence.backtest();
    Overfitting judged = evidence.judged();
    ThresholdChoice live = candidate.thresholds().live();
    return new BacktestNotice(
        bundle.version(),
        manifest.scope(),
        bundle.contentSha256(),
        verdict.wire(),
        verdict.reasons(),
        manifest.pairs(),
        manifest.interval(),
        manifest.seed(),
        manifest.thresholds(),
        new ThetaEvaluation(
            manifest.thresholdTrials(),
            judged.sharpe(),
            live.passRate(),
            live.passRateReachable(),
            judged.pbo(),
            judged.lossProbability()),
        manifest.models(),
        metrics.sharpe(),
        metrics.sharpeLow(),
        metrics.winRate(),
        metrics.meanPnl(),
        metrics.maxDrawdown(),
        metrics.trades(),
        metrics.noTradeRate(),
        judged.deflatedSharpe(),
        clock.instant());
  }
}
