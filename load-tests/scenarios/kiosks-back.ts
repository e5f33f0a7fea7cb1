import execution from 'k6/execution'
import type { Options } from 'k6/options'
import { doorAt, kioskAt, visitorAt } from './people.ts'
import { carriers, common, promises, rate, seconds } from './settings.ts'
import { checkInAtCounter, tellOffline } from './visits.ts'

export { handleSummary } from './summary.ts'

/** What a kiosk saw in a night and the evening before. */
const SCANS = 200
const NIGHT_MS = 18 * 3_600_000
/** Kiosks that come back in a second. */
const KIOSKS_PER_SECOND = 4
/** Those who check in now are mostly others than those of the night. */
const TONIGHT = 1_000_000

export const options: Options = {
  ...common,
  scenarios: {
    kiosks: {
      executor: 'constant-arrival-rate',
      exec: 'comeBack',
      rate: KIOSKS_PER_SECOND,
      timeUnit: '1s',
      duration: `${seconds}s`,
      ...carriers(KIOSKS_PER_SECOND * 10),
    },
    counters: {
      executor: 'constant-arrival-rate',
      exec: 'checkIn',
      rate,
      timeUnit: '1s',
      duration: `${seconds}s`,
      ...carriers(rate),
    },
  },
  thresholds: {
    ...promises,
    'http_req_duration{endpoint:checkins}': ['p(99)<200'],
    'http_req_duration{endpoint:batches}': ['p(99)<2000'],
  },
}

/** In no order: what was scanned last may be told first. */
export function comeBack(): void {
  const turn = execution.scenario.iterationInTest
  const now = Date.now()
  const scans = Array.from({ length: SCANS }, (_, index) => ({
    visitor: visitorAt(turn * SCANS + index),
    scannedAt: now - Math.floor(Math.random() * NIGHT_MS) - 60_000,
  }))
  tellOffline(kioskAt(turn), scans, turn)
}

export function checkIn(): void {
  const turn = execution.scenario.iterationInTest
  checkInAtCounter(doorAt(turn), visitorAt(TONIGHT + turn), turn)
}
