import execution from 'k6/execution'
import type { Options } from 'k6/options'
import { hours } from './people.ts'
import { carriers, common, promises, rate, seconds } from './settings.ts'
import { visitSomewhere } from './visits.ts'

export { handleSummary } from './summary.ts'

const HOUR_SECONDS = Math.max(1, Math.round(seconds / 24))
const perSecond = (hour: number) => Math.max(1, Math.round(rate * (hours[hour] ?? 0)))

/** Each hour of the day is as busy as the rhythm of the population has it. */
export const options: Options = {
  ...common,
  scenarios: {
    day: {
      executor: 'ramping-arrival-rate',
      exec: 'visit',
      timeUnit: '1s',
      startRate: perSecond(0),
      ...carriers(rate),
      stages: hours.map((_, hour) => ({ target: perSecond(hour), duration: `${HOUR_SECONDS}s` })),
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
