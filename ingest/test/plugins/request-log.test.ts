import { Writable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { buildApp } from '../../src/app.ts'
import { IngestService } from '../ingest-service.ts'
import { hasRedis } from '../redis-server.ts'
import { AMINA, DEVICE, EVENT } from '../small-registry.ts'

describe.skipIf(!hasRedis)('the log', () => {
  test('surprise 13: holds no number, token, key, secret or body, whatever goes wrong', async () => {
    await using service = await IngestService.start()
    const lines: string[] = []
    const stream = new Writable({
      write(chunk, _encoding, done) {
        lines.push(String(chunk))
        done()
      },
    })
    const counters = {
      read: async () => {
        throw new Error('counters are broken')
      },
    }
    const services = { ...service.services, counters: Object.assign(Object.create(service.services.counters), counters) }
    const app = await buildApp({ services, logLevel: 'trace', logStream: stream })
    try {
      const { authorization } = await service.bearer()
      const kiosk = { 'x-custom-token': DEVICE }
      const body = { eventId: EVENT, uitpasNumber: AMINA.number }
      const calls = [
        { url: `/passes?identifier=${AMINA.number}`, headers: { authorization } },
        { url: `/passes/${AMINA.number}`, headers: { authorization } },
        { url: `/kiosk-devices/chip-numbers/${AMINA.chip}`, headers: kiosk },
        { url: `/checkin-status?eventId=${EVENT}&uitpasNumber=${AMINA.number}`, headers: { authorization } },
        {
          method: 'POST' as const,
          url: '/checkins',
          headers: { authorization, 'idempotency-key': 'key-of-client' },
          payload: body,
        },
        { url: `/nowhere/${AMINA.number}?insz=87051213311` },
      ]
      const statuses = await Promise.all(calls.map(async (call) => (await app.inject(call)).statusCode))
      const log = lines.join('')
      expect(statuses).toEqual([500, 500, 500, 500, 201, 404])
      expect(log).toContain('counters are broken')
      expect(log).toContain('/passes/:uitpasNumber')
      const secrets = [
        AMINA.number,
        AMINA.chip,
        '87051213311',
        authorization.slice(7),
        DEVICE,
        'key-of-client',
        'Amina',
        'Idrissi',
      ]
      expect(secrets.filter((secret) => log.includes(secret))).toEqual([])
    } finally {
      await app.close()
    }
  })
})
