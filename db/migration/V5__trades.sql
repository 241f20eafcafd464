create table core.live_trades (
  account     text             not null,
  deal_ticket bigint           not null,
  signal_seq  bigint           not null,
  signal_id   uuid             not null,
  mode        text             not null check (mode in ('live', 'shadow')),
  action      text             not null check (action in ('ENTER', 'EXIT')),
  pair        text             not null,
  symbol      text             not null,
  side        text             not null check (side in ('BUY', 'SELL')),
  lots        double precision not null check (lots > 0),
  price       double precision not null check (price > 0),
  filled_at   timestamptz      not null,
  retcode     integer          not null,
  received_at timestamptz      not null default clock_timestamp(),
  primary key (account, deal_ticket)
);
create index live_trades_pair on core.live_trades (pair, filled_at);

-- Orders the market refused: an outcome, not a trade.
create table core.order_rejections (
  account     text        not null,
  deal_ticket bigint      not null,
  signal_seq  bigint      not null,
  signal_id   uuid        not null,
  mode        text        not null,
  pair        text        not null,
  symbol      text        not null,
  side        text        not null,
  retcode     integer     not null,
  rejected_at timestamptz not null,
  received_at timestamptz not null default clock_timestamp(),
  primary key (account, deal_ticket)
);

-- What is still to be told on channel trades: written with the trade or refusal, gone once somebody heard it.
create table core.trade_notices (
  id        bigint generated always as identity primary key,
  notice    text        not null,
  booked_at timestamptz not null default clock_timestamp()
);

-- Data somebody refused: kept whole, with the reason.
create table core.quarantine (
  id          bigint generated always as identity primary key,
  service     text        not null,
  source      text        not null,
  reason      text        not null,
  payload     text        not null,
  received_at timestamptz not null default clock_timestamp()
);

grant insert on core.live_trades, core.order_rejections to mlassets_dispatcher;
grant insert, update, delete on core.trade_notices to mlassets_dispatcher;
grant insert on core.quarantine to mlassets_loader, mlassets_trainer, mlassets_inference,
  mlassets_dispatcher, mlassets_registry, mlassets_validator;
