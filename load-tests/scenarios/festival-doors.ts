import execution from 'k6/execution'
import type { Options } from 'k6/options'
import { doorAt, doors, visitorAt } from './people.ts'
import { carriers, common, promises, rate, seconds } from './settings.ts'
import { checkInAtCounter } from './visits.ts'

export { handleSummary } from './summary.ts'

/** From a quiet afternoon to twenty times as many, within a minute or a quarter of the run. */
const QUIET_SHARE = 1 / 20
const CLIMB_SECONDS = Math.min(60, Math.ceil(seconds / 4))
const QUIET_SECONDS = Math.ceil(seconds / 10)
const quiet = Math.max(1, Math.round(rate * QUIET_SHARE))

export const options: Options = {
  ...common,
  scenarios: {
    doors: {
      executor: 'ramping-arrival-rate',
      exec: 'arrive',
      timeUnit: '1s',
      startRate: quiet,
      ...carriers(rate),
      stages: [
        { target: quiet, duration: `${QUIET_SECONDS}s` },
        { target: rate, duration: `${CLIMB_SECONDS}s` },
        { target: rate, duration: `${Math.max(1, seconds - QUIET_SECONDS - CLIMB_SECONDS)}s` },
      ],
    },
  },
  thresholds: { ...promises, 'http_req_duration{endpoint:checkins}': ['p(99)<100'] },
}

/** Every visitor comes to every door once, before anybody comes again. */
export function arrive(): void {
  const turn = execution.scenario.iterationInTest
  checkInAtCounter(doorAt(turn), visitorAt(Math.floor(turn / doors.length)), turn)
}
