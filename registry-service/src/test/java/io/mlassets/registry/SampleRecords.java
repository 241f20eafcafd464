package io.mlassets.registry;

import org.springframework.jdbc.core.simple.JdbcClient;

/** What the other services would have recorded: a model, its run, trades and signals. */
final class SampleRecords {
  private SampleRecords() {}

  static void insert(JdbcClient owner) {
    owner
        .sql("insert into core.model_artifacts values ('20260101_0000', 'c', 's', '\\x0102')")
        .update();
    owner
        .sql("insert into core.run_reports values ('20260101_0000', '<!DOCTYPE html><p>Ja</p>')")
        .update();
    for (String type : new String[] {"AI1", "AI2", "AI3"}) {
      owner
          .sql(
              """
              insert into core.model_registry (model_version, model_type, status,
                train_period_start, train_period_end, theta1, theta2, metrics, artifact_path, notes,
                feature_schema_hash, seed, params)
              values ('20260101_0000', ?, 'archived', '2025-01-01', '2025-12-31', 0.7, 0.3,
                '{"auc":0.61}', 'x.zip', 'n', 'h', 7, '{"a":1}')
              """)
          .param(type)
          .update();
    }
    owner
        .sql(
            """
            insert into audit.retrain_runs (run_id, started_at, ended_at, status, log_path, trigger,
              request, resources)
            values (gen_random_uuid(), now(), now() + interval '2 hours', 'success', 'train.log',
              'rest', '{"seed":1}', '{"seconds": 90.5, "gpus": 0, "peak_memory_mib": 612,
                "processors": 4, "threads": 2, "cpu_seconds": 170.25}')
            """)
        .update();
    owner
        .sql(
            """
            insert into core.live_trades (account, deal_ticket, signal_seq, signal_id, mode, action,
              pair, symbol, side, lots, price, filled_at, retcode)
            select 'a', n, n, gen_random_uuid(), 'live', 'ENTER', 'AAA-BBB', 'AAA', 'BUY', 1, 2,
              now() + n * interval '1 s', 10009 from generate_series(1, 5) n
            """)
        .update();
    owner
        .sql(
            """
            insert into core.signals_live (signal_id, mode, pair, interval, bar_ts, "timestamp",
              expires_at, z_score, return_prob, risk_score, entry, confidence, risk_flag, theta1,
              theta2, position_scale, action, reason, legs, model_version, policy_hash,
              leverage_reduction)
            select gen_random_uuid(), 'live', 'AAA-BBB', 'PT1M', now() + n * interval '1 min', now(),
              now(), 2.1, 0.8, 0.1, 'HOLD', 0.8, 0, 0.7, 0.3, 1, 'HOLD', 'no_candidate', '[]',
              '20260101_0000', 'p', 0.5 from generate_series(1, 3) n
            """)
        .update();
    owner
        .sql(
            """
            insert into core.signals_history select gen_random_uuid(), 'shadow', 'all', 'AAA-BBB',
              'PT1M', timestamptz '2026-01-01' + n * interval '1 min', now(), now(), 2.1, 0.8, 0.99,
              'HOLD', 0.8, 1, 0.7, 0.3, 1, case n when 4 then 'ENTER' else 'HOLD' end,
              case n when 4 then 'x' else 'risk_score>=theta2' end, '[]', '20260101_0000', 'p', 0.5,
              now() from generate_series(1, 4) n
            """)
        .update();
    owner
        .sql(
            """
            insert into core.live_trades (account, deal_ticket, signal_seq, signal_id, mode, action,
              pair, symbol, side, lots, price, filled_at, retcode)
            values ('s', 1, 1, gen_random_uuid(), 'shadow', 'ENTER', 'AAA-CCC', 'AAA', 'SELL', 1, 7,
                timestamptz '2026-01-02', 10010),
              ('s', 2, 1, gen_random_uuid(), 'shadow', 'ENTER', 'AAA-CCC', 'AAA', 'SELL', 2, 11.5,
                timestamptz '2026-01-02', 10009),
              ('s', 3, 2, gen_random_uuid(), 'shadow', 'EXIT', 'AAA-CCC', 'AAA', 'BUY', 3, 12.5,
                timestamptz '2026-01-03', 10009)
            """)
        .update();
  }
}
