-- The transactions of one holder and of one event, wherever they stand among homes and days. Both columns are the same in every
-- version of a transaction, so skipping granules before FINAL leaves out whole transactions only.
ALTER TABLE transactions ADD INDEX IF NOT EXISTS by_holder holder TYPE bloom_filter(0.01) GRANULARITY 1;
ALTER TABLE transactions ADD INDEX IF NOT EXISTS by_event event_number TYPE bloom_filter(0.01) GRANULARITY 1;
ALTER TABLE transactions MATERIALIZE INDEX by_holder;
ALTER TABLE transactions MATERIALIZE INDEX by_event;
