create table core.signals_live (
  signal_id          uuid             not null,
  mode               text             not null check (mode in ('live', 'shadow')),
  model_scope        text             not null default 'all',
  pair               text             not null,
  interval           text             not null,
  bar_ts             timestamptz      not null,
  "timestamp"        timestamptz      not null,
  expires_at         timestamptz      not null,
  z_score            double precision not null,
  return_prob        double precision not null,
  risk_score         double precision not null,
  entry              text             not null,
  confidence         double precision not null,
  risk_flag          smallint         not null check (risk_flag in (0, 1)),
  theta1             numeric(6,4)     not null,
  theta2             numeric(6,4)     not null,
  position_scale     double precision not null,
  action             text             not null check (action in ('ENTER', 'EXIT', 'HOLD')),
  reason             text             not null,
  legs               jsonb            not null,
  model_version      text             not null,
  policy_hash        text             not null,
  leverage_reduction double precision not null,
  created_at         timestamptz      not null default clock_timestamp(),
  primary key (signal_id, bar_ts),
  unique (mode, pair, interval, bar_ts)
) partition by range (bar_ts);
create index signals_live_created on core.signals_live (created_at);
create index signals_live_pair on core.signals_live (pair, bar_ts);
create table core.signals_live_default partition of core.signals_live default;

-- Makes the partition of one UTC day; inference calls it before the first signal of a day.
create function core.ensure_signal_partition(day date) returns void
  language plpgsql security definer set search_path = core, pg_temp as $$
declare
  name text := 'signals_live_' || to_char(day, 'YYYYMMDD');
begin
  if to_regclass('core.' || name) is null then
    perform pg_advisory_xact_lock(hashtext('core.' || name));
    if to_regclass('core.' || name) is null then
      execute format('create table core.%I partition of core.signals_live for values from (%L) to (%L)',
        name, to_char(day, 'YYYY-MM-DD') || ' 00:00:00+00', to_char(day + 1, 'YYYY-MM-DD') || ' 00:00:00+00');
    end if;
  end if;
end $$;
revoke all on function core.ensure_signal_partition(date) from public;
grant execute on function core.ensure_signal_partition(date) to mlassets_inference;

create table core.signals_history (like core.signals_live including defaults, primary key (signal_id));

-- Feature vectors as they were when the live decision was made.
create table core.live_features (
  pair           text               not null,
  interval       text               not null,
  ts             timestamptz        not null,
  schema_hash    text               not null,
  feature_values double precision[] not null,
  primary key (pair, interval, ts)
);

-- Who may send, per signal stream. A write with an older epoch is refused.
create table core.dispatch_lease (
  stream     text        primary key,
  holder     text        not null,
  epoch      bigint      not null,
  next_seq   bigint      not null default 1,
  expires_at timestamptz not null
);

create table core.signal_dispatch (
  signal_id     uuid        primary key,
  stream        text        not null,
  seq           bigint,
  epoch         bigint      not null,
  outcome       text        not null check (outcome in ('PUBLISHED', 'BLOCKED', 'EXPIRED', 'INVALID')),
  payload       text        not null,
  bar_ts        timestamptz not null,
  dispatched_at timestamptz not null default clock_timestamp(),
  sent_at       timestamptz,
  unique (stream, seq),
  check (seq is not null or outcome <> 'PUBLISHED')
);
comment on column core.signal_dispatch.payload is 'the exact bytes sent';
comment on column core.signal_dispatch.outcome is 'BLOCKED or EXPIRED with a seq: taken back after it was numbered, a HOLD was sent under its number';
comment on column core.signal_dispatch.sent_at is 'when Redis had it; null until then';
create index signal_dispatch_unsent on core.signal_dispatch (stream, seq) where sent_at is null and seq is not null;

create table core.trading_state (
  id         bigint generated always as identity primary key,
  state      text        not null check (state in ('ACTIVE', 'REDUCING', 'HALTED')),
  reason     text        not null,
  actor      text        not null,
  changed_at timestamptz not null
);

grant insert on core.signals_live, core.live_features to mlassets_inference;
grant insert, update on core.dispatch_lease, core.signal_dispatch to mlassets_dispatcher;
grant insert on core.trading_state, core.signals_history to mlassets_dispatcher;
