-- A new leader that looked through a whole day for signals nobody had dispatched took longer for it than a lease lasts:
-- it begins where the one before had come to.
alter table core.dispatch_lease add column seen_before xid8 not null default '0';
comment on column core.dispatch_lease.seen_before is
  'every signal an older transaction wrote is dispatched; transactions count anew in a restored database, so a later one than the oldest running says nothing';
