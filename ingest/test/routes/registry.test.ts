import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { IngestService } from '../ingest-service.ts'
import { hasRedis } from '../redis-server.ts'
import { BRAM, DEVICE, passholder, REGISTRY } from '../small-registry.ts'
import { until } from '../until.ts'

describe.skipIf(!hasRedis)('/registry/{kind}', () => {
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

  const remove = (path: string, authorization = `Bearer ${service.operatorToken}`) =>
    service.app.inject({ method: 'DELETE', url: `/registry/${path}`, headers: { authorization } })

  test('a client that is removed is refused within a second, with the token that it has and with its secret', async () => {
    const id = 'leaves/soon'
    const secret = 'leaving-secret'
    await service.put('clients', [{ id, name: 'Vertrekt', secret, permissions: [] }])
    const headers = await service.bearer(id, secret)
    const ask = async () => (await service.app.inject({ url: '/permissions', headers })).statusCode
    expect(await ask()).toBe(200)
    expect((await remove(`clients/${encodeURIComponent(id)}`)).statusCode).toBe(204)
    await until('the token is refused', async () => (await ask()) === 401, 1_000)
    const token = await service.app.inject({
      method: 'POST',
      url: '/realms/uitid/protocol/openid-connect/token',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ grant_type: 'client_credentials', client_id: id, client_secret: secret }).toString(),
    })
    expect(token.statusCode).toBe(401)
  })

  test('what cannot be removed, is not there or is not a kind is said as such, and only the operator removes', async () => {
    const { authorization } = await service.bearer()
    const replies = await Promise.all([
      remove('events/x'),
      remove('clients/nobody'),
      remove('secrets/x'),
      remove('clients/test-client', authorization),
      remove('clients/test-client', ''),
    ])
    expect(replies.map((reply) => reply.statusCode)).toEqual([405, 404, 404, 401, 401])
    expect(replies[0]?.json()).toMatchObject({ title: 'Method not allowed', detail: expect.stringContaining('events') })
  })
})
