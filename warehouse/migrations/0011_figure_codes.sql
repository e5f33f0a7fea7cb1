-- home_code is the code that the transaction has, by which transactions are ordered: a municipality is found by its codes instead of by
-- looking at everybody's.

CREATE OR REPLACE VIEW figures_tickets AS
WITH (SELECT (groupArray(code), groupArray(nis)) FROM merged_municipalities) AS merged
SELECT
    told.home_nis AS home_code, day, holder, birth_year, organizer, transform(home_nis, merged.1, merged.2, home_nis) AS home_nis,
    regular_price, price, organizer_share, local_government_share, flemish_government_share
FROM counted_transactions AS told
WHERE kind = 'TICKET_SALE' AND tariff = 'SOCIALTARIFF' AND holder NOT IN (SELECT holder FROM group_passes);

CREATE OR REPLACE VIEW figures_redemptions AS
WITH (SELECT (groupArray(code), groupArray(nis)) FROM merged_municipalities) AS merged
SELECT
    told.home_nis AS home_code, day, holder, birth_year, organizer, reward, tariff_group AS tariff, -points AS points,
    if(reward IN (SELECT reward FROM rewards_now WHERE reward_type = 'WELCOME'), 'WELCOME', 'POINTS') AS type,
    transform(home_nis, merged.1, merged.2, home_nis) AS home_nis, transform(venue_nis, merged.1, merged.2, venue_nis) AS venue_nis
FROM counted_transactions AS told
WHERE kind = 'REDEMPTION' AND holder NOT IN (SELECT holder FROM group_passes);

CREATE OR REPLACE VIEW figures_groups AS
WITH (SELECT (groupArray(code), groupArray(nis)) FROM merged_municipalities) AS merged
SELECT
    told.home_nis AS home_code, day, holder, organizer, transform(home_nis, merged.1, merged.2, home_nis) AS home_nis,
    if(kind = 'CHECKIN', 1, 0) AS is_checkin, if(kind = 'TICKET_SALE', 1, 0) AS is_ticket, regular_price
FROM counted_transactions AS told
WHERE (kind = 'CHECKIN' OR (kind = 'TICKET_SALE' AND tariff = 'SOCIALTARIFF')) AND holder IN (SELECT holder FROM group_passes);
