import execution from 'k6/execution'
import type { Options } from 'k6/options'
import { doorAt, visitorAt } from './people.ts'
import { carriers, common, promises, rate, seconds } from './settings.ts'
import { comeIn } from './visits.ts'

export { handleSummary } from './summary.ts'

export const options: Options = {
  ...common,
  scenarios: {
    libraries: {
      executor: 'constant-arrival-rate',
      exec: 'borrow',
      rate,
      timeUnit: '1s',
      duration: `${seconds}s`,
      ...carriers(rate),
    },
  },
  thresholds: {
    ...promises,
    'http_req_duration{endpoint:checkins}': ['p(99)<100'],
    'http_req_duration{endpoint:kiosk-checkins}': ['p(99)<100', 'p(99.9)<500'],
  },
}

export function borrow(): void {
  const turn = execution.scenario.iterationInTest
  comeIn(doorAt(turn), visitorAt(turn), turn)
}
