import { IngestService, type IngestServiceOptions } from '../../ingest-service.ts'
import { AMINA, ORGANIZER, OTHER_ORGANIZER, SECRET } from '../../small-registry.ts'

export const REWARDER = 'reward-client'

export const COFFEE = '5687'
export const WEEKLY = '5823'
export const FEW = '5830'
export const ONLINE = '5824'
export const OVER = '5825'
export const ELSEWHERE = '5831'
export const NEIGHBOURS = '5832'
export const AT_OTHER = '5833'
export const WELCOME = '5688'

const ALWAYS = { begin: '2019-01-01T00:00:00+00:00' }

export function reward(id: string, members: object = {}) {
  return {
    id,
    title: `Voordeel ${id}`,
    type: 'POINTS',
    promotionalDescription: 'Eén koffie of thee.',
    publicationPeriod: ALWAYS,
    points: 4,
    categories: ['Eten en drinken'],
    moreInfoURL: 'https://www.uitpas.be/voordelen',
    redeemPeriod: ALWAYS,
    owningCardSystem: { id: 14 },
    organizers: [{ id: ORGANIZER }],
    ...members,
  }
}

export const REWARDS = [
  reward(COFFEE, { title: 'Gratis koffie' }),
  reward(WEEKLY, { redeemConstraint: { volume: 1, period: 'WEEK' }, points: 1 }),
  reward(FEW, { maxAvailableUnits: 2, points: 1 }),
  reward(ONLINE, {
    online: true,
    points: 1,
    redeemInfo: { text: 'Geef de code in', link: 'https://example.org' },
    categories: ['Doen'],
  }),
  reward(OVER, { redeemPeriod: { ...ALWAYS, end: '2020-12-31T22:59:59+00:00' } }),
  reward(ELSEWHERE, { applicableCardSystems: [{ id: 99 }], allCardSystems: false }),
  reward(NEIGHBOURS, { residents: [{ postalCode: '3630' }], points: 1 }),
  reward(AT_OTHER, { organizers: [{ id: OTHER_ORGANIZER }] }),
  reward(WELCOME, { type: 'WELCOME', points: undefined, categories: undefined, grantingPeriod: ALWAYS, maxAvailableUnits: 100 }),
]

/** The small registry with rewards and a client who may do everything with them for one organizer. */
export async function startRewardService(options: IngestServiceOptions = {}): Promise<IngestService> {
  const service = await IngestService.start(options)
  await service.put('rewards', REWARDS)
  const permissions = [
    'REWARDS_READ',
    'REWARDS_WRITE',
    'REWARDS_REDEEM',
    'REWARDS_PASSHOLDERS_READ',
    'CHECKINS_WRITE',
    'PASSES_READ',
  ]
  await service.put('clients', [
    {
      id: REWARDER,
      name: 'Balie',
      secret: SECRET,
      permissions: [{ organizer: { id: ORGANIZER }, permissionDetails: permissions.map((id) => ({ id })) }],
    },
  ])
  return service
}

export async function call(
  service: IngestService,
  request: { method?: 'GET' | 'POST' | 'PUT' | 'DELETE'; url: string; payload?: object; headers?: object; client?: string },
) {
  const { method = 'GET', url, payload, headers, client = REWARDER } = request
  const bearer = await service.bearer(client, SECRET)
  return await service.app.inject({ method, url, headers: { ...bearer, ...headers }, ...(payload && { payload }) })
}

export async function redeem(
  service: IngestService,
  rewardId: string,
  uitpasNumber: string = AMINA.number,
  headers: object = {},
) {
  return await call(service, { method: 'POST', url: '/rewards/redeemed', payload: { rewardId, uitpasNumber }, headers })
}

export async function givePoints(service: IngestService, points: number, id = 'bonus-1', uitpasNumber: string = AMINA.number) {
  await service.put('bonuses', [{ id, uitpasNumber, points, label: 'Beleefpas' }])
}

export async function balance(service: IngestService, uitpasNumber: string = AMINA.number): Promise<number> {
  return (await call(service, { url: `/passes?identifier=${uitpasNumber}` })).json().points
}

export async function unitsTaken(service: IngestService, rewardId: string): Promise<number> {
  return (await call(service, { url: `/rewards/${rewardId}` })).json().unitsTaken
}

export const PROBLEM = 'https://api.publiq.be/probs/uitpas/'
