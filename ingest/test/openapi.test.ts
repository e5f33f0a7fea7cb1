import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PERMISSIONS } from '@zuil/core'
import { Compile } from 'typebox/schema'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { IngestService } from './ingest-service.ts'
import { hasRedis } from './redis-server.ts'
import {
  AMINA,
  BRAM,
  CELINE,
  CLIENT,
  CONFIGURATION_CODE,
  DEVICE,
  EVENT,
  EVENT_OVER,
  EVENT_UNLIMITED,
  ORGANIZER,
  UNKNOWN_NUMBER,
} from './small-registry.ts'

/** The official OpenAPI document is not part of the project; it lies beside a checkout where the contract is worked on. */
const OFFICIAL = join(import.meta.dirname, '..', '..', '..', 'shared', 'reference', 'uitpas-api.json')
const hasOfficial = existsSync(OFFICIAL)

const KIOSK = 'd7c1cde3-9385-4e14-a5d3-3626830b7ee3'

interface Schema {
  readonly [member: string]: unknown
}

interface Operation {
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: Schema }>>; readonly $ref?: string }>
  >
}

interface Official {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
}

/** Each operation with calls that lead to its documented answers. */
const CALLS: readonly (readonly [method: string, path: string, url: string, body: object | undefined, status: number])[] = [
  ['post', '/checkins', '/checkins', { eventId: EVENT_UNLIMITED, uitpasNumber: AMINA.number }, 201],
  ['post', '/checkins', '/checkins', { eventId: EVENT_OVER, uitpasNumber: AMINA.number }, 400],
  ['post', '/checkins', '/checkins', {}, 400],
  ['delete', '/checkins/{checkinId}', '/checkins/unknown', undefined, 404],
  ['get', '/checkin-status', `/checkin-status?eventId=${EVENT}&uitpasNumber=${AMINA.number}`, undefined, 200],
  ['get', '/checkin-status', `/checkin-status?eventId=${EVENT_OVER}&uitpasNumber=${AMINA.number}`, undefined, 200],
  ['get', '/checkin-status', `/checkin-status?eventId=x&uitpasNumber=${AMINA.number}`, undefined, 404],
  ['get', '/passes', `/passes?identifier=${BRAM.number}`, undefined, 200],
  ['get', '/passes', `/passes?identifier=${CELINE.number}`, undefined, 400],
  ['get', '/passes', `/passes?identifier=${UNKNOWN_NUMBER}`, undefined, 404],
  ['get', '/passes/{uitpasNumber}', `/passes/${AMINA.number}`, undefined, 200],
  ['get', '/passes/{uitpasNumber}', `/passes/${CELINE.number}`, undefined, 400],
  ['get', '/passes/{uitpasNumber}', `/passes/${UNKNOWN_NUMBER}`, undefined, 404],
  ['get', '/permissions', '/permissions', undefined, 200],
  ['get', '/permissions/{clientId}', `/permissions/${CLIENT}`, undefined, 200],
  ['put', '/permissions/{clientId}', '/permissions/unknown', [], 404],
  ['get', '/events/{eventId}/settings', `/events/${EVENT}/settings`, undefined, 200],
  ['put', '/events/{eventId}/settings', `/events/${EVENT}/settings`, { id: EVENT, checkinPoints: 1 }, 204],
  ['put', '/events/{eventId}/settings', `/events/${EVENT}/settings`, {}, 400],
  ['get', '/events/{eventId}/card-systems', `/events/${EVENT}/card-systems`, undefined, 200],
  ['put', '/events/{eventId}/card-systems', `/events/${EVENT}/card-systems`, [{ id: 14, enabled: true }], 204],
  ['put', '/events/{eventId}/card-systems', `/events/${EVENT}/card-systems`, [{ id: 99, enabled: true }], 400],
  ['get', '/organizers', '/organizers', undefined, 200],
  ['get', '/organizers/{id}', `/organizers/${ORGANIZER}`, undefined, 200],
  ['get', '/card-systems', '/card-systems', undefined, 200],
  ['get', '/card-systems', '/card-systems?limit=501', undefined, 400],
  ['get', '/card-systems/{cardSystemId}', '/card-systems/14', undefined, 200],
  ['get', '/card-systems/{cardSystemId}', '/card-systems/99', undefined, 404],
  ['get', '/card-systems/{cardSystemId}/city-settings', '/card-systems/14/city-settings', undefined, 200],
  [
    'get',
    '/card-systems/{cardSystemId}/social-tariff-settings',
    '/card-systems/14/social-tariff-settings?postalCode=3630',
    undefined,
    200,
  ],
  [
    'get',
    '/card-systems/{cardSystemId}/membership-prices',
    '/card-systems/14/membership-prices?cardType=DIGITAL',
    undefined,
    200,
  ],
  ['get', '/kiosks', '/kiosks', undefined, 200],
  ['put', '/kiosks/{kioskId}/fixed-event', `/kiosks/${KIOSK}/fixed-event`, { id: EVENT }, 204],
  ['get', '/kiosks/{kioskId}/fixed-event', `/kiosks/${KIOSK}/fixed-event`, undefined, 200],
  ['delete', '/kiosks/{kioskId}/fixed-event', `/kiosks/${KIOSK}/fixed-event`, undefined, 204],
  ['get', '/kiosks/{kioskId}/fixed-event', `/kiosks/${KIOSK}/fixed-event`, undefined, 404],
  ['get', '/kiosk-devices', '/kiosk-devices', undefined, 200],
  ['put', '/kiosk-devices/setup', '/kiosk-devices/setup', { name: 'CID-MLS-004', deviceId: 'new' }, 200],
  ['put', '/kiosk-devices/setup', '/kiosk-devices/setup', { name: 'CID-MLS-004', deviceId: 'new' }, 400],
  ['put', '/kiosk-devices/events', '/kiosk-devices/events', { id: EVENT }, 204],
  ['put', '/kiosk-devices/events', '/kiosk-devices/events', { id: EVENT_OVER }, 400],
  ['get', '/kiosk-devices/events', '/kiosk-devices/events', undefined, 200],
  ['get', '/kiosk-devices/checkins', '/kiosk-devices/checkins', undefined, 200],
  ['post', '/kiosk-devices/checkins', '/kiosk-devices/checkins', { chipNumber: BRAM.chip }, 200],
  ['post', '/kiosk-devices/checkins', '/kiosk-devices/checkins', { chipNumber: CELINE.chip }, 400],
  ['delete', '/kiosk-devices/events', '/kiosk-devices/events', undefined, 204],
  ['get', '/kiosk-devices/events', '/kiosk-devices/events', undefined, 404],
  ['get', '/kiosk-devices/chip-numbers/{chipNumber}', `/kiosk-devices/chip-numbers/${BRAM.chip}`, undefined, 200],
  ['get', '/kiosk-devices/chip-numbers/{chipNumber}', `/kiosk-devices/chip-numbers/${CELINE.chip}`, undefined, 400],
  ['get', '/kiosk-devices/chip-numbers/{chipNumber}', '/kiosk-devices/chip-numbers/00', undefined, 404],
]

describe.skipIf(!hasRedis || !hasOfficial)(
  'the official OpenAPI document (skipped where it does not lie beside the checkout)',
  () => {
    let service: IngestService
    let official: Official
    beforeAll(async () => {
      service = await IngestService.start()
      const permissionDetails = PERMISSIONS.map((id) => ({ id }))
      await service.put('clients', [
        { id: CLIENT, name: CLIENT, permissions: [{ organizer: { id: ORGANIZER }, permissionDetails }] },
      ])
      official = JSON.parse(readFileSync(OFFICIAL, 'utf8'))
    })
    afterAll(async () => await service?.[Symbol.asyncDispose]())

    test.each(CALLS)('has %s %s answered as documented: %s', async (method, path, url, body, status) => {
      const reply = await service.app.inject({
        method: method.toUpperCase() as 'GET',
        url,
        headers: { ...(await service.bearer()), 'x-custom-token': path.endsWith('/setup') ? CONFIGURATION_CODE : DEVICE },
        ...(body && { payload: body }),
      })
      expect(reply.statusCode).toBe(status)
      const documented = official.paths[path]?.[method]?.responses[status]
      expect(documented).toBeDefined()
      const [mediaType, content] = Object.entries(documented?.content ?? {})[0] ?? []
      if (status < 400 && content) {
        expect(reply.headers['content-type']).toContain(mediaType)
        const pointer = `#/paths/${encode(path)}/${method}/responses/${status}/content/${encode(String(mediaType))}/schema`
        const { paths, components } = official
        const [isValid, faults] = Compile({ paths, components, $ref: pointer }).Errors(reply.json())
        expect([isValid, faults]).toEqual([true, []])
      }
      if (status >= 400) {
        expect(reply.headers['content-type']).toBe('application/problem+json')
        expect(reply.json()).toMatchObject({ type: expect.stringMatching(/^https:/), title: expect.any(String), status })
      }
    })

    test('documents every operation that is called here', () => {
      const operations = new Set(CALLS.map(([method, path]) => `${method} ${path}`))
      expect([...operations].filter((name) => !official.paths[name.split(' ')[1] ?? '']?.[name.split(' ')[0] ?? ''])).toEqual([])
    })
  },
)

describe.skipIf(!hasRedis)('our OpenAPI document', () => {
  test('has every operation with its answers, and the page that shows it takes nothing from elsewhere', async () => {
    await using service = await IngestService.start()
    const document = (await service.app.inject({ url: '/docs/json' })).json()
    const page = await service.app.inject({ url: '/docs/' })
    const paths = new Set(Object.keys(document.paths).map((path) => path.replace(/\/$/, '')))
    for (const [, path] of CALLS) expect(paths).toContain(path)
    for (const path of ['/batches', '/receipts/{receiptId}', '/registry/{kind}', '/health/ready']) expect(paths).toContain(path)
    expect(Object.keys(document.paths['/checkins'])).toContain('post')
    expect(Object.keys(document.paths['/checkins'].post.responses)).toContain('201')
    expect(page.statusCode).toBe(200)
    expect(page.headers['content-security-policy']).toContain("default-src 'none'")
    expect(page.body).not.toMatch(/(?:src|href)="(?:https?:)?\/\//)
  })
})

/** A part of a JSON pointer. */
function encode(part: string): string {
  return part.replaceAll('~', '~0').replaceAll('/', '~1')
}
