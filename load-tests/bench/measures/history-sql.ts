/**
 * A made-up history, told by the engine itself: every value follows from the number of a draw and a salt, so that the same options
 * give the same rows. Lists are parameters: one value for each place (a municipality), slot or organizer.
 */

/** Share of the passes that are never used. */
const USED = 0.58
/** Days from the first registration to the end of the history. */
const SPAN_DAYS = 4_740
const FIRST_REGISTRATION = '2013-01-01'

/** A draw between 0 and 1; `what` tells draws of one row apart. */
function drawn(what: number, of = 'number, {salt:UInt32}'): string {
  return `(cityHash64(${of}, ${what}) / 18446744073709551616)`
}

const ofHolder = (what: number) => drawn(what, 'number')

/**
 * Passholders: home by inhabitants, one of ten moves, registered ever faster from 2013 on, taking part for one to eleven years, the
 * social tariff for 45 of 100, renewed by 92 of 100 each spring.
 */
export const HOLDER_SQL = `SELECT
    toUInt32(number + 1) AS holder,
    {homes:Array(UInt16)}[1 + toUInt32(${ofHolder(1)} * length({homes:Array(UInt16)}))] AS place,
    if(${ofHolder(2)} < 0.1, {homes:Array(UInt16)}[1 + toUInt32(${ofHolder(3)} * length({homes:Array(UInt16)}))], place) AS later_place,
    toDate('2017-01-01') + toUInt32(${ofHolder(4)} * 3000) AS moved_on,
    toUInt16(multiIf(${ofHolder(5)} < 0.45, 2005 + ${ofHolder(6)} * 18, 1935 + ${ofHolder(6)} * 70)) AS birth_year,
    toDate('${FIRST_REGISTRATION}') + toUInt32(pow((number + 0.5) / {holders:UInt32}, 0.8) * ${SPAN_DAYS}) AS registered_on,
    registered_on + 365 + toUInt32(pow(${ofHolder(7)}, 0.7) * 3650) AS last_on,
    ${ofHolder(8)} < 0.45 AS has_tariff,
    arrayFirst(year -> cityHash64(number, year) % 100 >= 92, range(toUInt16(toYear(registered_on) + 1), toUInt16(2100))) AS lost_in
FROM numbers({holders:UInt32})`

/** What the registry said of them: at registration, when they moved, and each spring of the social tariff. */
export const HOLDER_ROWS_SQL = `SELECT
    toDateTime64(change.2, 3, 'UTC') + toIntervalHour(9) + toIntervalMillisecond(holder % 3600000) AS recorded_at,
    toUInt32(change.1) AS sequence, 0 AS lane, 0 AS range, holder, 'INDIVIDUAL' AS pass_type,
    {nises:Array(UInt32)}[1 + if(change.2 >= moved_on, later_place, place)] AS home_nis,
    {postals:Array(String)}[1 + if(change.2 >= moved_on, later_place, place)] AS home_postal_code,
    birth_year,
    [{systems:Array(UInt32)}[1 + place]] AS membership_card_systems, ['ACTIVE'] AS membership_statuses,
    [multiIf(NOT has_tariff, 'NONE', change.1 = 2, 'GRACE', change.1 = 3, 'EXPIRED', change.2 >= makeDate(lost_in, 5, 31), 'EXPIRED', 'ACTIVE')] AS social_tariffs,
    [toDateTime64(if(has_tariff, makeDate(least(toYear(change.2) + (toMonth(change.2) > 2), lost_in), 4, 30), toDate(0)), 3, 'UTC')] AS social_tariff_ends
FROM bench_holders
ARRAY JOIN arrayConcat(
    [(0, registered_on)],
    if(later_place != place AND moved_on > registered_on, [(1, moved_on)], []),
    if(has_tariff, arrayMap(year -> (4, makeDate(year, 3, 15)), range(toUInt16(toYear(registered_on) + 1), least(lost_in, toUInt16(2026)))), []),
    if(has_tariff AND lost_in < 2026, [(2, makeDate(lost_in, 5, 1)), (3, makeDate(lost_in, 5, 31))], [])
) AS change`

/** Draws of a month that fall to somebody who takes part then: few do much, most little (the density falls exponentially with the rank: the first does five times the average, the last a thirtieth). */
export const KEPT_SQL = `SELECT draw.number AS number, draw.day AS day, draw.holder AS holder, holders.* EXCEPT (holder)
FROM (
    SELECT
        number,
        toUInt32(1 + (toUInt64(log(1 - ${drawn(1)} * 0.99326) / -5 * ${USED} * {holders:UInt32}) * 7919 + 13) % {holders:UInt32}) AS holder,
        {first:Date} + toUInt32(${drawn(2)} * {days:UInt8}) AS day
    FROM numbers({draws:UInt64})
) AS draw
INNER JOIN bench_holders AS holders ON holders.holder = draw.holder
WHERE draw.day BETWEEN holders.registered_on AND holders.last_on`

const HOURS = '[9, 10, 10, 11, 13, 14, 14, 14, 15, 15, 15, 16, 16, 17, 17, 18, 19, 19, 19, 20, 20, 20, 21, 22]'
/** Libraries, courses, sports, films, theatre, camps: types of UiTdatabank and how often an organizer has them. */
const TYPES =
  "['0.59.0.0.0', '0.3.1.0.0', '0.50.6.0.0', '0.55.0.0.0', '0.50.4.0.0', '0.57.0.0.0', '0.0.0.0.0', '0.5.0.0.0', '0.7.0.0.0', '0.50.21.0.0', '0.3.1.0.1', '0.51.0.0.0']"

/**
 * What they did. Three of four at home, one of six elsewhere in the region; large organizers before small ones; of a hundred 88
 * check-ins, 4 tickets at the social tariff, 6 redemptions, 2 of points or rewards that were given.
 */
export const TRANSACTIONS_SQL = `WITH
    if(day >= moved_on, later_place, place) AS home,
    ${drawn(3)} AS where_drawn,
    multiIf(
        where_drawn < 0.75, home,
        where_drawn < 0.92, {regionFirsts:Array(UInt16)}[1 + home] + toUInt16(${drawn(4)} * {regionCounts:Array(UInt16)}[1 + home]),
        {homes:Array(UInt16)}[1 + toUInt32(${drawn(5)} * length({homes:Array(UInt16)}))]
    ) AS venue,
    {organizerFirsts:Array(UInt32)}[1 + venue] + toUInt32(pow(${drawn(6)}, 2) * {organizerCounts:Array(UInt32)}[1 + venue]) AS organizer_number,
    toUInt32(${drawn(7)} * 40) AS offer,
    toUInt32((toYear(day) - 2000) * 1000000 + organizer_number * 40 + offer) AS number_of_event,
    has_tariff AND (toYear(day) < lost_in OR day < makeDate(lost_in, 5, 31)) AS has_right,
    ${drawn(8)} AS kind_drawn,
    multiIf(kind_drawn < 0.04 AND has_right, 'TICKET_SALE', kind_drawn < 0.92, 'CHECKIN', kind_drawn < 0.98, 'REDEMPTION', kind_drawn < 0.99, 'BONUS', 'GRANT') AS drawn_kind,
    drawn_kind IN ('CHECKIN', 'TICKET_SALE') AS at_event,
    toDateTime64(day, 3, 'UTC') + toIntervalHour(${HOURS}[1 + toUInt8(${drawn(9)} * 24)]) + toIntervalMillisecond(toUInt32(${drawn(10)} * 3600000)) AS instant,
    toUInt32(500 + toUInt32(${drawn(11)} * 12) * 100) AS regular
SELECT
    reinterpret(bitShiftLeft(toUInt128(cityHash64(number, {salt:UInt32})), 64) + toUInt128({salt:UInt32} * 1000000000 + number), 'UUID') AS id,
    1 AS version, 0 AS voided, instant AS recorded_at, instant AS versioned_at, 0 AS lane, {salt:UInt32} AS range,
    drawn_kind AS kind, 'uitpas' AS programme, instant AS occurred_at, day AS occurred_on,
    ['KIOSK', 'KIOSK', 'COUNTER', 'SELF', 'BATCH'][1 + toUInt8(${drawn(12)} * 5)] AS channel,
    holder, holder AS card,
    if(day < {mergedOn:Array(Date)}[1 + home], {nisesBefore:Array(UInt32)}[1 + home], {nises:Array(UInt32)}[1 + home]) AS home_nis,
    {postals:Array(String)}[1 + home] AS home_postal_code, birth_year,
    '' AS age_band, if(has_right, 'ACTIVE', 'NONE') AS social_tariff, [{systems:Array(UInt32)}[1 + place]] AS memberships,
    if(at_event, concat(leftPad(toString(number_of_event), 8, '0'), '-0000-4000-8000-000000000000'), '') AS event,
    if(at_event, number_of_event, 0) AS event_number,
    if(at_event, ${TYPES}[1 + (organizer_number * 7 + if(offer < 28, 0, offer)) % 12], '') AS event_type, '' AS event_theme,
    [{systems:Array(UInt32)}[1 + venue]] AS event_card_systems,
    concat(leftPad(toString(organizer_number), 8, '0'), '-0000-4000-9000-000000000000') AS organizer, '' AS location,
    if(day < {mergedOn:Array(Date)}[1 + venue], {nisesBefore:Array(UInt32)}[1 + venue], {nises:Array(UInt32)}[1 + venue]) AS venue_nis,
    if(channel = 'KIOSK', concat('kiosk-', toString(organizer_number)), '') AS device, if(channel = 'KIOSK', '', 'client') AS client,
    multiIf(drawn_kind = 'CHECKIN', 1, drawn_kind = 'REDEMPTION', -5, drawn_kind = 'BONUS', 5, 0) AS points,
    if(drawn_kind = 'CHECKIN', 'DAY', '') AS limit_period,
    if(${drawn(13)} < 0.01, ['LATE'], []) AS flags, '' AS request,
    if(drawn_kind IN ('REDEMPTION', 'GRANT'), concat('reward-', toString(organizer_number % 500 * 4 + if(drawn_kind = 'GRANT', 0, offer % 4))), '') AS reward, 0 AS reward_number,
    if(drawn_kind = 'TICKET_SALE', 'SOCIALTARIFF', '') AS tariff, '' AS label,
    if(drawn_kind = 'TICKET_SALE', regular, 0) AS regular_price, if(drawn_kind = 'TICKET_SALE', toUInt32(regular / 5), 0) AS price,
    if(drawn_kind = 'TICKET_SALE', toUInt32(regular * 2 / 5), 0) AS organizer_share, if(drawn_kind = 'TICKET_SALE', regular - toUInt32(regular / 5) - toUInt32(regular * 2 / 5), 0) AS local_government_share,
    0 AS flemish_government_share, if(drawn_kind = 'TICKET_SALE', 1, 0) AS distribution_key, [] AS takes
FROM (${KEPT_SQL})`

const ORGANIZER_OF = (number: string) => `concat(leftPad(toString(${number}), 8, '0'), '-0000-4000-9000-000000000000')`
const RECORDED = "toDateTime64('2012-01-01', 3, 'UTC') AS recorded_at, 0 AS sequence, 0 AS lane, 0 AS range"

/** The organizers, each with a kiosk. */
export const ORGANIZERS_SQL = `SELECT ${RECORDED},
    ${ORGANIZER_OF('number')} AS organizer, concat('Organisator ', toString(number)) AS name, '' AS street,
    {postals:Array(String)}[1 + place] AS postal_code, '' AS city, {nises:Array(UInt32)}[1 + place] AS nis,
    [{systems:Array(UInt32)}[1 + place]] AS card_systems, '' AS linked_location
FROM (SELECT number, {organizerPlaces:Array(UInt16)}[1 + number] AS place FROM numbers(length({organizerPlaces:Array(UInt16)})))`

export const KIOSKS_SQL = `SELECT ${RECORDED},
    concat('kiosk-', toString(number)) AS kiosk, kiosk AS name, {systems:Array(UInt32)}[1 + place] AS card_system, 'STABLE' AS release_track,
    [${ORGANIZER_OF('number')}] AS organizers, [] AS location_ids, [] AS location_names, '' AS fixed_event
FROM (SELECT number, {organizerPlaces:Array(UInt16)}[1 + number] AS place FROM numbers(length({organizerPlaces:Array(UInt16)})))`

const STARTS_AT = 'toUnixTimestamp(makeDateTime({year:UInt16}, month, 1 + number % 28, 14, 0, 0)) * 1000'

/** What organizers offer in a year, by the numbers that transactions have: a quarter the whole year, the rest on a day of each month. */
export const EVENTS_SQL = `SELECT
    makeDateTime64({year:UInt16}, 1, 1, 0, 0, 0, 0, 3, 'UTC') AS recorded_at, number AS sequence, 0 AS lane, 0 AS range,
    concat(leftPad(toString(number_of_event), 8, '0'), '-0000-4000-8000-000000000000') AS event, number_of_event AS event_number,
    concat('Activiteit ', toString(number)) AS title, ${ORGANIZER_OF('organizer_number')} AS organizer, '' AS location, '' AS location_name,
    {nises:Array(UInt32)}[1 + place] AS venue_nis,
    ${TYPES}[1 + (organizer_number * 7 + if(offer < 28, 0, offer)) % 12] AS event_type, '' AS event_theme,
    if(
        offer % 4 = 0,
        concat('{"type":"periodic","startDay":"', toString({year:UInt16}), '-01-01","endDay":"', toString({year:UInt16}), '-12-31"}'),
        concat('{"type":"multiple","occurrences":[', arrayStringConcat(arrayMap(
            month -> concat('{"startsAt":', toString(${STARTS_AT}), ',"endsAt":', toString(${STARTS_AT} + 7200000), '}'), range(1, 13)), ','), ']}')
    ) AS calendar,
    'APPROVED' AS workflow_status, 1 AS available, [{systems:Array(UInt32)}[1 + place]] AS card_systems, 'uitpas' AS programme,
    1 AS checkin_points, 1 AS checkin_limit_volume, 'DAY' AS checkin_limit_period, 0 AS ticket_limit_volume, '' AS ticket_limit_period
FROM (
    SELECT
        number, intDiv(number, 40) AS organizer_number, number % 40 AS offer, {organizerPlaces:Array(UInt16)}[1 + organizer_number] AS place,
        toUInt32(({year:UInt16} - 2000) * 1000000 + number) AS number_of_event
    FROM numbers(length({organizerPlaces:Array(UInt16)}) * 40)
)`
