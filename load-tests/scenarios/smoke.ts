import execution from 'k6/execution'
import type { Options } from 'k6/options'
import { carriers, common, rate, seconds, sparePromises } from './settings.ts'
import { visitSomewhere } from './visits.ts'

export { handleSummary } from './summary.ts'

/** For machines of which nobody knows how fast they are: only that answers come at all. */
export const options: Options = {
  ...common,
  scenarios: {
    people: {
      executor: 'constant-arrival-rate',
      exec: 'visit',
      rate,
      timeUnit: '1s',
      duration: `${seconds}s`,
      ...carriers(rate),
    },
  },
  thresholds: { ...sparePromises, 'http_req_duration{endpoint:checkins}': ['p(99)<5000'] },
}

export function visit(): void {
  visitSomewhere(execution.scenario.iterationInTest)
}
