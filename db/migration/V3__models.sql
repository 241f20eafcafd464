create table core.model_registry (
  model_version       text         not null check (model_version ~ '^\d{8}_\d{4}$'),
  model_type          text         not null check (model_type in ('AI1', 'AI2', 'AI3')),
  model_scope         text         not null default 'all',
  status              text         not null check (status in ('active', 'archived', 'rejected')),
  train_period_start  date         not null,
  train_period_end    date         not null,
  theta1              numeric(6,4) not null,
  theta2              numeric(6,4) not null,
  metrics             jsonb        not null,
  artifact_path       text         not null,
  notes               text         not null,
  feature_schema_hash text         not null,
  seed                bigint       not null,
  params              jsonb        not null,
  created_at          timestamptz  not null default now(),
  updated_at          timestamptz  not null default now(),
  primary key (model_version, model_type, model_scope)
);
create unique index one_active_model on core.model_registry (model_type, model_scope) where status = 'active';

create table core.model_artifacts (
  model_version  text        primary key,
  content_sha256 text        not null,
  sha256         text        not null,
  content        bytea       not null,
  created_at     timestamptz not null default now()
);
comment on column core.model_artifacts.sha256 is 'hash of the whole zip';
-- All a bundle was made of beside the bars: enough to make it again, byte for byte.
create table core.training_inputs (
  model_version text        primary key references core.model_artifacts on delete cascade,
  pairs         text[]      not null,
  interval      text        not null,
  window_start  timestamptz not null,
  window_end    timestamptz not null,
  seed          bigint      not null,
  trials        integer     not null,
  bars_sha256   text        not null,
  config        jsonb       not null
);
comment on column core.training_inputs.window_end is 'end of bar starts, excluded';
comment on column core.training_inputs.config is 'text of every file in config/, by name';
comment on column core.model_artifacts.content_sha256 is 'hash of what training determined: same data, seed and versions give the same';

-- What the training sample looked like, feature by feature: the reference of drift.
create table core.feature_reference (
  model_version text               not null,
  feature       text               not null,
  edges         double precision[] not null,
  counts        bigint[]           not null,
  mean          double precision   not null,
  sd            double precision   not null,
  rows          bigint             not null,
  primary key (model_version, feature)
);

create table core.backtest_results (
  model_version text             not null,
  kind          text             not null,
  interval      text             not null,
  period_start  timestamptz      not null,
  period_end    timestamptz      not null,
  theta1        numeric(6,4)     not null,
  theta2        numeric(6,4)     not null,
  sharpe        double precision,
  sharpe_low    double precision,
  sharpe_high   double precision,
  t_stat        double precision,
  win_rate      double precision,
  mean_pnl      double precision,
  max_drawdown  double precision not null,
  trades        integer          not null,
  no_trade_rate double precision,
  bars_per_year double precision not null,
  created_at    timestamptz      not null default now(),
  primary key (model_version, kind)
);
comment on column core.backtest_results.kind is 'oof: out-of-fold predictions, thresholds chosen outside the fold judged';
comment on column core.backtest_results.sharpe is 'annualised with bars_per_year; null without trades';

create table core.backtest_trades (
  model_version text             not null,
  kind          text             not null,
  pair          text             not null,
  entry_ts      timestamptz      not null,
  exit_ts       timestamptz      not null,
  direction     smallint         not null check (direction in (-1, 1)),
  position_scale double precision not null,
  gross_pnl     double precision not null,
  cost          double precision not null,
  net_pnl       double precision not null,
  exit_reason   text             not null,
  primary key (model_version, kind, pair, entry_ts)
);
comment on column core.backtest_trades.net_pnl is 'fraction of one full position''s gross notional, scaled, after costs';

create table core.oof_predictions (
  model_version  text             not null,
  pair           text             not null,
  interval       text             not null,
  ts             timestamptz      not null,
  fold           smallint         not null,
  return_prob    double precision not null,
  risk_score     double precision not null,
  position_scale double precision not null,
  return_label   smallint         not null,
  risk_label     smallint         not null,
  scale_target   double precision not null,
  label_end_ts   timestamptz      not null,
  primary key (model_version, pair, interval, ts)
);

-- Every parameter trial as it ended. Those without a model belong to a run that has not come to its end yet: it goes
-- on from them when it is interrupted.
create table core.search_trials (
  study         text               not null,
  number        integer            not null,
  params        jsonb              not null,
  value         double precision   not null,
  intermediate  double precision[] not null,
  pruned        boolean            not null,
  trees         integer            not null,
  model_version text,
  ended_at      timestamptz        not null default now()
);
comment on column core.search_trials.study is 'hash of folds, labels, search space, pruning, seed and engine';
comment on column core.search_trials.value is 'mean out-of-fold loss: log loss, or squared error';
comment on column core.search_trials.intermediate is 'one value per tenth of the trial''s trees, fold after fold';
create unique index one_trial_waiting on core.search_trials (study, number) where model_version is null;
create index trials_of_model on core.search_trials (model_version);

grant insert, update, delete on core.model_registry to mlassets_trainer, mlassets_registry;
grant insert, delete on core.model_artifacts, core.training_inputs, core.feature_reference to mlassets_trainer, mlassets_registry;
grant insert, delete on core.backtest_results, core.backtest_trades, core.oof_predictions to mlassets_trainer;
grant insert, update, delete on core.search_trials to mlassets_trainer;
