import { type Parsed, parseDay, type RegistryContext, type RegistryKind } from '@zuil/core'
import { parseCardSystem } from '@zuil/core/registry/card-system'
import { parseClient } from '@zuil/core/registry/client'
import { parseCoupon } from '@zuil/core/registry/coupon'
import { parseDistributionKey } from '@zuil/core/registry/distribution-key'
import { eventFromUitdatabank } from '@zuil/core/registry/event'
import { parseKiosk } from '@zuil/core/registry/kiosk'
import { parseMunicipality } from '@zuil/core/registry/municipality'
import { parseOrganizer } from '@zuil/core/registry/organizer'
import { parseGroupPass, parsePassholder } from '@zuil/core/registry/passholder'
import { parseProgramme } from '@zuil/core/registry/programme'
import { parseReward } from '@zuil/core/registry/reward'
import { describe, expect, test } from 'vitest'
import { History } from '../../../population/history/history.ts'
import { distributionKeysOf } from '../../../population/offer/price-book.ts'
import { PREDECESSOR } from '../../../population/place/place.ts'
import { PREDECESSOR_PROGRAMME, PROGRAMMES } from '../../../population/place/programmes.ts'
import { appIdOf } from '../../../population/registry/app.ts'
import { passholderId } from '../../../population/registry/passes.ts'
import { type RegistryEntry, registryEntries } from '../../../population/registry/registry.ts'
import { makeWorld, type World } from '../../../population/world.ts'

const day = (text: string) => parseDay(text) ?? Number.NaN
/** Three regions: one that grew, one with a card for children before the pass, one with the split of its own. */
const REGIONS = ['14', '19', String(PREDECESSOR.replacedBy)]
const UNTIL = day('2026-01-01')
const WORLD = makeWorld({ seed: 3, holders: 1_500, from: day('2024-01-01'), until: UNTIL, regions: REGIONS })
const history = new History(WORLD)
for (const _ of history.days());
const ENTRIES = [...registryEntries(WORLD, history.state, UNTIL)].map((entry): RegistryEntry => JSON.parse(JSON.stringify(entry)))

const context: RegistryContext = {
  nisOf: (postalCode, town) =>
    WORLD.geography.places.find(({ name, postalCodes }) => name === town && postalCodes.includes(postalCode))?.nis ?? 0,
  cardSystemsOf: (id) => WORLD.hosts.find(({ organizer }) => organizer.id === id)?.organizer.cardSystems ?? [],
  programmes: PROGRAMMES,
}

/** What the registry makes of the entries of a kind. */
function parsed<T>(kind: RegistryKind, parse: (document: unknown, context: RegistryContext) => Parsed<T>): readonly T[] {
  return ENTRIES.filter((entry) => entry.kind === kind).map(({ data }) => {
    const result = parse(data, context)
    if (!result.ok) throw new Error(`${kind} ${JSON.stringify(data)}: ${JSON.stringify(result.errors)}`)
    return result.value
  })
}

describe('the registry entries of a population', () => {
  test('give an event a code that stays where no kiosk shows one, each another', () => {
    const kiosks = new Map(WORLD.hosts.map(({ organizer, kiosk }) => [organizer.id, kiosk]))
    const events = parsed('events', eventFromUitdatabank)
    expect(
      events.filter(({ event, checkinCode }) => (kiosks.get(event.organizer) === '') !== (checkinCode !== undefined)),
    ).toEqual([])
    const codes = events.flatMap(({ checkinCode }) => checkinCode ?? [])
    expect(codes.length).toBeGreaterThan(10)
    expect(new Set(codes).size).toBe(codes.length)
  })

  test('name the events of the history, with the same calendars, settings and places', () => {
    const events = parsed('events', eventFromUitdatabank).map(({ event }) => event)
    const wanted = Array.from({ length: WORLD.offers.count }, (_, index) => {
      const { number: _number, ...event } = WORLD.events.event(index)
      return event
    })
    expect(events).toEqual(wanted)
    expect(new Set(events.map(({ calendar }) => calendar.type))).toEqual(new Set(['single', 'multiple', 'periodic', 'permanent']))
  })

  test('say of everybody what decisions in the history saw', () => {
    const people = [...parsed('passholders', parsePassholder), ...parsed('group-passes', parseGroupPass)]
    const byId = new Map(people.map((pass) => [pass.identity.id, pass]))
    expect(byId.size).toBe(WORLD.people.count)
    for (let i = 0; i < WORLD.people.count; i++) {
      const { number: _number, ...holder } = history.state.holder(i, UNTIL)
      expect(byId.get(passholderId(WORLD.options.seed, i))?.holder).toEqual(holder)
    }
  })

  test('give every card that is in use a number of its own, which leads to its holder', () => {
    const people = parsed('passholders', parsePassholder)
    const cards = people.flatMap((pass) => pass.cards)
    expect(new Set(cards.map(({ uitpasNumber }) => uitpasNumber)).size).toBe(cards.length)
    expect(people.every((pass) => pass.cards.filter(({ status }) => status === 'ACTIVE').length === 1)).toBe(true)
    expect(people.every(({ identity }) => identity.uitpasNumber !== '')).toBe(true)
    expect(cards.some(({ status }) => status === 'BLOCKED')).toBe(true)
  })

  test('say of organizers, rewards, keys and coupons what the world has', () => {
    expect(parsed('organizers', parseOrganizer)).toEqual(hostsOf(WORLD).map(({ organizer }) => organizer))
    expect(parsed('rewards', parseReward).map(({ reward }) => reward)).toEqual(
      WORLD.rewards.map(({ number: _number, ...reward }) => reward),
    )
    const keys = WORLD.geography.regions.flatMap(({ id }) => distributionKeysOf(WORLD.book, id))
    expect(parsed('distribution-keys', parseDistributionKey)).toEqual(keys)
    const coupons = parsed('coupons', parseCoupon)
    expect(coupons).toEqual(coupons.map(({ id }) => WORLD.book.coupon(id)))
  })

  test('have the municipalities, the card systems with their members, and the programme before the pass', () => {
    expect(parsed('municipalities', parseMunicipality).map(({ nis }) => nis)).toEqual(
      WORLD.geography.places.map(({ nis }) => nis),
    )
    const systems = parsed('card-systems', parseCardSystem)
    expect(systems.map(({ id }) => id)).toEqual([14, 19, PREDECESSOR.replacedBy, PREDECESSOR.cardSystem])
    expect(systems[0]).toMatchObject({
      name: 'UiTPAS Maasland',
      cities: expect.arrayContaining([{ postalCode: '3620', name: 'Lanaken', nis: 73042 }]),
    })
    expect(parsed('programmes', parseProgramme)).toEqual([PREDECESSOR_PROGRAMME])
    const before = [...registryEntries(WORLD, history.state, day('2019-01-01'))].find(({ data }) => data.id === 14)
    expect(before?.data).toMatchObject({ name: 'UiTPAS Maasmechelen', cities: [{ postalCode: '3630' }, { postalCode: '3631' }] })
  })

  test('let each counter act for its organizer only, and each kiosk stand at its place', () => {
    const all = parsed('clients', parseClient)
    const clients = all.filter(({ client }) => client.id !== appIdOf(WORLD.options.seed))
    expect(all.length).toBe(clients.length + 1)
    expect(clients.map(({ client }) => client.grants.map(({ organizer }) => organizer))).toEqual(
      hostsOf(WORLD).map(({ organizer }) => [organizer.id]),
    )
    expect(new Set(clients.map(({ secret }) => secret)).size).toBe(clients.length)
    const kiosks = parsed('kiosks', parseKiosk)
    expect(kiosks.map(({ locations }) => locations[0]?.id)).toEqual(
      hostsOf(WORLD).flatMap(({ kiosk, location }) => (kiosk === '' ? [] : [location])),
    )
  })
})

function hostsOf({ hosts }: World) {
  return hosts.filter(({ onboardedOn }) => onboardedOn <= UNTIL)
}
