import { MERGED_SQL, municipalityNow } from './participations.ts'

/**
 * Points that were redeemed from `firstDay` to `lastDay`, by where they had been earned: each redemption takes the oldest points that
 * the holder still has; what no gain explains comes from 0. Points and redemptions stand on one line, end to end; where their stretches overlap, one paid for the other.
 */
export const POINT_FLOWS_SQL = `WITH ${MERGED_SQL}
SELECT day, holder, home_nis, earned_nis, redeemed_nis, sum(paid) AS points
FROM (
    SELECT
        holder, redemption.1 AS day, redemption.2 AS home_nis, redemption.3 AS redeemed_nis,
        redemption_end - redemption.4 AS redemption_start,
        arrayMap((gain, gain_end) -> (gain.1, least(gain_end, redemption_end) - greatest(gain_end - gain.2, redemption_start)), gains, arrayCumSum(gain -> gain.2, gains)) AS pieces,
        (toUInt32(0), redemption_end - greatest(arraySum(gain -> gain.2, gains), redemption_start)) AS rest,
        arrayJoin(arrayFilter(piece -> piece.2 > 0, arrayPushBack(pieces, rest))) AS piece,
        piece.1 AS earned_nis, piece.2 AS paid
    FROM (
        SELECT
            holder,
            arrayMap(gain -> (gain.3, gain.2), arraySort(gain -> (gain.1, -gain.2, gain.3), groupArrayIf((occurred_at, toInt64(points), venue), points > 0))) AS gains,
            arraySort(loss -> (loss.5, loss.4, loss.3), groupArrayIf((day, home, venue, toInt64(-points), occurred_at), points < 0)) AS losses
        FROM (
            SELECT *, ${municipalityNow('home_nis')} AS home, ${municipalityNow('venue_nis')} AS venue
            FROM counted_transactions
            WHERE occurred_on <= {lastDay:Date} AND points != 0
        )
        WHERE holder IN (SELECT holder FROM counted_transactions WHERE occurred_on BETWEEN {firstDay:Date} AND {lastDay:Date} AND points < 0)
            AND holder NOT IN (SELECT holder FROM group_passes)
        GROUP BY holder
    )
    ARRAY JOIN losses AS redemption, arrayCumSum(loss -> loss.4, losses) AS redemption_end
    WHERE day BETWEEN {firstDay:Date} AND {lastDay:Date}
)
GROUP BY day, holder, home_nis, earned_nis, redeemed_nis`
