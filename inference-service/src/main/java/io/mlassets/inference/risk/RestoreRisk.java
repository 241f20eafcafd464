package io.mlassets.inference.risk;

import io.mlassets.inference.DecidingPolicies;
import io.mlassets.policy.Policies;
import io.mlassets.policy.TradingRules;
import java.time.OffsetDateTime;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the candidates decided before this process began, or on another one. */
@Component
class RestoreRisk {
  private final JdbcClient jdbc;
  private final RiskBook book;
  private final DecidingPolicies policies;

  RestoreRisk(JdbcClient jdbc, RiskBook book, DecidingPolicies policies) {
    this.jdbc = jdbc;
    this.book = book;
    this.policies = policies;
  }

  /** Reads those of every pair that were not read yet. */
  void restore() {
    book.all().filter(risk -> !risk.isRestored()).forEach(risk -> risk.restore(read(risk.of())));
  }

  private List<PairRisk.Candidate> read(PairRisk.Of of) {
    Policies inForce = policies.now();
    TradingRules trading = inForce.core().trading();
    return jdbc.sql(
            """
            select bar_ts, risk_score, risk_flag from core.signals
            where mode = :mode and pair = :pair and interval = :interval
              and model_version = :version and abs(z_score) >= :entryZ and abs(z_score) < :stopZ
              -- No model was asked where the features were missing (Scores.NOT_ASKED).
              and not (return_prob = 0 and risk_score = 1 and position_scale = 0)
              and bar_ts >= (
                select max(bar_ts) - make_interval(secs => :span) from core.signals
                where mode = :mode and pair = :pair and interval = :interval)
            order by bar_ts desc limit :most
            """)
        .param("mode", of.mode().wire())
        .param("pair", of.pair().id())
        .param("interval", of.interval().iso())
        .param("version", of.modelVersion())
        .param("entryZ", trading.entryZ())
        .param("stopZ", trading.stopZ())
        .param("span", (double) book.span(of.interval()).toSeconds())
        .param("most", inForce.retrain().drift().riskWatch().candidates())
        .query(
            (row, n) ->
                new PairRisk.Candidate(
                    row.getObject(1, OffsetDateTime.class).toInstant(),
                    row.getDouble(2),
                    row.getInt(3) == 1))
        .list()
        .reversed();
  }
}
