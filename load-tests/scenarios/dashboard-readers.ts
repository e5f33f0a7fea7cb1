import execution from 'k6/execution'
import type { Options } from 'k6/options'
import { read } from './device.ts'
import { carriers, common, dashboard, promises, rate, seconds } from './settings.ts'
import { visitSomewhere } from './visits.ts'

export { handleSummary } from './summary.ts'

/** Somebody opens the page or a program asks for the figures, so often in a second. */
const READERS_PER_SECOND = 10

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
    readers: {
      executor: 'constant-arrival-rate',
      exec: 'look',
      rate: READERS_PER_SECOND,
      timeUnit: '1s',
      duration: `${seconds}s`,
      ...carriers(READERS_PER_SECOND * 20),
    },
  },
  thresholds: {
    ...promises,
    'http_req_duration{endpoint:checkins}': ['p(99)<150'],
    'http_req_duration{endpoint:kiosk-checkins}': ['p(99)<150'],
    'http_req_duration{endpoint:page}': ['p(99)<1000'],
    'http_req_duration{endpoint:figures}': ['p(99)<500'],
  },
}

export function visit(): void {
  visitSomewhere(execution.scenario.iterationInTest)
}

export function look(): void {
  if (execution.scenario.iterationInTest % 2 === 0) read('page', `${dashboard}/`)
  else read('figures', `${dashboard}/api/v1/now`)
}
