-- The archive of signals (S-04, S-05): a day leaves core.signals_live for core.signals_history once its files are stored
-- elsewhere and were read back.
alter table core.signals_history add column archive_part integer not null default 1 check (archive_part >= 1);
comment on column core.signals_history.archive_part is 'part of its day; signals that came after their day was archived make further parts';
create index signals_history_pair on core.signals_history (mode, pair, interval, bar_ts);
create index signals_history_bar on core.signals_history (bar_ts);
create index signals_history_orders on core.signals_history (mode, pair, bar_ts) where action <> 'HOLD';

-- Every signal there is, wherever it lies. Readers that may ask for old ones read this.
create view core.signals as
select signal_id, mode, model_scope, pair, interval, bar_ts, "timestamp", expires_at, z_score, return_prob, risk_score,
  entry, confidence, risk_flag, theta1, theta2, position_scale, action, reason, legs, model_version, policy_hash,
  leverage_reduction, created_at
from core.signals_live
union all
select signal_id, mode, model_scope, pair, interval, bar_ts, "timestamp", expires_at, z_score, return_prob, risk_score,
  entry, confidence, risk_flag, theta1, theta2, position_scale, action, reason, legs, model_version, policy_hash,
  leverage_reduction, created_at
from core.signals_history;

create table core.archived_days (
  day             date        not null,
  part            integer     not null check (part >= 1),
  place           text        not null,
  done            text        not null check (done in ('PLANNED', 'STORED', 'VERIFIED', 'MOVED', 'DROPPED')),
  doing           text        check (doing in ('STORED', 'VERIFIED', 'MOVED', 'DROPPED')),
  runner          uuid        not null,
  signals         bigint,
  dispatched      bigint,
  bytes           bigint,
  hash_list       text,
  attempts        integer     not null default 0,
  failure         text,
  planned_at      timestamptz not null default clock_timestamp(),
  changed_at      timestamptz not null default clock_timestamp(),
  primary key (day, part),
  check (done = 'PLANNED' or (signals is not null and dispatched is not null and bytes is not null
    and hash_list is not null))
);
comment on column core.archived_days.done is 'last step that ended';
comment on column core.archived_days.doing is 'step that was begun and has not ended; a run that finds one does it again';
comment on column core.archived_days.runner is 'the run that may write; another one takes over by writing its own';
comment on column core.archived_days.hash_list is 'the exact SHA256SUMS of the stored files';
grant insert, update on core.archived_days to mlassets_dispatcher;

-- The dispatcher may move what was verified, and nothing else.
create function core.move_signals(moved_day date, moved_part integer, moved_by uuid) returns bigint
  language plpgsql security definer set search_path = core, pg_temp as $$
declare
  first timestamptz := moved_day::timestamp at time zone 'UTC';
  inserted bigint;
begin
  perform 1 from core.archived_days where day = moved_day and part = moved_part and done = 'VERIFIED'
    and doing = 'MOVED' and runner = moved_by for update;
  if not found then
    raise exception 'part % of % is not verified, or another run has it', moved_part, moved_day;
  end if;
  -- The dispatcher looks for what waits among the live ones.
  if exists (
      select 1 from core.signals_live s left join core.signal_dispatch d on d.signal_id = s.signal_id
      where s.bar_ts >= first and s.bar_ts < first + interval '24 hours'
        and (d.signal_id is null or (d.seq is not null and d.sent_at is null))) then
    raise exception '% has signals without a recorded outcome', moved_day;
  end if;
  with gone as (
    delete from core.signals_live where bar_ts >= first and bar_ts < first + interval '24 hours' returning *
  )
  insert into core.signals_history (signal_id, mode, model_scope, pair, interval, bar_ts, "timestamp", expires_at,
    z_score, return_prob, risk_score, entry, confidence, risk_flag, theta1, theta2, position_scale, action, reason, legs,
    model_version, policy_hash, leverage_reduction, created_at, archive_part)
  select signal_id, mode, model_scope, pair, interval, bar_ts, "timestamp", expires_at, z_score, return_prob,
    risk_score, entry, confidence, risk_flag, theta1, theta2, position_scale, action, reason, legs, model_version,
    policy_hash, leverage_reduction, created_at, moved_part
  from gone;
  get diagnostics inserted = row_count;
  return inserted;
end $$;

-- Drops a day's partition once it is empty; one with late rows stays. False while it is in use: signals must not wait for
-- this, so it gives up after some milliseconds.
create function core.drop_signal_partition(dropped_day date) returns boolean
  language plpgsql security definer set search_path = core, pg_temp set lock_timeout = '50ms' as $$
declare
  name text := 'signals_live_' || to_char(dropped_day, 'YYYYMMDD');
  has_rows boolean;
begin
  if to_regclass('core.' || name) is null then
    return true;
  end if;
  -- The parent first, as inserts do: in the other order two could wait for each other.
  lock table only core.signals_live in access exclusive mode;
  execute format('lock table core.%I in access exclusive mode', name);
  execute format('select exists (select 1 from core.%I)', name) into has_rows;
  if not has_rows then
    execute format('drop table core.%I', name);
  end if;
  return true;
exception
  when lock_not_available then
    return false;
end $$;

revoke all on function core.move_signals(date, integer, uuid), core.drop_signal_partition(date) from public;
grant execute on function core.move_signals(date, integer, uuid), core.drop_signal_partition(date)
  to mlassets_dispatcher;

-- A day whose partition was dropped may have late rows in the default one; then no partition can be made for it.
create or replace function core.ensure_signal_partition(day date) returns void
  language plpgsql security definer set search_path = core, pg_temp as $$
declare
  name text := 'signals_live_' || to_char(day, 'YYYYMMDD');
  first timestamptz := day::timestamp at time zone 'UTC';
begin
  if to_regclass('core.' || name) is null then
    perform pg_advisory_xact_lock(hashtext('core.' || name));
    if to_regclass('core.' || name) is null and not exists (
        select 1 from core.signals_live_default d
        where d.bar_ts >= first and d.bar_ts < first + interval '24 hours') then
      execute format('create table core.%I partition of core.signals_live for values from (%L) to (%L)',
        name, to_char(day, 'YYYY-MM-DD') || ' 00:00:00+00', to_char(day + 1, 'YYYY-MM-DD') || ' 00:00:00+00');
    end if;
  end if;
end $$;

-- db-scheduler's own table for the dispatcher.
create table audit.dispatcher_tasks (like audit.scheduled_tasks including all);
comment on table audit.dispatcher_tasks is 'schedule of the archive: the next slot, and which replica has picked it';
grant insert, update, delete on audit.dispatcher_tasks to mlassets_dispatcher;
