-- Thresholds that made a backtest's figures, and every cell they were chosen from: enough to compute both again.
alter table core.backtest_results add column risk_flag_rate double precision;
comment on column core.backtest_results.kind is
  'oof: out-of-fold predictions, thresholds chosen outside the fold judged; oof_2x: the same trades at twice the costs, so that only rows of kind oof are in core.backtest_trades';
comment on column core.backtest_results.theta1 is 'for live use; the figures were made by those of core.backtest_thresholds';
comment on column core.backtest_results.theta2 is 'for live use; the figures were made by those of core.backtest_thresholds';
comment on column core.backtest_results.no_trade_rate is 'share of the entries AI1 wants (flat, return_prob > theta1) that AI2 refuses';
comment on column core.backtest_results.risk_flag_rate is 'share of the candidates with risk_score >= theta2';

create table core.backtest_thresholds (
  model_version       text             not null,
  fold                smallint         not null,
  judged_from         timestamptz,
  judged_to           timestamptz,
  theta1              numeric(6,4)     not null,
  theta2              numeric(6,4)     not null,
  pass_rate           double precision not null,
  pass_rate_reachable boolean          not null,
  primary key (model_version, fold)
);
comment on table core.backtest_thresholds is 'the thresholds each fold was judged by, chosen on the others; outside all folds those for live use are in force';
comment on column core.backtest_thresholds.fold is 'as in core.oof_predictions; -1: for live use, chosen on all folds';
comment on column core.backtest_thresholds.judged_from is 'bar starts from here; null for live use';
comment on column core.backtest_thresholds.judged_to is 'end of bar starts, excluded; null for live use';
comment on column core.backtest_thresholds.pass_rate is 'share of the candidates it was chosen on with risk_score < theta2';

create table core.theta_cells (
  model_version text             not null,
  number        integer          not null,
  theta1        numeric(6,4)     not null,
  theta2        numeric(6,4)     not null,
  refinement    boolean          not null,
  sharpe        double precision,
  smoothed      double precision,
  trades        integer          not null,
  pass_rate     double precision,
  primary key (model_version, number)
);
comment on table core.theta_cells is 'every cell the thresholds for live use were chosen from, over all folds, trades closed at the end of their fold';
comment on column core.theta_cells.smoothed is 'the surface without noise, by which was chosen; null where nothing trades and none could be fitted';

grant insert, delete on core.backtest_thresholds, core.theta_cells to mlassets_trainer;
