import { describe, expect, test } from 'vitest'
import { noteTicketSale } from '../../src/registry/sold-event.ts'
import { journalOf } from '../journal.ts'
import { hasRedis, RedisServer } from '../redis-server.ts'
import { EVENT, GHENT, type Opened, ORGANIZER, openRegistry } from './builders.ts'

const ID = '5a0967f9-cc06-4c3c-9206-30481a767434'
const SETTINGS = { id: ID, checkinPoints: 3, passholderTicketLimit: { volume: 2, periodType: 'MONTH' } }

async function put(opened: Opened, kind: Parameters<Opened['store']['put']>[0], ...items: readonly unknown[]): Promise<void> {
  const results = await opened.store.put(kind, items)
  expect(results.map(({ ok }) => ok)).toEqual(items.map(() => true))
  await opened.registry.refresh(0)
}

describe.skipIf(!hasRedis)('what the API sets for an event', () => {
  test('changes the event at once and journals it as it is now', async () => {
    await using server = await RedisServer.start()
    await using opened = await openRegistry(server)
    await put(opened, 'organizers', ORGANIZER)
    await put(opened, 'events', EVENT)
    const { number } = opened.registry.event(ID) ?? {}
    await put(opened, 'event-settings', SETTINGS)
    expect(opened.registry.event(ID)).toMatchObject({
      number,
      checkinPoints: 3,
      passholderTicketLimit: { volume: 2, period: 'MONTH' },
      cardSystems: [3, 5],
    })
    expect(opened.registry.event(ID)).not.toHaveProperty('checkinLimit')
    const records = await journalOf(opened.redis)
    expect(records.at(-1)?.text).toContain('"checkinPoints":3')
  })

  test('outlives a later version of the event from UiTdatabank', async () => {
    await using server = await RedisServer.start()
    await using opened = await openRegistry(server)
    await put(opened, 'events', EVENT)
    await put(opened, 'event-settings', SETTINGS)
    await put(opened, 'event-card-systems', { id: ID, cardSystems: [{ id: 14, enabled: true }] })
    const later = { ...EVENT, name: { nl: 'Nieuwe naam' }, uitpas: { settings: { checkinPoints: 9 }, checkinCode: 'NEW' } }
    await put(opened, 'events', later)
    expect(opened.registry.event(ID)).toMatchObject({ title: 'Nieuwe naam', checkinPoints: 3, cardSystems: [14] })
    expect(opened.registry.checkinCodeOf(ID)).toBe('NEW')
  })

  test('surprise 26: card systems may be set before the event is known and hold from its first version on', async () => {
    await using server = await RedisServer.start()
    await using opened = await openRegistry(server)
    const manualDistributionKeys = [
      { id: 412, enabled: true },
      { id: 413, enabled: false },
    ]
    await put(opened, 'event-card-systems', {
      id: ID,
      cardSystems: [
        { id: 26, enabled: false },
        { id: 14, enabled: true, manualDistributionKeys },
      ],
    })
    expect(opened.registry.event(ID)).toBeUndefined()
    await put(opened, 'municipalities', GHENT)
    await put(opened, 'organizers', ORGANIZER)
    await put(opened, 'events', EVENT)
    expect(opened.registry.event(ID)).toMatchObject({ cardSystems: [14], manualKeys: [412] })
  })

  test('is never lost when UiTdatabank sends the event at the same moment', async () => {
    await using server = await RedisServer.start()
    await using opened = await openRegistry(server)
    for (let round = 1; round <= 20; round++) {
      const id = `event-${round}`
      const event = { ...EVENT, '@id': `https://io.uitdatabank.be/event/${id}` }
      await Promise.all([
        opened.store.put('events', [event]),
        opened.store.put('event-settings', [{ id, checkinPoints: round + 1 }]),
        opened.store.put('events', [{ ...event, name: { nl: 'Nieuwe naam' } }]),
        opened.store.put('event-card-systems', [{ id, cardSystems: [{ id: 14, enabled: true }] }]),
      ])
      await opened.registry.refresh(0)
      expect(opened.registry.event(id)).toMatchObject({ checkinPoints: round + 1, cardSystems: [14] })
    }
  })

  test('is refused per entry when it is wrong: a card system that comes twice, a limit of nothing', async () => {
    await using server = await RedisServer.start()
    await using opened = await openRegistry(server)
    const twice = [
      { id: 14, enabled: true },
      { id: 14, enabled: false },
    ]
    const [wrongSystems] = await opened.store.put('event-card-systems', [{ id: ID, cardSystems: twice }])
    const [wrongLimit] = await opened.store.put('event-settings', [
      { id: ID, checkinPoints: 1, checkinLimit: { volume: 0, periodType: 'DAY' } },
    ])
    expect(wrongSystems).toMatchObject({ ok: false, problem: { schemaErrors: [{ jsonPointer: '/cardSystems/1/id' }] } })
    expect(wrongLimit).toMatchObject({ ok: false, problem: { schemaErrors: [{ jsonPointer: '/checkinLimit/volume' }] } })
  })

  test('the first ticket of an event is noted once, whoever sells it', async () => {
    await using server = await RedisServer.start()
    await using opened = await openRegistry(server)
    expect(opened.registry.hasTicketSales(ID)).toBe(false)
    await Promise.all([noteTicketSale(opened, ID.toUpperCase()), noteTicketSale(opened, ID)])
    await opened.registry.refresh(0)
    expect(opened.registry.hasTicketSales(ID)).toBe(true)
    const before = opened.registry.version(0)
    await noteTicketSale(opened, ID)
    await opened.registry.refresh(0)
    expect(opened.registry.version(0)).toBe(before)
  })
})
