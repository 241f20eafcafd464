create table core.feature_drift (
  id            bigint generated always as identity primary key,
  model_version text             not null,
  pair          text             not null,
  feature       text             not null,
  psi           double precision not null,
  psi_threshold double precision not null,
  mean_shift    double precision not null,
  live_rows     bigint           not null,
  training_rows bigint           not null,
  drifted       boolean          not null,
  computed_at   timestamptz      not null
);
comment on column core.feature_drift.pair is 'all for the whole scope';
comment on column core.feature_drift.mean_shift is 'in standard deviations of the training sample';
create index feature_drift_time on core.feature_drift (computed_at);

create table core.model_drift (
  id                bigint generated always as identity primary key,
  model_version     text             not null,
  mode              text             not null,
  trades            integer          not null,
  live_win_rate     double precision,
  backtest_win_rate double precision,
  gap               double precision,
  p_value           double precision,
  drifted           boolean          not null,
  computed_at       timestamptz      not null
);

create table core.schema_diffs (
  id            bigint generated always as identity primary key,
  model_version text        not null,
  model_hash    text        not null,
  newest_hash   text        not null,
  diff          jsonb       not null,
  compatible    boolean     not null,
  computed_at   timestamptz not null
);

grant insert on core.feature_drift, core.model_drift, core.schema_diffs to mlassets_validator;
grant insert on core.feature_schemas to mlassets_validator;
