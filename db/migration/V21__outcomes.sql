-- What Expert Advisors answer. An order signal that was sent ends with exactly one outcome per account; one that was
-- not sent has its outcome in core.signal_dispatch.

-- Accounts that gave a sealed answer; each owes one to every order signal of its mode sent since.
create table core.ea_accounts (
  account     text        primary key,
  mode        text        not null check (mode in ('live', 'shadow')),
  known_since timestamptz not null default clock_timestamp()
);

create table core.signal_outcomes (
  account     text        not null,
  signal_seq  bigint      not null,
  signal_id   uuid        not null,
  mode        text        not null check (mode in ('live', 'shadow')),
  epoch       bigint      not null,
  pair        text        not null,
  action      text        not null check (action in ('ENTER', 'EXIT')),
  outcome     text        not null check (outcome in
                ('FILLED', 'PARTIAL', 'REJECTED', 'EXPIRED', 'SUPERSEDED', 'BLOCKED', 'LEG_BREAK')),
  reason      text        not null,
  at          timestamptz,
  document    text,
  received_at timestamptz not null default clock_timestamp(),
  primary key (account, signal_seq),
  check (document is not null or outcome = 'SUPERSEDED')
);
comment on column core.signal_outcomes.at is 'market time of the answer; null when the Expert Advisor did not know it';
comment on column core.signal_outcomes.document is
  'the ack, byte for byte; null when a later signal of the pair was answered instead, until its own ack comes';
create index signal_outcomes_signal on core.signal_outcomes (signal_id);
create index signal_outcomes_pair on core.signal_outcomes (account, pair, signal_seq);

create table core.leg_outcomes (
  account    text             not null,
  signal_seq bigint           not null,
  leg        smallint         not null check (leg in (0, 1)),
  symbol     text             not null,
  outcome    text             not null check (outcome in
               ('FILLED', 'PARTIAL', 'REJECTED', 'EXPIRED', 'SUPERSEDED', 'BLOCKED', 'LEG_BREAK')),
  lots       double precision not null,
  primary key (account, signal_seq, leg),
  foreign key (account, signal_seq) references core.signal_outcomes
);
comment on column core.leg_outcomes.lots is 'dealt, negative when sold';

-- The newest report of each account, and what comparing it with core.live_trades came to.
create table core.position_reports (
  account     text        primary key references core.ea_accounts,
  entry_id    text        not null,
  last_seq    bigint      not null,
  at          timestamptz,
  document    text        not null,
  received_at timestamptz not null default clock_timestamp(),
  status      text        not null check (status in ('CHECKING', 'AGREES', 'DIFFERS', 'ADOPTED')),
  settled_at  timestamptz,
  differences jsonb       not null default '[]'
);
comment on column core.position_reports.entry_id is 'of its entry in stream positions; older entries are passed over';
comment on column core.position_reports.status is 'CHECKING: it differs, but fills may be on their way';

-- What operators decided on positions.
create table audit.position_decisions (
  id          bigint generated always as identity primary key,
  decided_at  timestamptz not null default clock_timestamp(),
  actor       text        not null,
  account     text        not null,
  decision    text        not null check (decision in ('adopt', 'forget')),
  reason      text        not null,
  report      text,
  differences jsonb       not null default '[]',
  corrections jsonb       not null default '[]'
);
comment on column audit.position_decisions.report is 'the report decided on, byte for byte';
comment on column audit.position_decisions.corrections is 'lots booked per pair and symbol, negative when sold';

-- Corrections an operator adopted stand among the deals as what they are: no deal, so no signal and no price.
alter table core.live_trades
  add column adoption bigint references audit.position_decisions,
  alter column signal_id drop not null,
  alter column price drop not null,
  drop constraint live_trades_action_check,
  add constraint live_trades_action_check check (action in ('ENTER', 'EXIT', 'ADJUST')),
  add check (case when action = 'ADJUST' then adoption is not null and signal_id is null and price is null
             else adoption is null and signal_id is not null and price is not null end);
comment on column core.live_trades.adoption is 'of an ADJUST: the decision it corrects positions by';

-- Incidents told and not over, so that whoever leads then tells their end.
create table core.open_pages (
  key       text        primary key,
  mark      bigint      not null,
  opened_at timestamptz not null default clock_timestamp()
);

alter table core.trading_causes
  drop constraint trading_causes_cause_check,
  add constraint trading_causes_cause_check check (cause in ('OPERATOR', 'DRAWDOWN', 'DAILY_LOSS', 'CONSECUTIVE_LOSSES',
    'STALE_BARS', 'SILENT_EA', 'POSITIONS', 'DRIFT'));

grant insert, delete on core.ea_accounts to mlassets_dispatcher;
grant insert, update on core.signal_outcomes, core.leg_outcomes to mlassets_dispatcher;
grant insert, update, delete on core.position_reports, core.open_pages to mlassets_dispatcher;
grant insert on audit.position_decisions to mlassets_dispatcher;
