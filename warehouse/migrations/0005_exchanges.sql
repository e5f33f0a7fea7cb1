-- What changed hands beside points: tickets at a tariff, rewards, bonuses. Amounts in cents; a check-in has none of it.
-- price and the three shares add up to regular_price. takes: counters that one unit was taken of, see core/src/transaction.ts.
ALTER TABLE transactions
    ADD COLUMN IF NOT EXISTS reward LowCardinality(String) AFTER request,
    ADD COLUMN IF NOT EXISTS reward_number UInt32 AFTER reward,
    ADD COLUMN IF NOT EXISTS tariff LowCardinality(String) AFTER reward_number,
    ADD COLUMN IF NOT EXISTS label String AFTER tariff,
    ADD COLUMN IF NOT EXISTS regular_price UInt32 AFTER label,
    ADD COLUMN IF NOT EXISTS price UInt32 AFTER regular_price,
    ADD COLUMN IF NOT EXISTS organizer_share UInt32 AFTER price,
    ADD COLUMN IF NOT EXISTS local_government_share UInt32 AFTER organizer_share,
    ADD COLUMN IF NOT EXISTS flemish_government_share UInt32 AFTER local_government_share,
    ADD COLUMN IF NOT EXISTS distribution_key UInt32 AFTER flemish_government_share,
    ADD COLUMN IF NOT EXISTS takes Array(LowCardinality(String)) AFTER distribution_key;
