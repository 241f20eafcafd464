-- Re-tuning of the thresholds in force between trainings (requirement R-04): every attempt, whatever it came to.
create table audit.theta_runs (
  run_id        uuid         primary key,
  started_at    timestamptz  not null,
  ended_at      timestamptz,
  status        text         not null check (status in ('running', 'success', 'failed')),
  trigger       text         not null check (trigger in ('cron', 'rest', 'cli')),
  slot          timestamptz,
  model_version text,
  old_theta1    numeric(6,4),
  old_theta2    numeric(6,4),
  new_theta1    numeric(6,4),
  new_theta2    numeric(6,4),
  verdict       text         check (verdict in ('adopted', 'held')),
  reasons       jsonb,
  figures       jsonb,
  error_message text,
  check ((status = 'running') = (ended_at is null)),
  check ((status = 'success') = (verdict is not null))
);
comment on column audit.theta_runs.slot is 'time of the schedule that the run answers; null when a person asked';
comment on column audit.theta_runs.old_theta1 is 'in force when the run looked; null without an active model';
comment on column audit.theta_runs.new_theta1 is 'put in force; null unless adopted';
comment on column audit.theta_runs.figures is 'what was measured on the bars the model has not seen';
create unique index one_theta_run_per_slot on audit.theta_runs (slot) where slot is not null;
create index theta_runs_started on audit.theta_runs (started_at);

grant insert, update on audit.theta_runs to mlassets_trainer;
-- Thresholds in force are a setting: whoever changes them says so where all settings are said.
grant insert on audit.config_changes to mlassets_trainer;
