-- What a decision was made from, as far as no other row holds it: enough to make it again, bit for bit
-- (./ml-assets replay-decision). Written with the signal, in its transaction.
create table core.decision_states (
  signal_id        uuid               primary key,
  bar_ts           timestamptz        not null,
  made_at          timestamptz        not null,
  theta1           double precision   not null,
  theta2           double precision   not null,
  spread           double precision[] not null check (cardinality(spread) = 5),
  entry_ts         timestamptz,
  entry_direction  text               check (entry_direction in ('LONG_SPREAD', 'SHORT_SPREAD')),
  entry_spread     double precision[] check (cardinality(entry_spread) = 5),
  entry_scale      double precision,
  bars_held        integer,
  bundle_sha256    text               not null,
  policy_hash      text               not null,
  features_sha256  text               not null,
  sha256           text               not null,
  check (num_nonnulls(entry_ts, entry_direction, entry_spread, entry_scale, bars_held) in (0, 5))
);
comment on column core.decision_states.made_at is 'market time';
comment on column core.decision_states.theta1 is 'in force, before the rounding of core.signals_live';
comment on column core.decision_states.spread is 'at the close: ln A, ln B, beta, mean, deviation';
comment on column core.decision_states.entry_ts is 'bar of the entry that was held before the decision; null: nothing was held';
comment on column core.decision_states.entry_spread is 'the reference the exit is measured by, frozen at the entry';
comment on column core.decision_states.sha256 is 'over the bits of everything in this row';
grant insert on core.decision_states to mlassets_inference;
-- Who acts by policies keeps them, so that no signal carries a hash nobody can look up.
grant insert on core.policies to mlassets_inference;
