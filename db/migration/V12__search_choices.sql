-- What the choice of a trial is made from, fold by fold; and the engines a bundle was searched with.
alter table core.search_trials add column curves jsonb not null default '[]';
alter table core.search_trials alter column curves drop default;
comment on column core.search_trials.curves is
  'loss of each fold after each tenth of the trial''s trees, as far as the fold went; empty when pruned';

alter table core.training_inputs add column engine text not null default 'both'
  check (engine in ('lightgbm', 'xgboost', 'both'));
alter table core.training_inputs alter column engine drop default;
