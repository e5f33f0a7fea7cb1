import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { IngestService } from '../ingest-service.ts'
import { hasRedis } from '../redis-server.ts'
import { BRAM, DEVICE, passholder, REGISTRY } from '../small-registry.ts'

describe.skipIf(!hasRedis)('PUT /registry/{kind}', () => {
  let service: IngestService
  beforeAll(async () => {
    service = await IngestService.start()
  })
  afterAll(async () => await service?.[Symbol.asyncDispose]())

  const put = (kind: string, payload: unknown, authorization = `Bearer ${service.operatorToken}`) =>
    service.app.inject({
      method: 'PUT',
      url: `/registry/${kind}`,
      headers: { authorization, 'content-type': 'application/json' },
      payload: JSON.stringify(payload),
    })

  test('takes one entry or many, and says for each whether it changed anything', async () => {
    const one = await put('passholders', passholder(BRAM, { firstName: 'Bram', name: 'Janssens' }))
    const again = await put('passholders', [passholder(BRAM, { firstName: 'Bram', name: 'Janssens' }), { id: 'x' }])
    expect(one.json()).toEqual({ results: [{ index: 0, ok: true, changed: true }] })
    expect(again.json().results).toMatchObject([
      { index: 0, ok: true, changed: false },
      { index: 1, ok: false, problem: { code: 'body/invalid-data', schemaErrors: expect.arrayContaining([]) } },
    ])
    expect(again.json().results[1].problem.schemaErrors.length).toBeGreaterThan(0)
  })

  test('is for the operator only', async () => {
    const { authorization } = await service.bearer()
    const replies = await Promise.all([put('events', [], authorization), put('events', [], 'Bearer x'), put('events', [], '')])
    const kiosk = await service.app.inject({
      method: 'PUT',
      url: '/registry/events',
      headers: { 'x-custom-token': DEVICE },
      payload: [],
    })
    expect([...replies, kiosk].map((reply) => reply.statusCode)).toEqual([401, 401, 401, 401])
  })

  test('refuses unknown kinds, more than 500 entries and bodies beyond its bound', async () => {
    const replies = await Promise.all([
      put('secrets', {}),
      put(
        'events',
        Array.from({ length: 501 }, () => ({})),
      ),
      put('events', { filler: 'x'.repeat(5_000_000) }),
    ])
    expect(replies.map((reply) => reply.statusCode)).toEqual([404, 400, 413])
  })

  test('changes at once what a client may do', async () => {
    const [client] = REGISTRY.clients
    const headers = await service.bearer()
    const before = await service.app.inject({ url: '/permissions', headers })
    await service.put('clients', [{ ...client, permissions: [] }])
    const after = await service.app.inject({ url: '/permissions', headers })
    expect([before.json().length, after.json().length]).toEqual([1, 0])
  })
})
