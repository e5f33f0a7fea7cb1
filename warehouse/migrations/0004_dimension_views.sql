-- The dimensions as they are now, and as they were: valid_to is exclusive, the last row of an entity is valid to 2299-12-31.
-- A merge may not have happened yet, hence FINAL: a change that was loaded twice is one row.

CREATE VIEW IF NOT EXISTS holders_now AS
SELECT * FROM holders FINAL
ORDER BY holder, recorded_at DESC, sequence DESC
LIMIT 1 BY holder;

CREATE VIEW IF NOT EXISTS holders_history AS
SELECT
    *,
    recorded_at AS valid_from,
    leadInFrame(recorded_at, 1, toDateTime64('2299-12-31 00:00:00', 3, 'UTC')) OVER (
        PARTITION BY holder ORDER BY recorded_at, sequence
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    ) AS valid_to
FROM holders FINAL;

CREATE VIEW IF NOT EXISTS events_now AS
SELECT * FROM events FINAL
ORDER BY event, recorded_at DESC, sequence DESC
LIMIT 1 BY event;

CREATE VIEW IF NOT EXISTS events_history AS
SELECT
    *,
    recorded_at AS valid_from,
    leadInFrame(recorded_at, 1, toDateTime64('2299-12-31 00:00:00', 3, 'UTC')) OVER (
        PARTITION BY event ORDER BY recorded_at, sequence
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    ) AS valid_to
FROM events FINAL;

CREATE VIEW IF NOT EXISTS organizers_now AS
SELECT * FROM organizers FINAL
ORDER BY organizer, recorded_at DESC, sequence DESC
LIMIT 1 BY organizer;

CREATE VIEW IF NOT EXISTS organizers_history AS
SELECT
    *,
    recorded_at AS valid_from,
    leadInFrame(recorded_at, 1, toDateTime64('2299-12-31 00:00:00', 3, 'UTC')) OVER (
        PARTITION BY organizer ORDER BY recorded_at, sequence
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    ) AS valid_to
FROM organizers FINAL;

CREATE VIEW IF NOT EXISTS card_systems_now AS
SELECT * FROM card_systems FINAL
ORDER BY card_system, recorded_at DESC, sequence DESC
LIMIT 1 BY card_system;

CREATE VIEW IF NOT EXISTS card_systems_history AS
SELECT
    *,
    recorded_at AS valid_from,
    leadInFrame(recorded_at, 1, toDateTime64('2299-12-31 00:00:00', 3, 'UTC')) OVER (
        PARTITION BY card_system ORDER BY recorded_at, sequence
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    ) AS valid_to
FROM card_systems FINAL;

CREATE VIEW IF NOT EXISTS municipalities_now AS
SELECT * FROM municipalities FINAL
ORDER BY nis, recorded_at DESC, sequence DESC
LIMIT 1 BY nis;

CREATE VIEW IF NOT EXISTS municipalities_history AS
SELECT
    *,
    recorded_at AS valid_from,
    leadInFrame(recorded_at, 1, toDateTime64('2299-12-31 00:00:00', 3, 'UTC')) OVER (
        PARTITION BY nis ORDER BY recorded_at, sequence
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    ) AS valid_to
FROM municipalities FINAL;

CREATE VIEW IF NOT EXISTS kiosks_now AS
SELECT * FROM kiosks FINAL
ORDER BY kiosk, recorded_at DESC, sequence DESC
LIMIT 1 BY kiosk;

CREATE VIEW IF NOT EXISTS kiosks_history AS
SELECT
    *,
    recorded_at AS valid_from,
    leadInFrame(recorded_at, 1, toDateTime64('2299-12-31 00:00:00', 3, 'UTC')) OVER (
        PARTITION BY kiosk ORDER BY recorded_at, sequence
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    ) AS valid_to
FROM kiosks FINAL;

CREATE VIEW IF NOT EXISTS rewards_now AS
SELECT * FROM rewards FINAL
ORDER BY reward, recorded_at DESC, sequence DESC
LIMIT 1 BY reward;

CREATE VIEW IF NOT EXISTS rewards_history AS
SELECT
    *,
    recorded_at AS valid_from,
    leadInFrame(recorded_at, 1, toDateTime64('2299-12-31 00:00:00', 3, 'UTC')) OVER (
        PARTITION BY reward ORDER BY recorded_at, sequence
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    ) AS valid_to
FROM rewards FINAL;
