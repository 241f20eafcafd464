-- A signal is marked as sent where its row stands (a heap-only update; PostgreSQL documentation, "Heap-Only Tuples"): that
-- needs room on its page and no index on the column. The table grows no larger for it: until now each mark wrote a row anew.
-- What is not sent yet is found behind the last number sent, for numbers are sent in their order.
drop index core.signal_dispatch_unsent;
alter table core.signal_dispatch set (fillfactor = 50);

-- Whoever asks for signals of a pair says which mode, too, and so goes by the unique key; this index was a third of what
-- writing signals costs.
drop index core.signals_live_pair;
