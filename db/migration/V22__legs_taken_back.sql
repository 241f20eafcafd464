-- A leg that is taken back because the other one was not dealt is closed by deals of its own entry's signal.
create or replace view analytics.leg_results as
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
    and t.signal_seq >= e.signal_seq
  group by t.signal_seq order by t.signal_seq limit 1
) x on true;
