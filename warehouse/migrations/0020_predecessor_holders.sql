-- Who had a card of another programme, and since when: the registry kept them under one number, or points of that card were carried over
-- to theirs, which leaves the same mark with both (`carried/…` with the old number, `bonus/…` with the one that got them; core/src/bonus.ts).
CREATE VIEW IF NOT EXISTS predecessor_holders AS
SELECT holder, min(day) AS since
FROM
(
    SELECT holder, toDate(recorded_at, 'Europe/Brussels') AS day
    FROM holders
    WHERE hasAny(membership_card_systems, (SELECT groupArrayArray(card_systems) FROM programmes_now))
    UNION ALL
    SELECT holder, occurred_on AS day
    FROM
    (
        SELECT holder, occurred_on, arrayJoin(takes) AS take
        FROM transactions FINAL
        WHERE kind = 'BONUS' AND programme = 'uitpas' AND points > 0
    )
    WHERE startsWith(take, 'bonus/') AND substring(take, 7) IN
    (
        SELECT substring(take, 9)
        FROM (SELECT arrayJoin(takes) AS take FROM transactions FINAL WHERE kind = 'BONUS' AND programme != 'uitpas' AND points = 0)
        WHERE startsWith(take, 'carried/')
    )
)
GROUP BY holder;
