-- Rows become visible in another order than they are written in. A look for new signals therefore begins at the oldest
-- transaction that was still running at the look before: what older ones wrote was there to be seen then.
alter table core.signals_live add column written_by xid8 not null default pg_current_xact_id();
comment on column core.signals_live.written_by is 'transaction that wrote the row; not archived';
create index signals_live_written on core.signals_live (written_by);
drop index core.signals_live_created;

-- A prepared statement must not keep the plan it got while a day was empty.
do $$
begin
  execute format('alter role mlassets_dispatcher in database %I set plan_cache_mode = force_custom_plan', current_database());
end $$;
