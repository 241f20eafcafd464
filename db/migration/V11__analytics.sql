-- What analysts read (requirements E-03, E-06): views, so that nothing is stored twice.
create schema analytics;
grant usage on schema analytics to mlassets_registry, mlassets_validator, mlassets_analyst;
alter default privileges in schema analytics grant select on tables to mlassets_registry, mlassets_validator, mlassets_analyst;

create view analytics.model_performance as
select r.model_version, r.model_scope as scope, max(r.status) as status, min(r.created_at) as trained_at,
  min(r.train_period_start) as train_period_start, max(r.train_period_end) as train_period_end,
  max(r.theta1) as theta1, max(r.theta2) as theta2,
  max((r.metrics ->> 'auc')::float8) filter (where r.model_type = 'AI1') as ai1_auc,
  max((r.metrics ->> 'brier')::float8) filter (where r.model_type = 'AI1') as ai1_brier,
  max((r.metrics ->> 'auc')::float8) filter (where r.model_type = 'AI2') as ai2_auc,
  max((r.metrics ->> 'brier')::float8) filter (where r.model_type = 'AI2') as ai2_brier,
  max((r.metrics ->> 'rmse')::float8) filter (where r.model_type = 'AI3') as ai3_rmse,
  b.sharpe, b.sharpe_low, b.sharpe_high, b.win_rate, b.mean_pnl, b.max_drawdown, b.trades, b.no_trade_rate
from core.model_registry r left join core.backtest_results b on b.model_version = r.model_version and b.kind = 'oof'
group by r.model_version, r.model_scope, b.model_version, b.kind;

create view analytics.retraining as
select run_id, started_at, ended_at, extract(epoch from ended_at - started_at)::float8 as seconds, status, retry_count,
  trigger, model_version, verdict, theta1, theta2, (resources ->> 'cpu_seconds')::float8 as cpu_seconds,
  (resources ->> 'peak_memory_mib')::float8 as peak_memory_mib, resources ->> 'device' as device, error_message
from audit.retrain_runs;

-- Live and archived alike.
create view analytics.signals as
select signal_id, mode, pair, interval, bar_ts, risk_score, risk_flag, theta1, theta2, action, reason, model_version, policy_hash
from core.signals_live
union all
select signal_id, mode, pair, interval, bar_ts, risk_score, risk_flag, theta1, theta2, action, reason, model_version, policy_hash
from core.signals_history;

create view analytics.signals_daily as
select (s.bar_ts at time zone 'UTC')::date as day, s.mode, s.pair, s.model_version, s.policy_hash,
  max(s.theta1) as theta1, max(s.theta2) as theta2, count(*) as signals,
  count(*) filter (where s.action = 'ENTER') as enters,
  count(*) filter (where s.action = 'EXIT') as exits,
  count(*) filter (where s.risk_flag = 1)::float8 / count(*) as risk_flag_rate,
  count(*) filter (where s.reason in ('risk_score>=theta2', 'return_prob<=theta1') or s.action = 'ENTER') as candidates
from analytics.signals s
group by 1, 2, 3, 4, 5;
comment on column analytics.signals_daily.candidates is 'bars on which an entry was considered';

-- The courage not to trade: of the entries AI1 wanted, the share AI2 refused.
create view analytics.no_trade_daily as
select (bar_ts at time zone 'UTC')::date as day, mode, model_version,
  count(*) as wanted, count(*) filter (where reason = 'risk_score>=theta2') as refused,
  count(*) filter (where reason = 'risk_score>=theta2')::float8 / count(*) as no_trade_rate
from analytics.signals
where reason = 'risk_score>=theta2' or action = 'ENTER'
group by 1, 2, 3;

create view analytics.risk_score_distribution as
select mode, model_version, (bar_ts at time zone 'UTC')::date as day,
  least(floor(risk_score * 20), 19)::int / 20.0::float8 as from_score, count(*) as signals
from analytics.signals
group by 1, 2, 3, 4;
comment on column analytics.risk_score_distribution.from_score is 'lower edge of a bin 0.05 wide';

-- Per account, pair and leg: what an entry's volume was bought or sold for, and what it was closed at.
create view analytics.leg_results as
select e.account, e.mode, e.pair, e.symbol, e.side, e.signal_seq as entry_seq, x.signal_seq as exit_seq,
  e.filled_at as entered_at, x.filled_at as exited_at, e.lots, e.price as entry_price, x.price as exit_price,
  case e.side when 'BUY' then 1 else -1 end * (x.price / e.price - 1) as price_return
from (
  select account, mode, pair, symbol, side, signal_seq, sum(lots) as lots, sum(lots * price) / sum(lots) as price,
    min(filled_at) as filled_at
  from core.live_trades where action = 'ENTER' group by account, mode, pair, symbol, side, signal_seq
) e
left join lateral (
  select t.signal_seq, sum(t.lots * t.price) / sum(t.lots) as price, max(t.filled_at) as filled_at
  from core.live_trades t
  where t.account = e.account and t.pair = e.pair and t.symbol = e.symbol and t.action = 'EXIT'
    and t.signal_seq > e.signal_seq
  group by t.signal_seq order by t.signal_seq limit 1
) x on true;
comment on column analytics.leg_results.price_return is 'before commission and swap; null while the leg is open';
