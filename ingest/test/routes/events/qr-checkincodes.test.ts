import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checkinCode, codeDay } from '../../../src/checkins/checkin-code.ts'
import { IngestService } from '../../ingest-service.ts'
import { hasRedis } from '../../redis-server.ts'
import { EVENT, EVENT_OF_OTHER, EVENT_OVER, event, ORGANIZER, SECRET } from '../../small-registry.ts'

const POSTERS = 'poster-client'
/** Saturday 21 November 2026, 12:00 in Brussels. */
const NOON = Date.parse('2026-11-21T12:00:00+01:00')
const TWO_DAYS = '1c0098e7-8860-45ea-9333-0000000000bb'

describe.skipIf(!hasRedis)('the QR codes of an event', () => {
  let service: IngestService
  let clock = NOON
  beforeAll(async () => {
    service = await IngestService.start({ services: { now: () => clock } })
    const permissions = [{ organizer: { id: ORGANIZER }, permissionDetails: [{ id: 'EVENTS_QR_CHECKINCODE' }] }]
    await service.put('clients', [{ id: POSTERS, name: 'Affiches', secret: SECRET, permissions }])
    const days = { startDate: '2026-12-05T00:00:00+01:00', endDate: '2026-12-06T23:59:59+01:00' }
    await service.put('events', [event(TWO_DAYS, { title: 'Café "De Brug" – dag 2', days })])
  })
  afterAll(async () => await service?.[Symbol.asyncDispose]())

  const link = async (eventId: string, format = 'pdf') =>
    await service.app.inject({
      url: `/events/${eventId}/qr-checkincodes/download-link?format=${format}`,
      headers: await service.bearer(POSTERS, SECRET),
    })
  const download = async (eventId: string, format: string) => {
    const { downloadLink } = (await link(eventId, format)).json()
    const { pathname, search } = new URL(downloadLink)
    return await service.app.inject({ url: `${pathname}${search}` })
  }

  test('come as a PDF with a page for each coming day, at a link that needs no token', async () => {
    const reply = await download(TWO_DAYS, 'pdf')
    expect([reply.statusCode, reply.headers['content-type']]).toEqual([200, 'application/pdf'])
    expect(reply.headers['content-disposition']).toBe('attachment; filename="uitpas-cafe-de-brug-dag-2.pdf"')
    const text = reply.rawPayload.toString('latin1')
    expect(text.startsWith('%PDF-')).toBe(true)
    expect(text.match(/\/Type \/Page\b(?!s)/g)?.length).toBe(2)
  })

  test('come as pictures in a zip, each with the code of its day', async () => {
    const files = unzipSync((await download(TWO_DAYS, 'zip')).rawPayload)
    expect(Object.keys(files)).toEqual(['uitpas-cafe-de-brug-dag-2-2026-12-05.svg', 'uitpas-cafe-de-brug-dag-2-2026-12-06.svg'])
    for (const file of Object.values(files)) expect(strFromU8(file)).toMatch(/^<svg /)
  })

  test('of a permanent event are those of a month', async () => {
    const files = unzipSync((await download(EVENT, 'zip')).rawPayload)
    expect(Object.keys(files).length).toBe(31)
    const today = checkinCode(service.services.secrets, { id: EVENT }, codeDay(NOON))
    expect(today).toMatch(/^[A-Z]{7}$/)
  })

  test('have a link that dies after ten minutes, and that nobody can make up', async () => {
    const { downloadLink } = (await link(EVENT)).json()
    const { pathname, search } = new URL(downloadLink)
    const changed = search.replace('format=pdf', 'format=zip')
    expect((await service.app.inject({ url: `${pathname}${changed}` })).statusCode).toBe(404)
    clock += 10 * 60_000 + 1
    expect((await service.app.inject({ url: `${pathname}${search}` })).statusCode).toBe(404)
    clock = NOON
  })

  test.each([
    ['unknown', 'no-such-event', 404],
    ['over', EVENT_OVER, 404],
    ['of another organizer', EVENT_OF_OTHER, 403],
  ])('are not given for an event that is %s', async (_what, eventId, status) => {
    expect((await link(eventId)).statusCode).toBe(status)
  })

  test('come as pdf or zip and in no other format', async () => {
    expect((await link(EVENT, 'docx')).statusCode).toBe(404)
  })
})
