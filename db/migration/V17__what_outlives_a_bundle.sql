-- Retention deletes bundles; what was known of their models stays: figures, verdicts, reports, numbers of trials.
alter table core.model_registry add column bundle_deleted_at timestamptz;
comment on column core.model_registry.bundle_deleted_at is 'when retention deleted bundle, predictions and trades; null while they are kept';
alter table core.run_reports drop constraint run_reports_model_version_fkey;
comment on table core.run_reports is 'the report of each run, one self-contained HTML page; it outlives its bundle';
comment on column core.search_trials.intermediate is 'one value per tenth of the trial''s trees, fold after fold; empty once the bundle is deleted';
comment on column core.search_trials.curves is
  'loss of each fold after each tenth of the trial''s trees, as far as the fold went; empty when pruned, and once the bundle is deleted';

-- A run's seconds are its process's own: between its start and end there may be hours of waiting for a retry.
drop view analytics.retraining;
create view analytics.retraining as
select run_id, started_at, ended_at, (resources ->> 'seconds')::float8 as seconds, status, retry_count, trigger,
  model_version, verdict, theta1, theta2, (resources ->> 'cpu_seconds')::float8 as cpu_seconds,
  nullif((resources ->> 'peak_memory_mib')::float8, -1) as peak_memory_mib, resources ->> 'device' as device,
  (resources ->> 'processors')::int as processors, (resources ->> 'threads')::int as threads,
  (resources ->> 'gpus')::int as gpus, error_message
from audit.retrain_runs;
comment on column analytics.retraining.seconds is 'of its last attempt, without the time it waited for a retry; null while it runs';
comment on column analytics.retraining.peak_memory_mib is 'largest resident size of the training process; null where the system does not tell';
