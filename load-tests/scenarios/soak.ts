import execution from 'k6/execution'
import type { Options } from 'k6/options'
import { carriers, common, promises, rate, seconds } from './settings.ts'
import { visitSomewhere } from './visits.ts'

export { handleSummary } from './summary.ts'

/** Steady: what grows shows in the curves of memory, queues and delay. */
export const options: Options = {
  ...common,
  scenarios: {
    steady: {
      executor: 'constant-arrival-rate',
      exec: 'visit',
      rate,
      timeUnit: '1s',
      duration: `${seconds}s`,
      ...carriers(rate),
    },
  },
  thresholds: {
    ...promises,
    'http_req_duration{endpoint:checkins}': ['p(99)<100'],
    'http_req_duration{endpoint:kiosk-checkins}': ['p(99)<100'],
  },
}

export function visit(): void {
  visitSomewhere(execution.scenario.iterationInTest)
}
