import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { IngestService } from '../ingest-service.ts'
import { hasRedis } from '../redis-server.ts'
import {
  AMINA,
  CLIENT,
  DEVICE,
  EVENT,
  EVENT_OF_OTHER,
  EVENT_OVER,
  EVENT_UNLIMITED,
  ORGANIZER,
  OTHER_ORGANIZER,
  SECRET,
  STRANGER,
} from '../small-registry.ts'

const UITPAS = 'https://api.publiq.be/probs/uitpas'
const MANAGER = 'manager-client'
const OTHER = 'other-client'
const KIOSK = 'd7c1cde3-9385-4e14-a5d3-3626830b7ee3'
const PERMISSIONS = ['ORGANIZERS_SEARCH', 'KIOSKS_READ', 'KIOSKS_WRITE', 'PERMISSIONS_READ', 'PERMISSIONS_WRITE']

const municipality = (nis: number, name: string, postalCode: string, place: readonly [number, number]) => ({
  nis,
  name,
  postalCodes: [postalCode],
  latitude: place[0],
  longitude: place[1],
  inhabitants: 1,
  inhabitantsYear: 2026,
  mergedFrom: [],
})

describe.skipIf(!hasRedis)('what the registry knows', () => {
  let service: IngestService
  beforeAll(async () => {
    service = await IngestService.start()
    await service.put('municipalities', [
      municipality(44021, 'Gent', '9000', [51.05, 3.72]),
      municipality(35013, 'Oostende', '8400', [51.23, 2.92]),
    ])
    await service.put('card-systems', [
      { id: 5, name: 'UiTPAS Regio Gent', cities: [{ postalCode: '9000', name: 'Gent' }] },
      {
        id: 7,
        name: 'UiTPAS Oostende',
        branding: { primaryColor: '#00f' },
        links: { website: 'https://www.uitpasoostende.be' },
        cities: [{ postalCode: '8400', name: 'Oostende' }],
        cardlessRegistrationType: 'REGULAR',
        citySettings: [{ postalCode: '8400', allowsCardlessRegistration: true, contactEmail: 'uitpas@oostende.be' }],
        membershipPrices: [{ cardType: 'NFC_CARD', price: 4.5, label: 'Kaart', description: 'Een kaart' }],
      },
      { id: 40, name: 'Cirk!', permanent: false },
    ])
    await service.put('clients', [
      {
        id: MANAGER,
        name: MANAGER,
        secret: SECRET,
        permissions: [{ organizer: { id: ORGANIZER }, permissionDetails: PERMISSIONS.map((id) => ({ id })) }],
      },
      {
        id: OTHER,
        name: OTHER,
        secret: SECRET,
        permissions: [{ organizer: { id: OTHER_ORGANIZER }, permissionDetails: PERMISSIONS.map((id) => ({ id })) }],
      },
    ])
  })
  afterAll(async () => await service?.[Symbol.asyncDispose]())

  const call = async (url: string, options: { method?: 'GET' | 'PUT' | 'DELETE'; as?: string; body?: object } = {}) =>
    await service.app.inject({
      method: options.method ?? 'GET',
      url,
      headers: await service.bearer(options.as ?? MANAGER, SECRET),
      ...(options.body && { payload: options.body }),
    })
  const ids = async (url: string) => (await call(url)).json().member.map((member: { readonly id: string | number }) => member.id)

  test.each([
    ['/card-systems', [5, 7, 14]],
    ['/card-systems?permanent=false', [40]],
    ['/card-systems?city=GENT&city=Oostende', [5, 7]],
    ['/card-systems?postalCode=3630', [14]],
    ['/card-systems?city=Gent&postalCode=3630', []],
    ['/card-systems?sort=name', [14, 7, 5]],
    ['/card-systems?sort=-name', [5, 7, 14]],
    ['/card-systems?sort=postalCode&postalCodeSort=8400', [7, 5, 14]],
    ['/card-systems?sort=-postalCode&postalCodeSort=8400', [14, 5, 7]],
    ['/card-systems?start=1&limit=1', [7]],
    ['/card-systems?limit=0', []],
    ['/card-systems/?limit=500', [5, 7, 14]],
  ])('of card systems is paged, filtered and sorted: %s', async (url, expected) => {
    expect(await ids(url)).toEqual(expected)
  })

  test('of one card system is everything that was put', async () => {
    const body = (await call('/card-systems/7')).json()
    expect(body).toEqual({
      id: 7,
      name: 'UiTPAS Oostende',
      branding: { primaryColor: '#00f' },
      links: { website: 'https://www.uitpasoostende.be' },
      cities: [{ postalCode: '8400', name: 'Oostende' }],
      permanent: true,
      cardlessRegistrationType: 'REGULAR',
    })
    const city = { city: 'Oostende', allowsCardlessRegistration: true, contactEmail: 'uitpas@oostende.be' }
    expect((await call('/card-systems/7/city-settings?postalCode=8400')).json()).toEqual([city])
    expect((await call('/card-systems/14/city-settings')).json()).toEqual([])
    expect((await call('/card-systems/7/social-tariff-settings?postalCode=8400')).json()).toEqual({
      postalCode: '8400',
      allowsCardlessRegistration: true,
    })
    expect((await call('/card-systems/7/membership-prices?cardType=DIGITAL')).json()).toEqual([])
    expect((await call('/card-systems/7/membership-prices?cardType=NFC_CARD')).json()).toEqual([
      { price: 4.5, label: 'Kaart', description: 'Een kaart' },
    ])
  })

  test('of card systems is public: the id of a client is enough, no id is not', async () => {
    const [header, query, nobody, unknown] = await Promise.all([
      service.app.inject({ url: '/card-systems/7', headers: { 'x-client-id': STRANGER } }),
      service.app.inject({ url: `/card-systems/7?clientId=${STRANGER}` }),
      service.app.inject({ url: '/card-systems/7' }),
      service.app.inject({ url: '/card-systems/7', headers: { 'x-client-id': 'unknown' } }),
    ])
    expect([header, query, nobody, unknown].map((reply) => reply?.statusCode)).toEqual([200, 200, 401, 401])
  })

  test.each([
    ['/card-systems?limit=501', 400, 'https://api.publiq.be/probs/url/query-limit-exceeded'],
    ['/card-systems?limit=-1', 404, 'https://api.publiq.be/probs/url/not-found'],
    ['/card-systems?sort=size', 404, 'https://api.publiq.be/probs/url/not-found'],
    ['/card-systems?sort=postalCode', 400, `${UITPAS}/postal-code-required`],
    ['/card-systems?sort=postalCode&postalCodeSort=1', 400, `${UITPAS}/invalid-postal-code`],
    ['/card-systems?postalCode=Gent', 400, `${UITPAS}/invalid-postal-code`],
    ['/card-systems/99', 404, `${UITPAS}/cardsystem-not-found`],
    ['/card-systems/Gent', 404, 'https://api.publiq.be/probs/url/not-found'],
    ['/card-systems/99/city-settings', 404, `${UITPAS}/cardsystem-not-found`],
    ['/card-systems/7/city-settings?postalCode=840', 400, `${UITPAS}/invalid-postal-code`],
    ['/card-systems/7/social-tariff-settings?postalCode=9000', 400, `${UITPAS}/postal-code-not-in-card-system`],
    ['/card-systems/7/membership-prices', 404, 'https://api.publiq.be/probs/url/not-found'],
    ['/organizers?groupId=1', 400, `${UITPAS}/group-not-found`],
    ['/organizers?cardSystemId=99', 400, `${UITPAS}/cardsystem-not-found`],
    ['/organizers?limit=501', 400, 'https://api.publiq.be/probs/url/query-limit-exceeded'],
    [`/organizers/${OTHER_ORGANIZER}`, 403, 'https://api.publiq.be/probs/auth/forbidden'],
    [`/kiosks?organizerId=${OTHER_ORGANIZER}`, 403, 'https://api.publiq.be/probs/auth/forbidden'],
    ['/kiosks/unknown', 404, 'https://api.publiq.be/probs/url/not-found'],
    ['/kiosks/unknown/fixed-event', 404, 'https://api.publiq.be/probs/url/not-found'],
    [`/kiosks/${KIOSK}/fixed-event`, 404, `${UITPAS}/event-not-found`],
    ['/permissions/unknown', 404, `${UITPAS}/client-not-found`],
  ])('does not answer %s: %d %s', async (url, status, type) => {
    const reply = await call(url)
    expect([reply.statusCode, reply.json().type]).toEqual([status, type])
  })

  test.each([
    '/organizers',
    `/organizers/${ORGANIZER}`,
    '/kiosks',
    `/kiosks/${KIOSK}`,
    `/kiosks/${KIOSK}/fixed-event`,
    `/permissions/${CLIENT}`,
  ])('is not for a client without the permission: %s', async (url) => {
    expect((await call(url, { as: STRANGER })).statusCode).toBe(403)
  })

  test('of organizers is what the client may search, by name with stars, too', async () => {
    expect(await ids('/organizers')).toEqual([ORGANIZER])
    expect(await ids('/organizers?name=bib*MECHELEN')).toEqual([ORGANIZER])
    expect(await ids('/organizers?name=*ot*eek*')).toEqual([ORGANIZER])
    expect(await ids('/organizers?name=bib')).toEqual([])
    expect(await ids('/organizers?name=bibliotheek maasmechelen&cardSystemId=14')).toEqual([ORGANIZER])
    expect(await ids('/organizers?cardSystemId=5&sort[name]=desc')).toEqual([])
    expect((await call(`/organizers/${ORGANIZER}`)).json()).toMatchObject({
      name: 'Bibliotheek Maasmechelen',
      cardSystems: [{ id: 14, name: 'UiTPAS Maasland' }],
      address: { city: 'Maasmechelen' },
    })
  })

  test('of kiosks is those that are set up, of the organizers of the client', async () => {
    const body = (await call('/kiosks')).json()
    expect(body.totalItems).toBe(2)
    expect(body.member[0]).toMatchObject({ id: KIOSK, name: 'CID-MLS-001', deviceId: DEVICE, releaseTrack: 'stable' })
    expect((await call('/kiosks', { as: OTHER })).json()).toEqual({ totalItems: 0, member: [] })
    expect((await call(`/kiosks/${KIOSK}`, { as: OTHER })).statusCode).toBe(403)
  })

  test('of the event that a kiosk is fixed on is set from afar and read by the kiosk', async () => {
    const url = `/kiosks/${KIOSK}/fixed-event`
    const put = (id: string, as = MANAGER) => call(url, { method: 'PUT', as, body: { id } })
    expect((await put(EVENT_UNLIMITED)).statusCode).toBe(204)
    expect((await call(url)).json()).toMatchObject({ event: { id: EVENT_UNLIMITED, title: 'Altijd' } })
    const own = await service.app.inject({ url: '/kiosk-devices/events', headers: { 'x-custom-token': DEVICE } })
    expect(own.json()).toMatchObject({ event: { id: EVENT_UNLIMITED } })
    expect((await put('unknown')).json()).toMatchObject({ status: 400, type: `${UITPAS}/event-not-found` })
    expect((await put(EVENT_OVER)).json()).toMatchObject({ status: 400, type: `${UITPAS}/event-not-acceptable` })
    expect((await put(EVENT_OF_OTHER)).json()).toMatchObject({ status: 400, type: `${UITPAS}/event-not-acceptable` })
    expect((await put(EVENT, OTHER)).statusCode).toBe(403)
    expect((await call(url, { method: 'DELETE' })).statusCode).toBe(204)
    expect((await call(url, { method: 'DELETE' })).json()).toMatchObject({ status: 404, type: `${UITPAS}/event-not-found` })
  })

  test('of the permissions of a client is replaced as a whole, and its secret stays', async () => {
    const url = '/permissions/stranger-client'
    const put = (body: object) => call(url, { method: 'PUT', body })
    const details = [{ id: 'CHECKINS_WRITE', label: { nl: 'x' }, cardSystemIds: [14] }, { id: 'PASSES_READ' }]
    expect(
      (await put([{ organizer: { id: ORGANIZER, name: 'x' }, permissionDetails: details, linkedOrganizers: [] }])).statusCode,
    ).toBe(204)
    const read = (await call(url)).json()
    expect(read.flatMap(({ permissions }: { permissions: string[] }) => permissions)).toEqual(['CHECKINS_WRITE', 'PASSES_READ'])
    expect(read).toHaveLength(1)
    const mine = await call('/permissions', { as: STRANGER })
    expect(mine.json()).toEqual(read)
    expect((await put([{ organizer: { id: OTHER_ORGANIZER }, permissions: ['TARIFFS_READ'] }])).statusCode).toBe(204)
    expect((await call(url)).json()).toMatchObject([{ organizer: { id: OTHER_ORGANIZER }, permissions: ['TARIFFS_READ'] }])
    expect((await put([])).statusCode).toBe(204)
    expect((await call(url)).json()).toEqual([])
    expect((await call('/permissions/unknown', { method: 'PUT', body: [] })).json().type).toBe(`${UITPAS}/client-not-found`)
    expect((await call(url, { method: 'PUT', as: STRANGER, body: [] })).statusCode).toBe(403)
    expect((await put([{ organizer: { id: 'unknown' } }])).json()).toMatchObject({
      schemaErrors: [{ jsonPointer: '/0/organizer/id' }],
    })
    expect((await put([{ organizer: { id: ORGANIZER }, permissionDetails: [{ id: 'EVERYTHING' }] }])).statusCode).toBe(400)
  })

  test('of organizers that a client reaches through another one stands with that one, and counts', async () => {
    const url = '/permissions/stranger-client'
    const checkIn = async () => {
      const payload = { eventId: EVENT_OF_OTHER, uitpasNumber: AMINA.number }
      const headers = await service.bearer(STRANGER, SECRET)
      return (await service.app.inject({ method: 'POST', url: '/checkins', headers, payload })).statusCode
    }
    const linked = { organizer: { id: OTHER_ORGANIZER }, permissionDetails: [{ id: 'CHECKINS_WRITE' }] }
    const body = [{ organizer: { id: ORGANIZER }, permissionDetails: [{ id: 'CHECKINS_READ' }], linkedOrganizers: [linked] }]
    expect(await checkIn()).toBe(403)
    expect((await call(url, { method: 'PUT', body })).statusCode).toBe(204)
    expect((await call('/permissions', { as: STRANGER })).json()).toMatchObject([
      {
        organizer: { id: ORGANIZER },
        permissions: ['CHECKINS_READ'],
        linkedOrganizers: [
          {
            organizer: { id: OTHER_ORGANIZER, name: 'Sportdienst' },
            permissionDetails: [{ id: 'CHECKINS_WRITE', label: { nl: 'Punten sparen' }, cardSystemIds: [14] }],
          },
        ],
      },
    ])
    expect(await checkIn()).toBe(201)
    const wrong = [{ ...body[0], linkedOrganizers: [{ ...linked, organizer: { id: 'unknown' } }] }]
    expect((await call(url, { method: 'PUT', body: wrong })).json()).toMatchObject({
      schemaErrors: [{ jsonPointer: '/0/linkedOrganizers/0/organizer/id' }],
    })
    await call(url, { method: 'PUT', body: [] })
  })
})
