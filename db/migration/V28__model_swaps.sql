-- How live inference comes from one model to the next, and back: inference's own record. What should decide is said by
-- core.model_registry, which inference does not write.

-- Each model that came to decide live, the newest last: after a restart it is gone on with, and it says what was in force
-- before.
create table core.model_swaps (
  id            bigint      generated always as identity primary key,
  model_scope   text        not null,
  model_version text        not null,
  cause         text        not null check (cause in ('before', 'first', 'at_once', 'trial', 'step_back')),
  swapped_at    timestamptz not null default clock_timestamp()
);
create index model_swaps_scope on core.model_swaps (model_scope, id);
comment on column core.model_swaps.cause is
  'before: adopted before this table was; at_once: no trial due; trial: passed; step_back: in the place of one stepped back from';
insert into core.model_swaps (model_scope, model_version, cause, swapped_at)
select model_scope, model_version, 'before', updated_at from core.model_registry
where model_type = 'AI1' and status in ('archived', 'active') order by status = 'active', updated_at, model_version;

-- New models beside those in force.
create table core.model_trials (
  id             bigint      generated always as identity primary key,
  model_scope    text        not null,
  model_version  text        not null,
  beside_version text        not null,
  bars_due       integer     not null check (bars_due > 0),
  begun_at       timestamptz not null default clock_timestamp(),
  ended_at       timestamptz,
  outcome        text        check (outcome in ('passed', 'refused', 'superseded')),
  reason         text,
  check ((ended_at is null) = (outcome is null))
);
create unique index one_trial_open on core.model_trials (model_scope) where ended_at is null;
comment on column core.model_trials.bars_due is 'of each pair';
comment on column core.model_trials.outcome is 'superseded: another model was to decide before it was over';

create table core.trial_decisions (
  trial_id        bigint           not null references core.model_trials,
  pair            text             not null,
  interval        text             not null,
  bar_ts          timestamptz      not null,
  candidate       boolean          not null,
  return_prob     double precision not null,
  risk_score      double precision not null,
  position_scale  double precision not null,
  action          text             not null check (action in ('ENTER', 'EXIT', 'HOLD')),
  reason          text             not null,
  in_force_action text             not null check (in_force_action in ('ENTER', 'EXIT', 'HOLD')),
  primary key (trial_id, pair, bar_ts)
);
comment on table core.trial_decisions is
  'what a model on trial would have decided, of the same features and position as the one in force; never sent';
comment on column core.trial_decisions.candidate is 'entry_z <= |z| < stop_z: a bar entries are considered on';
comment on column core.trial_decisions.position_scale is 'output of AI3, not cut by the leverage reduction';
comment on column core.trial_decisions.in_force_action is 'of the model in force on the same bar';

-- Models that may not decide, active or not, until an operator lifts it.
create table core.model_stepbacks (
  id              bigint      generated always as identity primary key,
  model_scope     text        not null,
  model_version   text        not null,
  found           text        not null check (found in ('trial', 'live')),
  stepped_back_at timestamptz not null default clock_timestamp(),
  reason          text        not null,
  figures         jsonb       not null,
  lifted_at       timestamptz,
  lifted_by       text,
  lift_reason     text,
  check (num_nonnulls(lifted_at, lifted_by, lift_reason) in (0, 3))
);
create unique index one_stepback_open on core.model_stepbacks (model_scope, model_version) where lifted_at is null;
comment on column core.model_stepbacks.found is 'while on trial, or while it decided live';

grant insert on core.model_swaps, core.trial_decisions to mlassets_inference;
grant insert, update on core.model_trials, core.model_stepbacks to mlassets_inference;
grant insert on audit.config_changes to mlassets_inference;
