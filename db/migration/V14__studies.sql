-- What every search was about, so that a later run on the same bars is judged as the best of its trials too. A row is
-- written when a search starts and stays whatever becomes of the run: adopted, rejected, aborted or killed.
create table core.studies (
  study        text        primary key,
  model_scope  text        not null,
  interval     text        not null,
  pairs        text[]      not null,
  window_start timestamptz not null,
  window_end   timestamptz not null,
  choices      integer     not null default 0 check (choices >= 0),
  started_at   timestamptz not null default now()
);
comment on column core.studies.study is 'of core.search_trials, or a hash of the scores and thresholds a choice was made of';
comment on column core.studies.window_end is 'end of bar starts, excluded';
comment on column core.studies.choices is 'thresholds and calibrations looked at; trials of parameters are in core.search_trials';
grant insert on core.studies to mlassets_trainer;
create index trials_of_study on core.search_trials (study);
