import type { CommitItem } from '@zuil/core'
import { laneOf } from '@zuil/core/contracts/redis-keys'
import { expect, test } from 'vitest'
import { LedgerError } from '../../src/ledger/ledger-error.ts'
import type { Services } from '../../src/services.ts'
import { IngestService } from '../ingest-service.ts'
import { hasRedis } from '../redis-server.ts'
import { AMINA, BRAM, event, ORGANIZER, passholder, SECRET } from '../small-registry.ts'
import { balance, call, FEW, givePoints, REWARDER, redeem, reward, unitsTaken, WELCOME } from './rewards/reward-service.ts'

const LANES = 3
const EVENT = '1c0098e7-8860-45ea-9333-0000000000a1'
const ENTITLED = { status: 'ACTIVE', endDate: '2099-04-30T21:59:59+00:00' }
const share = (percentage: number) => ({ type: 'PERCENTAGE', percentage })
const KEY = {
  id: 141,
  name: 'Kansentarief 20/80',
  cardSystem: { id: 14 },
  kind: 'AUTOMATIC',
  splits: [{ sameCity: { participant: share(20), organizer: share(80) } }],
}

async function start(services: Partial<Services> = {}): Promise<IngestService> {
  const service = await IngestService.start({ config: { lanes: LANES }, services })
  await service.put('distribution-keys', [KEY])
  await service.put('events', [
    event(EVENT, {
      title: 'Toneel',
      settings: { checkinPoints: 1, passholderTicketLimit: { volume: 1, periodType: 'WEEK' } },
    }),
  ])
  const people = [AMINA, BRAM].map((who) => passholder(who, { firstName: 'A', name: 'B', socialTariff: ENTITLED }))
  await service.put('passholders', people)
  const permissions = ['REWARDS_READ', 'REWARDS_REDEEM', 'PASSES_READ', 'TARIFFS_READ', 'TICKETSALES_REGISTER']
  const permissionDetails = permissions.map((id) => ({ id }))
  await service.put('clients', [
    { id: REWARDER, name: 'Balie', secret: SECRET, permissions: [{ organizer: { id: ORGANIZER }, permissionDetails }] },
  ])
  return service
}

const tickets = (...numbers: readonly string[]) =>
  numbers.map((uitpasNumber) => ({ tariff: { id: 'SOCIALTARIFF' }, uitpasNumber, eventId: EVENT, regularPrice: '12.00' }))

const sell = async (service: IngestService, ...numbers: readonly string[]) =>
  await call(service, { method: 'POST', url: '/ticket-sales', payload: tickets(...numbers) })

const cancel = async (service: IngestService, url: string) => (await call(service, { method: 'DELETE', url })).statusCode

test.skipIf(!hasRedis)('tickets for holders of several lanes are sold together, and each is cancelled by itself', async () => {
  await using service = await start()
  const lanes = [AMINA, BRAM].map(({ number }) =>
    laneOf(service.services.registry.byUitpasNumber(number)?.holder?.number ?? 0, LANES),
  )
  expect(new Set(lanes).size).toBe(2)
  const sold = await sell(service, AMINA.number, BRAM.number)
  expect([sold.statusCode, sold.headers['zuil-receipt']]).toEqual([200, expect.stringMatching(`^${lanes[0]}\\.`)])
  const [, second] = sold.json()
  expect((await sell(service, BRAM.number)).json()).toMatchObject({ status: 400, jsonPointer: '/0' })
  const voided = await call(service, { method: 'DELETE', url: `/ticket-sales/${second.id}` })
  // In the lane of the sale, although its holder is of another one.
  expect([voided.statusCode, voided.headers['zuil-receipt']]).toEqual([204, expect.stringMatching(`^${lanes[0]}\\.`)])
  expect(await cancel(service, `/ticket-sales/${second.id}`)).toBe(404)
  expect((await sell(service, BRAM.number, AMINA.number)).json()).toMatchObject({ status: 400, jsonPointer: '/1' })
  expect((await sell(service, BRAM.number)).statusCode).toBe(200)
})

test.skipIf(!hasRedis)('a reward with few units is given out over lanes, given back and granted', async () => {
  await using service = await start()
  await service.put('rewards', [
    reward(FEW, { maxAvailableUnits: 1, points: 1 }),
    reward(WELCOME, {
      type: 'WELCOME',
      points: undefined,
      categories: undefined,
      grantingPeriod: { begin: '2019-01-01T00:00:00+00:00' },
      maxAvailableUnits: 1,
    }),
  ])
  const people = [AMINA, BRAM]
  for (const { number } of people) await givePoints(service, 2, `bonus-${number}`, number)
  const replies = await Promise.all(people.map(({ number }) => redeem(service, FEW, number)))
  expect(replies.map(({ statusCode }) => statusCode).sort()).toEqual([201, 400])
  expect(await unitsTaken(service, FEW)).toBe(1)
  const refused = people[replies.findIndex(({ statusCode }) => statusCode === 400)]?.number
  const given = replies.find(({ statusCode }) => statusCode === 201)?.json().id
  expect(await cancel(service, `/rewards/redeemed/${given}`)).toBe(204)
  expect(await unitsTaken(service, FEW)).toBe(0)
  expect((await redeem(service, FEW, refused)).statusCode).toBe(201)
  const balances = await Promise.all(people.map(({ number }) => balance(service, number)))
  expect(balances.sort()).toEqual([1, 2])

  await service.put(
    'passholders',
    people.map((who) => passholder(who, { firstName: 'A', name: 'B' })),
  )
  expect(await unitsTaken(service, WELCOME)).toBe(1)
})

test.skipIf(!hasRedis)('a sale is decided on what the registry shows of every lane that its holders are in', async () => {
  const items: CommitItem[] = []
  const ledger: Services['ledger'] = {
    health: { ready: true, reason: '', waiting: 0 },
    commit: (all) => {
      items.push(...all)
      return Promise.reject(new LedgerError('unavailable', 'Only looked at'))
    },
  }
  await using service = await start({ ledger })
  expect((await sell(service, AMINA.number, BRAM.number)).statusCode).toBe(503)
  const { registry } = service.services
  const [amina = 0, bram = 0] = [AMINA, BRAM].map(({ number }) => registry.byUitpasNumber(number)?.holder?.number)
  const other = laneOf(bram, LANES)
  expect(items).toMatchObject([
    {
      owner: amina,
      entities: expect.arrayContaining([`holder/${amina}`, `holder/${bram}`]),
      registryVersion: registry.version(laneOf(amina, LANES)),
      furtherVersions: [{ lane: other, registryVersion: registry.version(other) }],
    },
  ])
})
