import execution from 'k6/execution'
import { Counter } from 'k6/metrics'
import type { Options } from 'k6/options'
import { doorAt, visitorAt } from './people.ts'
import { carriers, common, promises, rate, seconds } from './settings.ts'
import { scanTogether } from './visits.ts'

export { handleSummary } from './summary.ts'

const FAMILY = 4
/** Families in which somebody got the points twice, or not at all. */
const wrong = new Counter('zuil_family_wrong')

export const options: Options = {
  ...common,
  // a phone has all calls under way at once
  batchPerHost: FAMILY + 1,
  scenarios: {
    families: {
      executor: 'constant-arrival-rate',
      exec: 'scan',
      rate,
      timeUnit: '1s',
      duration: `${seconds}s`,
      ...carriers(rate),
    },
  },
  thresholds: { ...promises, zuil_family_wrong: ['count==0'], 'http_req_duration{endpoint:code-checkins}': ['p(99)<150'] },
}

/** Four people, and the first of them is scanned twice in the same moment. */
export function scan(): void {
  const turn = execution.scenario.iterationInTest
  const family = Array.from({ length: FAMILY }, (_, member) => visitorAt(turn * FAMILY + member))
  const [first] = family
  if (!first) return
  const outcomes = scanTogether(doorAt(turn), [...family, first], turn)
  const [once, twice] = [outcomes[0], outcomes[FAMILY]]
  const others = outcomes.slice(1, FAMILY)
  const isRight = (once === 'accepted') !== (twice === 'accepted') && others.every((outcome) => outcome === 'accepted')
  if (!isRight && !outcomes.includes('gave-up')) wrong.add(1)
}
