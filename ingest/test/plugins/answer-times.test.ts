import { ANSWER_GROUPS, type AnswerGroup } from '@zuil/core/contracts/intake'
import Fastify from 'fastify'
import { expect, test } from 'vitest'
import { answerGroupOf, timeAnswers } from '../../src/plugins/answer-times.ts'
import { until } from '../until.ts'

test('every answer of the service is timed to its last byte, and no answer of another server of the process', async () => {
  const timed: [AnswerGroup, number][] = []
  const [app, other] = [Fastify(), Fastify()]
  timeAnswers(app, { answered: (group, ms) => void timed.push([group, ms]) })
  for (const server of [app, other]) server.post('/checkins', async () => ({}))
  try {
    const [address, elsewhere] = await Promise.all([app.listen({ port: 0 }), other.listen({ port: 0 })])
    const begun = performance.now()
    for (const url of [elsewhere, address]) await (await fetch(`${url}/checkins`, { method: 'POST' })).text()
    await until('an answer is timed', () => timed.length > 0)
    expect(timed.map(([group]) => group)).toEqual(['checkins'])
    const [[, ms] = ['', -1]] = timed
    expect(ms).toBeGreaterThan(0)
    expect(ms).toBeLessThanOrEqual(performance.now() - begun)
  } finally {
    await Promise.all([app.close(), other.close()])
  }
})

test.each([
  ['POST', '/checkins', 'checkins'],
  ['DELETE', '/checkins/1', 'checkins'],
  ['POST', '/kiosk-devices/checkins', 'kiosk-checkins'],
  ['POST', '/kiosk-devices/setup', 'others'],
  ['POST', '/passholders/me/checkins', 'self-checkins'],
  ['GET', '/tariffs?eventId=1', 'tariffs'],
  ['POST', '/ticket-sales', 'ticket-sales'],
  ['POST', '/rewards/redeemed', 'redemptions'],
  ['POST', '/batches', 'batches'],
  ['PUT', '/registry/passholders', 'registry'],
  ['GET', '/passes?identifier=1', 'reads'],
] as const)('%s %s is counted as %s', (method, url, group) => {
  expect(ANSWER_GROUPS).toContain(group)
  expect(answerGroupOf(method, url)).toBe(group)
})
