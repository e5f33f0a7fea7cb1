import execution from 'k6/execution'
import { Counter } from 'k6/metrics'
import type { Options } from 'k6/options'
import { SCENARIOS } from './catalogue.ts'
import { buyerAt, doorAt, visitorAt } from './people.ts'
import { carriers, common, promises, rate, seconds } from './settings.ts'
import { buyTicket, redeem } from './visits.ts'

export { handleSummary } from './summary.ts'

const { reward, ticketsMax } = SCENARIOS['ticket-release']
const sold = new Counter('zuil_tickets_sold')
const given = new Counter('zuil_rewards_given')

/** Nobody before noon, everybody at noon. */
export const options: Options = {
  ...common,
  scenarios: {
    noon: { executor: 'constant-arrival-rate', exec: 'want', rate, timeUnit: '1s', duration: `${seconds}s`, ...carriers(rate) },
  },
  thresholds: {
    ...promises,
    zuil_tickets_sold: [`count<=${ticketsMax}`],
    zuil_rewards_given: [`count<=${reward.units}`],
    'http_req_duration{endpoint:ticket-sales}': ['p(99)<150'],
    'http_req_duration{endpoint:redemptions}': ['p(99)<150'],
  },
}

/** Everybody wants the reward; who has a right to kansentarief at the hot event wants a ticket too. */
export function want(): void {
  const turn = execution.scenario.iterationInTest
  const buyer = buyerAt(turn)
  if (buyer && buyTicket(doorAt(0), buyer, turn) === 'accepted') sold.add(1)
  if (redeem(doorAt(turn), visitorAt(turn), turn) === 'accepted') given.add(1)
}
