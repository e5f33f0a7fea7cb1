import execution from 'k6/execution'
import type { Options } from 'k6/options'
import { carriers, common, rate, seconds, sparePromises } from './settings.ts'
import { visitSomewhere } from './visits.ts'

export { handleSummary } from './summary.ts'

/** Whoever is turned away, or waits, asks on after the others have gone home; how long one waits is told in the curves. */
const LAST_ANSWERS = '120s'

export const options: Options = {
  ...common,
  scenarios: {
    people: {
      executor: 'constant-arrival-rate',
      exec: 'visit',
      rate,
      timeUnit: '1s',
      duration: `${seconds}s`,
      gracefulStop: LAST_ANSWERS,
      ...carriers(rate * 5),
    },
  },
  thresholds: sparePromises,
}

export function visit(): void {
  visitSomewhere(execution.scenario.iterationInTest)
}
