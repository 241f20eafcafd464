-- Planning a look for new signals anew took longer than the look. This function keeps one plan, and leaves one that is good
-- for an empty day and a full one alike: by the transaction that wrote a row (offset 0 keeps the other conditions from
-- choosing an index of theirs while there are no rows yet), asking for each row whether it was dispatched.
create function core.waiting_signals(written_from xid8, of_mode text, of_scope text, most integer)
  returns setof core.signals_live language plpgsql stable
  set plan_cache_mode = force_generic_plan set enable_seqscan = off set jit = off as $$
begin
  return query
    select l.* from (select * from core.signals_live where written_by >= written_from offset 0) l
    where l.mode = of_mode and l.model_scope = of_scope
      and (select true from core.signal_dispatch d where d.signal_id = l.signal_id) is null
    order by l.bar_ts, l.created_at, l.pair limit most;
end $$;
revoke all on function core.waiting_signals(xid8, text, text, integer) from public;
grant execute on function core.waiting_signals(xid8, text, text, integer) to mlassets_dispatcher;
