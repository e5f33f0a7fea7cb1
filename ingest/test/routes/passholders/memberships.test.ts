import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { IngestService } from '../../ingest-service.ts'
import { hasRedis } from '../../redis-server.ts'
import { AMINA, BRAM, GROUP, ORGANIZER, OTHER_ORGANIZER, SECRET } from '../../small-registry.ts'

const KSB = 'ksb-client'
const COUNTER_ONLY = 'counter-without-social-tariff'

describe.skipIf(!hasRedis)('the preview of a membership', () => {
  let service: IngestService
  beforeAll(async () => {
    service = await IngestService.start({ services: { now: () => Date.parse('2026-11-21T12:00:00+01:00') } })
    await service.put('card-systems', [
      { id: 27, name: 'UiTPAS Elders', cities: [{ postalCode: '9300', name: 'Aalst' }], permanent: true },
    ])
    const granted = (ids: readonly string[]) => [
      { organizer: { id: ORGANIZER }, permissionDetails: ids.map((id) => ({ id })) },
      { organizer: { id: OTHER_ORGANIZER }, permissionDetails: [{ id: 'PASSHOLDERS_WRITE', cardSystemIds: [27] }] },
    ]
    await service.put('clients', [
      { id: KSB, name: 'KSB', secret: SECRET, permissions: granted(['PASSHOLDERS_WRITE', 'PASSHOLDERS_WRITE_SOCIALTARIFF']) },
      { id: COUNTER_ONLY, name: 'Balie', secret: SECRET, permissions: granted(['PASSHOLDERS_WRITE']) },
    ])
  })
  afterAll(async () => await service?.[Symbol.asyncDispose]())

  interface Asked {
    readonly id?: string
    readonly cardSystem?: string
    readonly organizer?: string
    readonly socialTariff?: string
    readonly client?: string
  }
  const preview = async (asked: Asked = {}) => {
    const { id = AMINA.id, cardSystem = '14', organizer = ORGANIZER, socialTariff = 'false', client = KSB } = asked
    const reply = await service.app.inject({
      url: `/passholders/${id}/memberships/${cardSystem}?socialTariff=${socialTariff}&organizerId=${organizer}`,
      headers: await service.bearer(client),
    })
    return [reply.statusCode, reply.json()]
  }

  test('says that there is one like it', async () => {
    expect(await preview()).toEqual([200, { type: 'NOT_POSSIBLE', addressChangeRequired: false }])
  })

  test('says which one a right to the social tariff replaces, and until when it would hold', async () => {
    expect(await preview({ socialTariff: 'true' })).toEqual([
      200,
      {
        type: 'REPLACE_MEMBERSHIP',
        socialTariffEndDate: '2027-04-30',
        addressChangeRequired: false,
        replacedMembership: expect.objectContaining({ uitpasNumber: AMINA.number, status: 'ACTIVE' }),
      },
    ])
    const [, body] = await preview({ id: BRAM.id, socialTariff: 'true' })
    expect(body).toMatchObject({ type: 'REPLACE_MEMBERSHIP', replacedMembership: { socialTariff: { status: 'EXPIRED' } } })
  })

  const not = 'https://api.publiq.be/probs/uitpas'
  test.each([
    ['an organizer that nobody knows', { organizer: 'nobody' }, 400, `${not}/organizer-not-found`],
    ['a card system that nobody knows', { cardSystem: '99' }, 404, `${not}/cardsystem-not-found`],
    ['a card system that is no number', { cardSystem: 'x' }, 404, 'https://api.publiq.be/probs/url/not-found'],
    ['a passholder that nobody knows', { id: 'nobody' }, 404, `${not}/passholder-not-found`],
    ['a group', { id: GROUP.id }, 404, `${not}/passholder-not-found`],
    [
      'a card system that the organizer is not in',
      { cardSystem: '27', organizer: OTHER_ORGANIZER },
      400,
      `${not}/passholder-new-membership-error`,
    ],
    ['an answer that is neither yes nor no', { socialTariff: '1' }, 404, 'https://api.publiq.be/probs/url/not-found'],
    [
      'a card system that the permission does not hold in',
      { organizer: OTHER_ORGANIZER },
      403,
      'https://api.publiq.be/probs/auth/forbidden',
    ],
    [
      'the social tariff without its permission',
      { client: COUNTER_ONLY, socialTariff: 'true' },
      403,
      'https://api.publiq.be/probs/auth/forbidden',
    ],
  ])('for %s is refused', async (_what, asked, status, type) => {
    const [answered, body] = await preview(asked)
    expect([answered, body.type]).toEqual([status, type])
  })
})

describe.skipIf(!hasRedis)('a group pass', () => {
  test('is shown without its name to who only says the id of a client, and not often', async () => {
    await using service = await IngestService.start({ services: { now: () => 1_795_000_000_000 } })
    await service.put('clients', [
      {
        id: 'page',
        name: 'Page',
        permissions: [{ organizer: { id: ORGANIZER }, permissionDetails: [{ id: 'GROUPPASSES_SEARCH' }] }],
      },
      { id: 'other-page', name: 'Page', permissions: [] },
    ])
    const ask = (id: string) =>
      service.app.inject({ url: `/grouppasses?uitpasNumber=${GROUP.number}`, headers: { 'x-client-id': id } })
    const reply = await ask('page')
    expect([reply.statusCode, reply.json().totalItems]).toEqual([200, 1])
    expect(Object.keys(reply.json().member[0]).sort()).toEqual(['cardStatus', 'cardSystem', 'id', 'uitpasNumber'])
    expect((await ask('other-page')).statusCode).toBe(403)
    expect((await ask('nobody')).statusCode).toBe(401)
    const byId = await service.app.inject({ url: `/grouppasses/${GROUP.id}`, headers: { 'x-client-id': 'page' } })
    expect(byId.statusCode).toBe(401)
    const statuses = []
    for (let n = 0; n < 25; n++) statuses.push((await ask('page')).statusCode)
    expect(statuses.at(-1)).toBe(429)
  })
})
