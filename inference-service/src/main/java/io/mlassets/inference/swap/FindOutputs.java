package io.mlassets.inference.swap;

import io.mlassets.inference.DecidingPolicies;
import io.mlassets.model.BundleManifest;
import io.mlassets.model.ModelType;
import io.mlassets.model.ModelVersion;
import io.mlassets.model.OutputRange;
import io.mlassets.model.OutputRanges;
import io.mlassets.policy.TradingRules;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Outputs on candidate bars, block by block, from what was recorded of decisions: whichever process
 * made them, and also after a restart.
 */
@Component
class FindOutputs {
  private static final String BY_BLOCK =
      """
      select floor(extract(epoch from bar_ts) / :seconds)::bigint as block,
        count(*) as ai1, count(*) filter (where not return_prob between :from1 and :to1) as out1,
        count(*) as ai2, count(*) filter (where not risk_score between :from2 and :to2) as out2,
        count(scale) as ai3, count(*) filter (where not scale between :from3 and :to3) as out3
      from (%s) as outputs
      -- No model was asked where the features were missing (Scores.NOT_ASKED).
      where not (return_prob = 0 and risk_score = 1 and coalesce(scale, 0) = 0)
      group by 1 order by 1
      """;

  /** A flagged signal carries what the leverage reduction left of AI3's output. */
  private static final String LIVE =
      BY_BLOCK.formatted(
          """
          select bar_ts, return_prob, risk_score,
            case when risk_flag = 0 then position_scale
              when leverage_reduction < 1 then position_scale / (1 - leverage_reduction) end as scale
          from core.signals
          where mode = 'live' and model_scope = :scope and model_version = :version
            and interval = :interval and bar_ts >= :from and bar_ts < :to
            and abs(z_score) >= :entry and abs(z_score) < :stop and created_at > :since
          """);

  private static final String TRIAL =
      BY_BLOCK.formatted(
          """
          select bar_ts, return_prob, risk_score, position_scale as scale
          from core.trial_decisions where trial_id = :trial and candidate
          """);

  private final JdbcClient jdbc;
  private final DecidingPolicies policies;

  FindOutputs(JdbcClient jdbc, DecidingPolicies policies) {
    this.jdbc = jdbc;
    this.policies = policies;
  }

  /**
   * Of decisions that were sent.
   *
   * @param first block to begin with
   * @param last block to end with, included
   * @param since decisions committed after this count, UTC
   */
  List<BlockShares> live(
      BundleManifest manifest,
      ModelVersion version,
      OutputRanges ranges,
      long first,
      long last,
      Instant since) {
    long seconds = OutputRanges.blockSeconds(ranges.blockBars(), manifest.interval());
    TradingRules rules = policies.now().core().trading();
    return bound(jdbc.sql(LIVE), ranges, seconds)
        .param("scope", manifest.scope())
        .param("version", version.value())
        .param("interval", manifest.interval().iso())
        .param("from", Instant.ofEpochSecond(first * seconds).atOffset(ZoneOffset.UTC))
        .param("to", Instant.ofEpochSecond((last + 1) * seconds).atOffset(ZoneOffset.UTC))
        .param("entry", rules.entryZ())
        .param("stop", rules.stopZ())
        .param("since", since.atOffset(ZoneOffset.UTC))
        .query((row, n) -> shares(row))
        .list();
  }

  /** Of a trial. */
  List<BlockShares> trial(long trial, BundleManifest manifest, OutputRanges ranges) {
    long seconds = OutputRanges.blockSeconds(ranges.blockBars(), manifest.interval());
    return bound(jdbc.sql(TRIAL), ranges, seconds)
        .param("trial", trial)
        .query((row, n) -> shares(row))
        .list();
  }

  private static JdbcClient.StatementSpec bound(
      JdbcClient.StatementSpec query, OutputRanges ranges, long seconds) {
    JdbcClient.StatementSpec bound = query.param("seconds", seconds);
    for (ModelType type : ModelType.values()) {
      OutputRange range = ranges.of(type);
      int number = type.ordinal() + 1;
      bound = bound.param("from" + number, range.from()).param("to" + number, range.to());
    }
    return bound;
  }

  private static BlockShares shares(ResultSet row) throws SQLException {
    Map<ModelType, Long> outputs = new EnumMap<>(ModelType.class);
    Map<ModelType, Long> outside = new EnumMap<>(ModelType.class);
    for (ModelType type : ModelType.values()) {
      int number = type.ordinal() + 1;
      outputs.put(type, row.getLong("ai" + number));
      outside.put(type, row.getLong("out" + number));
    }
    return new BlockShares(row.getLong("block"), outputs, outside);
  }
}
