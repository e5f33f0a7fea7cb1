import execution from 'k6/execution'
import type { Options } from 'k6/options'
import { carriers, common, promises, rate, seconds } from './settings.ts'
import { visitSomewhere } from './visits.ts'

export { handleSummary } from './summary.ts'

/** The doors open at ten, and at eleven everybody is there. */
export const options: Options = {
  ...common,
  scenarios: {
    pools: {
      executor: 'ramping-arrival-rate',
      exec: 'swim',
      timeUnit: '1s',
      startRate: Math.max(1, Math.round(rate / 10)),
      ...carriers(rate),
      stages: [
        { target: rate, duration: `${Math.ceil(seconds / 2)}s` },
        { target: rate, duration: `${Math.max(1, Math.floor(seconds / 2))}s` },
      ],
    },
  },
  thresholds: {
    ...promises,
    'http_req_duration{endpoint:checkins}': ['p(99)<100'],
    'http_req_duration{endpoint:kiosk-checkins}': ['p(99)<100'],
    'http_req_duration{endpoint:ticket-sales}': ['p(99)<150'],
    'http_req_duration{endpoint:tariffs}': ['p(99)<100'],
  },
}

export function swim(): void {
  visitSomewhere(execution.scenario.iterationInTest)
}
