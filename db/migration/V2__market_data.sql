create table core.bars (
  symbol   text             not null,
  interval text             not null,
  ts       timestamptz      not null,
  open     double precision not null check (open > 0),
  high     double precision not null check (high > 0),
  low      double precision not null check (low > 0),
  close    double precision not null check (close > 0),
  volume   double precision not null check (volume >= 0),
  primary key (symbol, interval, ts)
);
comment on column core.bars.ts is 'UTC start of the bar; the bar is known at its end';

create table core.feature_schemas (
  schema_hash text        primary key,
  names       text[]      not null,
  kinds       text[]      check (cardinality(kinds) = cardinality(names)),
  source      text        not null,
  created_at  timestamptz not null default now()
);
comment on column core.feature_schemas.kinds is 'numeric or categorical; null when the name tells, as in our own';
comment on column core.feature_schemas.source is 'ml-assets-core or data-assets-pipeline';

create table core.features (
  pair           text               not null,
  interval       text               not null,
  ts             timestamptz        not null,
  schema_hash    text               not null references core.feature_schemas,
  feature_values double precision[] not null,
  primary key (pair, interval, ts, schema_hash)
);

create table core.labels (
  pair         text             not null,
  interval     text             not null,
  ts           timestamptz      not null,
  label_spec   text             not null,
  return_label smallint         not null check (return_label in (0, 1)),
  risk_label   smallint         not null check (risk_label in (0, 1)),
  scale_target double precision not null check (scale_target between 0 and 1),
  label_end_ts timestamptz      not null check (label_end_ts > ts),
  primary key (pair, interval, ts, label_spec)
);
comment on column core.labels.label_spec is 'hash of the policy values the labels were made with';

grant insert, update on core.bars to mlassets_loader;
grant insert on core.feature_schemas to mlassets_loader, mlassets_trainer;
grant insert, delete on core.features, core.labels to mlassets_loader, mlassets_trainer;
