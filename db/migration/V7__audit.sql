create table audit.retrain_runs (
  run_id        uuid         primary key,
  started_at    timestamptz  not null,
  ended_at      timestamptz,
  status        text         not null check (status in ('running', 'success', 'failed', 'retrying', 'aborted')),
  retry_count   smallint     not null default 0,
  model_version text,
  theta1        numeric(6,4),
  theta2        numeric(6,4),
  metrics       jsonb,
  log_path      text         not null,
  error_message text,
  trigger       text         not null check (trigger in ('cron', 'rest', 'request', 'cli')),
  request       jsonb        not null,
  verdict       text         check (verdict in ('adopted', 'held', 'rejected')),
  reasons       jsonb,
  resources     jsonb,
  transfer      text,
  slot          timestamptz,
  abort_requested boolean    not null default false
);
comment on column audit.retrain_runs.slot is 'time of the schedule, or of the request, that the run answers; null when a person asked';
comment on column audit.retrain_runs.abort_requested is 'asked for on any replica; the process that runs it ends it';
comment on column audit.retrain_runs.transfer is 'delivery by SFTP: delivered, discarded or failed with the reason; null when none is set up';
comment on column audit.retrain_runs.request is 'pairs, interval, data window, seed: what is needed to run it again';
comment on column audit.retrain_runs.resources is 'processors, GPU, CPU seconds, peak memory';
-- One run at a time over all replicas.
create unique index one_running on audit.retrain_runs ((true)) where status = 'running';
-- One run per slot, whoever is asked, and however often.
create unique index one_run_per_slot on audit.retrain_runs (trigger, slot) where slot is not null;

-- db-scheduler's own table.
create table audit.scheduled_tasks (
  task_name            text        not null,
  task_instance        text        not null,
  task_data            bytea,
  execution_time       timestamptz not null,
  picked               boolean     not null,
  picked_by            text,
  last_success         timestamptz,
  last_failure         timestamptz,
  consecutive_failures integer,
  last_heartbeat       timestamptz,
  version              bigint      not null,
  priority             smallint,
  primary key (task_name, task_instance)
);
create index scheduled_tasks_execution_time on audit.scheduled_tasks (execution_time);
create index scheduled_tasks_last_heartbeat on audit.scheduled_tasks (last_heartbeat);
comment on table audit.scheduled_tasks is 'schedule of training runs: the next slot, and which replica has picked it';

-- The policies that were ever in force, by hash, so that a signal can be explained.
create table core.policies (
  policy_hash text        primary key,
  content     jsonb       not null,
  first_seen  timestamptz not null default now()
);

create table audit.config_changes (
  id          bigint generated always as identity primary key,
  changed_at  timestamptz not null default now(),
  actor       text        not null,
  object      text        not null,
  key         text        not null,
  old_value   jsonb,
  new_value   jsonb,
  policy_hash text,
  reason      text        not null
);
comment on column audit.config_changes.object is 'a policy file, or model_registry for activations';

grant insert, update on audit.retrain_runs to mlassets_trainer;
grant insert, update, delete on audit.scheduled_tasks to mlassets_trainer;
grant insert on core.policies, audit.config_changes to mlassets_registry;
