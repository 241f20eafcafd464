create table core.feature_drift (
  id            bigint generated always as identity primary key,
  model_version text             not null,
  mode          text             not null check (mode in ('live', 'shadow')),
  pair          text             not null,
  feature       text             not null,
  psi           double precision not null,
  psi_threshold double precision not null,
  mean_shift    double precision not null,
  live_rows     bigint           not null,
  effective_rows double precision not null,
  training_rows bigint           not null,
  drifted       boolean          not null,
  computed_at   timestamptz      not null
);
comment on column core.feature_drift.pair is 'all for the whole scope';
comment on column core.feature_drift.effective_rows is 'independent rows the clustered live rows are worth (Kish)';
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

-- Share of candidate entries AI2 let pass, against the policy's range.
create table core.risk_pass_rates (
  id            bigint generated always as identity primary key,
  model_version text             not null,
  mode          text             not null check (mode in ('live', 'shadow')),
  theta2        numeric(6,4)     not null,
  candidates    integer          not null,
  passed        integer          not null,
  pass_rate     double precision,
  wanted_low    double precision not null,
  wanted_high   double precision not null,
  verdict       text             not null,
  computed_at   timestamptz      not null
);

-- What was asked of the trainer and heard by it, so that it is not asked again at once.
create table core.retrain_requests (
  id            bigint generated always as identity primary key,
  model_version text             not null,
  reason        text             not null,
  detail        text             not null,
  requested_at  timestamptz      not null
);

grant insert on core.feature_drift, core.model_drift, core.schema_diffs, core.risk_pass_rates,
  core.retrain_requests to mlassets_validator;
grant insert on core.feature_schemas to mlassets_validator;
