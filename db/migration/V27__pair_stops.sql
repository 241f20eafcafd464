-- Entries of single pairs can be stopped, whichever process decides them: at once by what inference finds out about
-- itself, until an operator lifts the stop. Exits go on.
create table core.pair_stops (
  pair          text        primary key,
  stopped       boolean     not null,
  since         timestamptz not null,
  actor         text        not null,
  reason        text        not null,
  vectors_after timestamptz
);
comment on column core.pair_stops.stopped is 'false: an operator lifted it';
comment on column core.pair_stops.since is 'of that change';
comment on column core.pair_stops.vectors_after is
  'bar of the newest vector there was when it was lifted; parity is not looked for in older ones any more';

create table audit.pair_stop_changes (
  id         bigint generated always as identity primary key,
  pair       text        not null,
  change     text        not null check (change in ('STOPPED', 'LIFTED')),
  changed_at timestamptz not null,
  actor      text        not null,
  reason     text        not null
);

-- Which engine made a vector from which bars: whoever makes it again can tell a bar that was corrected since, or came late,
-- and another build, from a vector that is wrong.
alter table core.live_features
  add column engine      bigint,
  add column bars_seen   integer,
  add column bars_digest bigint,
  add column bar_digest  bigint;
comment on column core.live_features.engine is 'digest of what the engine makes of bars that are always the same';
comment on column core.live_features.bars_seen is 'bars it was made from, the newest ones';
comment on column core.live_features.bars_digest is 'sum of their digests';
comment on column core.live_features.bar_digest is 'digest of the bar decided on';

create table core.parity_findings (
  id       bigint generated always as identity primary key,
  pair     text        not null,
  interval text        not null,
  ts       timestamptz not null,
  kind     text        not null check (kind in ('MISMATCH', 'BARS_DIFFER')),
  found_at timestamptz not null,
  details  jsonb       not null,
  unique (pair, interval, ts, kind)
);
comment on column core.parity_findings.ts is
  'MISMATCH: bar of the vector. BARS_DIFFER: the bar that differs; where it cannot be told, that of the vector';

alter table core.decision_states add column entries_stopped boolean not null default false;
comment on column core.decision_states.entries_stopped is 'whether entries of the pair were stopped';

grant insert, update on core.pair_stops to mlassets_inference;
grant insert on core.parity_findings, audit.pair_stop_changes to mlassets_inference;

-- A candidate that a stop kept from being entered was considered, and AI1 wanted it.
create or replace view analytics.signals_daily as
select (s.bar_ts at time zone 'UTC')::date as day, s.mode, s.pair, s.model_version, s.policy_hash,
  max(s.theta1) as theta1, max(s.theta2) as theta2, count(*) as signals,
  count(*) filter (where s.action = 'ENTER') as enters,
  count(*) filter (where s.action = 'EXIT') as exits,
  count(*) filter (where s.risk_flag = 1)::float8 / count(*) as risk_flag_rate,
  count(*) filter (where s.reason in ('risk_score>=theta2', 'return_prob<=theta1', 'pair_stopped')
    or s.action = 'ENTER') as candidates
from analytics.signals s
group by 1, 2, 3, 4, 5;

create or replace view analytics.no_trade_daily as
select (bar_ts at time zone 'UTC')::date as day, mode, model_version,
  count(*) as wanted, count(*) filter (where reason = 'risk_score>=theta2') as refused,
  count(*) filter (where reason = 'risk_score>=theta2')::float8 / count(*) as no_trade_rate
from analytics.signals
where reason in ('risk_score>=theta2', 'pair_stopped') or action = 'ENTER'
group by 1, 2, 3;
