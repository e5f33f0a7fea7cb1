import execution from 'k6/execution'
import type { Options } from 'k6/options'
import { doors, visitorAt } from './people.ts'
import { common, promises, rate, seconds } from './settings.ts'
import { checkInEverywhere } from './visits.ts'

export { handleSummary } from './summary.ts'

/** From a quiet afternoon to twenty times as many, within a minute or a quarter of the run. */
const QUIET_SHARE = 1 / 20
const CLIMB_SECONDS = Math.min(60, Math.ceil(seconds / 4))
const QUIET_SECONDS = Math.ceil(seconds / 10)
const quiet = Math.max(1, Math.round(rate * QUIET_SHARE))
/**
 * People come in groups, and each of a group to every door: k6 hands over together what comes together, which costs it less than half
 * as much a request, and it shares the machine with what it measures.
 */
const GROUP_MAX = 4
const GROUPS_PER_SECOND_MIN = 50
const group = Math.min(GROUP_MAX, Math.max(1, Math.floor(rate / doors.length / GROUPS_PER_SECOND_MIN)))
const together = group * doors.length
/** Each carries what comes together, on connections of its own; from the start enough for answers of almost half a second at the highest rate. */
const CARRIERS = { preAllocatedVUs: 100, maxVUs: 200 } as const

export const options: Options = {
  ...common,
  batch: together,
  batchPerHost: together,
  scenarios: {
    doors: {
      executor: 'ramping-arrival-rate',
      exec: 'arrive',
      // so that rates are of requests, and not of what comes together
      timeUnit: `${together}s`,
      startRate: quiet,
      ...CARRIERS,
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
  const visitors = Array.from({ length: group }, (_, member) => visitorAt(turn * group + member))
  checkInEverywhere(doors, visitors, turn * together)
}
