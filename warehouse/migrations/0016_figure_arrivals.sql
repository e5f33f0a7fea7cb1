-- Participations of a month by where they were, whoever came: what a municipality's share of the arrivals is divided by.
ALTER TABLE participations ADD PROJECTION IF NOT EXISTS by_destination
(
    SELECT toStartOfMonth(day), evidence, tariff, venue_nis, count()
    GROUP BY toStartOfMonth(day), evidence, tariff, venue_nis
);
ALTER TABLE participations_building ADD PROJECTION IF NOT EXISTS by_destination
(
    SELECT toStartOfMonth(day), evidence, tariff, venue_nis, count()
    GROUP BY toStartOfMonth(day), evidence, tariff, venue_nis
);
ALTER TABLE participations MATERIALIZE PROJECTION by_destination;
