-- Which inference process decides for which pairs (I-04). A decision is committed in a transaction that finds the row of
-- its shard under owner and epoch, and locks it against a take-over; leases are judged by this server's clock.

-- One way of splitting pairs is in force at a time: what is split otherwise cannot be held beside it.
create table core.shard_plans (
  scope text   primary key,
  plan  text   not null,
  epoch bigint not null
);
comment on column core.shard_plans.plan is 'SHA-256 of which pairs are together';
comment on column core.shard_plans.epoch is 'the last one given, over all shards and plans';

create table core.shards (
  scope    text        not null references core.shard_plans,
  shard    integer     not null check (shard >= 0),
  pairs    text[]      not null,
  owner    text,
  epoch    bigint      not null default 0,
  until    timestamptz not null default '-infinity',
  position text,
  primary key (scope, shard)
);
comment on column core.shards.epoch is 'raised by each take-over; of an older one nothing is committed';
comment on column core.shards.until is 'past it, any replica may take the shard';
comment on column core.shards.position is 'up to there in the source of bars all are decided';

-- Who is alive and may hold shards of which plan.
create table core.replicas (
  scope   text        not null,
  replica text        not null,
  plan    text        not null,
  until   timestamptz not null,
  primary key (scope, replica)
);

-- Where decisions on a pair begin while there are none: who takes over from one that died before the first goes on there.
create table core.decision_starts (
  mode     text        not null check (mode in ('live', 'shadow')),
  pair     text        not null,
  interval text        not null,
  after_ts timestamptz not null,
  primary key (mode, pair, interval)
);

-- Several processes read the same source: what one refused is kept once.
alter table core.quarantine add column entry text unique;
comment on column core.quarantine.entry is 'source, position and hash of what several readers may refuse; null: refused by one';

grant select, insert, update on core.shard_plans to mlassets_inference;
grant select, insert, update, delete on core.shards, core.replicas, core.decision_starts to mlassets_inference;
