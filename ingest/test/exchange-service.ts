import { setImmediate as turn } from 'node:timers/promises'
import { PERMISSIONS } from '@zuil/core'
import { IngestService } from './ingest-service.ts'
import { reward } from './routes/rewards/reward-service.ts'
import { AMINA, event, GROUP, ORGANIZER, OTHER_ORGANIZER, PLACE, passholder, SECRET } from './small-registry.ts'
import { until } from './until.ts'

/** May do everything, for {@link ORGANIZER} only. */
export const TELLER = 'teller-client'
/** One ticket a week for each person. */
export const PLAY = '1c0098e7-8860-45ea-9333-0000000000b1'
/** Without limits. */
export const MUSEUM = '1c0098e7-8860-45ea-9333-0000000000b2'
/** Of {@link OTHER_ORGANIZER}, at the place of {@link ORGANIZER}. */
export const GUEST_PLAY = '1c0098e7-8860-45ea-9333-0000000000b3'
/** Of a card system that nobody is a member of. */
export const FAR_AWAY = '1c0098e7-8860-45ea-9333-0000000000b4'
/** Of the other organizer, somewhere else. */
export const FOREIGN = '1c0098e7-8860-45ea-9333-0000000000b5'

/** Costs 2 points, has 3 units. */
export const MUG = '7001'
/** Costs nothing but a point, again and again, in every card system; owned by the one far away. */
export const COFFEE = '7002'

export const ENTITLED = { status: 'ACTIVE', endDate: '2020-04-30T21:59:59+00:00', inGracePeriod: true }
/** Social tariff suspended. */
export const ELIF = { number: '0919002007723', chip: '04A1B2C3D45E90', id: '9c96f13c-90b4-4253-9e16-000000000009' } as const

const share = (percentage: number) => ({ type: 'PERCENTAGE', percentage })
const splits = [{ sameCity: { participant: share(20), localGovernment: share(40), organizer: share(40) } }]
const weekly = { checkinPoints: 1, checkinLimit: { volume: 1, periodType: 'WEEK' } }
const farAway = event(FAR_AWAY, { title: 'Ver weg', settings: { checkinPoints: 1 } })

/** What tickets and rewards need beside the small registry. */
const EXCHANGES: Readonly<Record<string, readonly object[]>> = {
  'card-systems': [{ id: 5, name: 'UiTPAS Regio Gent', cities: [], permanent: true }],
  'distribution-keys': [
    { id: 141, name: 'Kansentarief', cardSystem: { id: 14 }, kind: 'AUTOMATIC', splits },
    { id: 51, name: 'Kansentarief', cardSystem: { id: 5 }, kind: 'AUTOMATIC', splits },
  ],
  events: [
    event(PLAY, { title: 'Toneel', settings: { ...weekly, passholderTicketLimit: { volume: 1, periodType: 'WEEK' } } }),
    event(MUSEUM, { title: 'Museum', settings: { checkinPoints: 5 } }),
    event(GUEST_PLAY, { title: 'Gastspel', organizer: OTHER_ORGANIZER, place: PLACE, settings: { checkinPoints: 1 } }),
    { ...farAway, uitpas: { ...farAway.uitpas, cardSystems: [{ id: 5, enabled: true }] } },
    event(FOREIGN, { title: 'Zwemmen', organizer: OTHER_ORGANIZER, place: '2bfc6f1a-edb7-4bc3-ac3a-000000000001' }),
  ],
  passholders: [
    passholder(AMINA, { firstName: 'Amina', name: 'El Idrissi', socialTariff: ENTITLED }),
    passholder(ELIF, {
      firstName: 'Elif',
      name: 'Kaya',
      socialTariff: { status: 'SUSPENDED', endDate: '2099-04-30T21:59:59+00:00' },
    }),
  ],
  'group-passes': [
    {
      id: GROUP.id,
      name: 'Jeugdwerking',
      uitpasNumber: GROUP.number,
      chipNumber: GROUP.chip,
      cardStatus: 'ACTIVE',
      cardSystem: { id: 14 },
      address: { postalCode: '3630', city: 'Maasmechelen' },
      socialTariff: { status: 'ACTIVE', totalTicketsPerYear: 3 },
    },
  ],
  rewards: [reward(MUG, { points: 2, maxAvailableUnits: 3 }), reward(COFFEE, { points: 1, owningCardSystem: { id: 5 } })],
  clients: [
    {
      id: TELLER,
      name: TELLER,
      secret: SECRET,
      permissions: [{ organizer: { id: ORGANIZER }, permissionDetails: PERMISSIONS.map((id) => ({ id })) }],
    },
  ],
}

/** The service with a teller who checks in, sells tickets and hands out rewards. */
export async function startExchangeService(services: Parameters<typeof IngestService.start>[0] = {}): Promise<IngestService> {
  const service = await IngestService.start(services)
  for (const [kind, entries] of Object.entries(EXCHANGES)) await service.put(kind, entries)
  return service
}

interface Request {
  readonly payload?: unknown
  readonly headers?: Readonly<Record<string, string>>
  readonly client?: string
}

/** Calls the API as the teller, unless another client is named. */
export async function callAsTeller(service: IngestService, [method, url]: readonly [string, string], request: Request = {}) {
  const { payload, headers, client = TELLER } = request
  const bearer = await service.bearer(client, SECRET)
  // Nothing here waits for a socket, so many calls leave Redis unread, and on a busy machine the registry seems to be behind.
  await turn()
  await until('the registry is up to date', () => service.services.registry.isFresh)
  const reply = await service.app.inject({
    // Methods of the tests are written out in their tables.
    method: method as 'GET' | 'POST' | 'PUT' | 'DELETE',
    url,
    headers: { ...bearer, ...(payload !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(payload !== undefined && { payload: typeof payload === 'string' ? payload : JSON.stringify(payload) }),
  })
  return { status: reply.statusCode, headers: reply.headers, body: reply.body === '' ? undefined : reply.json() }
}
