import { DAY_MS } from '@zuil/core'
import type { Warehouse } from '../warehouse.ts'

/** A kiosk of the registry, with where it stands. About devices: nothing about who checked in there. */
export interface InstalledKiosk {
  readonly kiosk: string
  readonly name: string
  readonly cardSystem: number
  /** Name of its first location, else of its first organizer; empty where neither is known. */
  readonly venue: string
  /** Of its first organizer; 0 where that is not known. */
  readonly nis: number
  /** Epoch ms of its last check-in within {@link HEARD_DAYS}; 0 when there was none. */
  readonly lastAt: number
}

/** Days that are looked back on for a kiosk. */
export const HEARD_DAYS = 28
/** Twenty times the kiosks of the UiTPAS. */
const KIOSKS_MAX = 20_000

const KIOSKS_SQL = `SELECT installed.kiosk AS kiosk, installed.name AS name, installed.card_system AS cardSystem,
    if(notEmpty(installed.location_names), installed.location_names[1], organizer.name) AS venue,
    organizer.nis AS nis, toUnixTimestamp64Milli(seen.last_at) AS lastAt
FROM kiosks_now AS installed
LEFT JOIN organizers_now AS organizer ON organizer.organizer = installed.organizers[1]
LEFT JOIN (
    SELECT device, max(occurred_at) AS last_at
    FROM transactions FINAL
    PREWHERE occurred_on >= toDate(fromUnixTimestamp64Milli({heardSince:Int64}, 'UTC'))
    WHERE kind = 'CHECKIN' AND device != '' AND occurred_at >= fromUnixTimestamp64Milli({heardSince:Int64}, 'UTC')
    GROUP BY device
) AS seen ON seen.device = installed.kiosk
ORDER BY cardSystem, venue, kiosk
LIMIT {limit:UInt32}`

/** @param now epoch ms */
export function installedKiosks(warehouse: Pick<Warehouse, 'query'>, now: number): Promise<readonly InstalledKiosk[]> {
  const heardSince = now - HEARD_DAYS * DAY_MS
  return warehouse.query<InstalledKiosk>(KIOSKS_SQL, { heardSince, limit: KIOSKS_MAX }, 'installed kiosks')
}
