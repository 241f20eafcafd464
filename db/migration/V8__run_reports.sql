-- The report of each run, one self-contained HTML page; it goes when its bundle goes.
create table core.run_reports (
  model_version text        primary key references core.model_artifacts on delete cascade,
  html          text        not null,
  created_at    timestamptz not null default now()
);
grant insert on core.run_reports to mlassets_trainer;
