import execution from 'k6/execution'
import http from 'k6/http'
import type { Options } from 'k6/options'
import { formatAnswerLine } from './answer-line.ts'
import { doorAt, visitorAt } from './people.ts'
import { api, carriers, common, promises, rate, seconds } from './settings.ts'
import { checkInAtCounter } from './visits.ts'

export { handleSummary } from './summary.ts'

export const options: Options = {
  ...common,
  scenarios: {
    fleet: {
      executor: 'constant-arrival-rate',
      exec: 'reconnect',
      rate,
      timeUnit: '1s',
      duration: `${seconds}s`,
      ...carriers(rate),
    },
  },
  thresholds: {
    ...promises,
    'http_req_duration{endpoint:tokens}': ['p(99)<500'],
    'http_req_duration{endpoint:checkins}': ['p(99)<200'],
  },
}

/** A counter gets a token by the official way, and works with it. */
export function reconnect(): void {
  const turn = execution.scenario.iterationInTest
  const door = doorAt(turn)
  const token = newToken(door.clientId, door.clientSecret)
  if (token !== '') checkInAtCounter({ ...door, token }, visitorAt(turn), turn)
}

function newToken(id: string, secret: string): string {
  const form = { grant_type: 'client_credentials', client_id: id, client_secret: secret }
  const tags = { endpoint: 'tokens', name: 'tokens' }
  const response = http.post(`${api}/realms/uitid/protocol/openid-connect/token`, form, { tags, responseType: 'text' })
  const token = /"access_token":"([^"]+)"/.exec(response.body ?? '')?.[1] ?? ''
  const ms = response.timings.duration
  const outcome = token === '' ? 'unanswered' : 'read'
  const line = { at: Date.now() - Math.round(ms), ms, endpoint: 'tokens', status: response.status, outcome, detail: '' } as const
  console.log(formatAnswerLine(line))
  return token
}
