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
  transfer      text
);
comment on column audit.retrain_runs.transfer is 'delivery by SFTP: delivered, discarded or failed with the reason; null when none is set up';
comment on column audit.retrain_runs.request is 'pairs, interval, data window, seed: what is needed to run it again';
comment on column audit.retrain_runs.resources is 'processors, GPU, CPU seconds, peak memory';
-- One run at a time over all replicas.
create unique index one_running on audit.retrain_runs ((true)) where status = 'running';

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
grant insert on core.policies, audit.config_changes to mlassets_registry;
