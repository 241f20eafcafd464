-- A process may be killed between a run's end and what follows it; trainers make up for that, and for a slot that
-- only waited no attempt is counted.
alter table audit.retrain_runs
  add column announced_at timestamptz,
  add column waited boolean not null default false;
comment on column audit.retrain_runs.announced_at is 'when Slack was told of the end, or nobody had to be; null: still to be told';
comment on column audit.retrain_runs.waited is 'its slot found another run under way, and nothing was tried yet';
update audit.retrain_runs set announced_at = coalesce(ended_at, started_at) where status <> 'running';
