import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { IngestService } from '../ingest-service.ts'
import { hasRedis } from '../redis-server.ts'
import { AMINA, BRAM, CELINE, EVENT, EVENT_OF_OTHER, EVENT_OVER, SECRET, STRANGER, UNKNOWN_NUMBER } from '../small-registry.ts'

describe.skipIf(!hasRedis)('GET /checkin-status', () => {
  let service: IngestService
  beforeAll(async () => {
    service = await IngestService.start()
  })
  afterAll(async () => await service?.[Symbol.asyncDispose]())

  const status = async (eventId: string, uitpasNumber: string, client?: string) => {
    const headers = client === undefined ? await service.bearer() : await service.bearer(client, SECRET)
    return await service.app.inject({ url: `/checkin-status?eventId=${eventId}&uitpasNumber=${uitpasNumber}`, headers })
  }

  test('allows what a check-in would be accepted for, and leaves no trace', async () => {
    const replies = [await status(EVENT, AMINA.number), await status(EVENT, AMINA.number)]
    expect(replies.map((reply) => [reply.statusCode, reply.json()])).toEqual(replies.map(() => [200, { allowed: true }]))
  })

  test('says why not, in Dutch, when the limit is reached', async () => {
    const payload = { eventId: EVENT, uitpasNumber: BRAM.number }
    await service.app.inject({ method: 'POST', url: '/checkins', headers: await service.bearer(), payload })
    const reply = await status(EVENT, BRAM.number)
    expect([reply.statusCode, reply.json()]).toMatchObject([
      200,
      { allowed: false, endUserMessage: { nl: expect.stringMatching(/maximaal 1 keer per week/) } },
    ])
  })

  test.each([
    ['an event that is over', EVENT_OVER, AMINA.number],
    ['a blocked card', EVENT, CELINE.number],
  ])('says why not for %s', async (_name, event, number) => {
    const reply = await status(event, number)
    expect([reply.statusCode, reply.json()]).toMatchObject([200, { allowed: false, endUserMessage: { nl: expect.any(String) } }])
  })

  test.each([
    ['an unknown event', 'nowhere', AMINA.number, 'event-not-found'],
    ['a number that no card has', EVENT, UNKNOWN_NUMBER, 'passholder-not-found'],
    ['what is no number', EVENT, '123', 'passholder-not-found'],
  ])('answers 404 for %s', async (_name, event, number, slug) => {
    const reply = await status(event, number)
    expect([reply.statusCode, reply.json().status, reply.json().type]).toEqual([
      404,
      404,
      `https://api.publiq.be/probs/uitpas/${slug}`,
    ])
  })

  test('needs the permission for the event', async () => {
    const replies = [await status(EVENT_OF_OTHER, AMINA.number), await status(EVENT, AMINA.number, STRANGER)]
    expect(replies.map((reply) => reply.statusCode)).toEqual([403, 403])
  })

  test('does not exist without its parameters', async () => {
    const reply = await service.app.inject({ url: '/checkin-status', headers: await service.bearer() })
    expect([reply.statusCode, reply.json().type]).toEqual([404, 'https://api.publiq.be/probs/url/not-found'])
  })
})
