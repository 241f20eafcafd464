-- Why entries are stopped: one row per cause, latched until an operator resumes. The strictest state of all rows is in
-- force. Every change is also a row of core.trading_state, which stays the journal.
create table core.trading_causes (
  cause        text        primary key check (cause in ('OPERATOR', 'DRAWDOWN', 'DAILY_LOSS', 'CONSECUTIVE_LOSSES',
                 'STALE_BARS', 'SILENT_EA', 'DRIFT')),
  state        text        not null check (state in ('ACTIVE', 'REDUCING', 'HALTED')),
  since        timestamptz not null,
  market_since timestamptz not null,
  reason       text        not null,
  actor        text        not null,
  figures      jsonb       not null default '{}',
  told         text        not null default 'ACTIVE'
);
comment on column core.trading_causes.state is 'where the cause leads; ACTIVE: an operator resumed from it';
comment on column core.trading_causes.market_since is 'market time of that change; after a resume, trades count from here';
comment on column core.trading_causes.figures is 'what was measured when it was latched';
comment on column core.trading_causes.told is 'the state alerts were sent of';

insert into core.trading_causes (cause, state, since, market_since, reason, actor)
select 'OPERATOR', state, changed_at, changed_at, reason, actor from core.trading_state
where id = (select max(id) from core.trading_state) and state <> 'ACTIVE';

alter table core.trading_state
  add column cause   text,
  add column figures jsonb;
comment on column core.trading_state.state is 'in force after the change';
comment on column core.trading_state.cause is 'what changed; of a resume, every cause it ended';

alter table core.signal_dispatch add column reason text;
comment on column core.signal_dispatch.reason is 'why an entry did not go: the trading state and its causes, expired, or a limit on entries';

-- The last order of a pair is looked up before each entry.
create index signals_live_orders on core.signals_live (mode, pair, bar_ts) where action <> 'HOLD';
create index live_trades_signal on core.live_trades (signal_id);

grant insert, update on core.trading_causes to mlassets_dispatcher;
