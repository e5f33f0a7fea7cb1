import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { accessToken } from '../installation/access-token.ts'
import { putEntries, putItems, type RegistryDoor } from '../installation/registry-door.ts'
import { uuid } from '../population/identifiers.ts'
import { registryEntries } from '../population/registry/registry.ts'
import { CAST_FILE, type Cast, type CastDoor, VISITORS_FILE, type Visitor } from '../scenarios/cast.ts'
import type { Scenario } from '../scenarios/catalogue.ts'
import { type Door, doorEntries, doorsOf } from './doors.ts'
import { hoursOf, makePopulation, visitorsOf } from './population.ts'

const REWARD_SUBJECT = 902
const APP_SUBJECT = { id: 904, secret: 905 } as const
/** A change of the registry is seen by every process of the API within a second. */
const KNOWN_AFTER_MS = 1_500

export interface StageOptions {
  readonly scenario: Scenario
  readonly holders: number
  /** Where the files for k6 go. */
  readonly folder: string
  /** Epoch ms. */
  readonly now: number
  readonly onProgress: (text: string) => void
}

/** What was put where, for the report. */
export interface StageFacts {
  readonly entries: number
  readonly visitors: readonly Visitor[]
  readonly doors: number
  /** The first of them; the first with a kiosk where there is one. */
  readonly door: CastDoor
}

/**
 * Brings the population of a scenario into an installation through the operator's door, opens the doors that it needs, and writes
 * for k6 who takes part. The same again changes nothing but the hours of the events.
 */
export async function setStage(registry: RegistryDoor, options: StageOptions): Promise<StageFacts> {
  const { scenario, folder, now, onProgress } = options
  const population = makePopulation({ holders: options.holders, now, ...(scenario.regions && { regions: scenario.regions }) })
  const { world, state, today } = population
  const visitors = visitorsOf(population)
  const doors = doorsOf(world, scenario, now)
  onProgress(`putting ${visitors.length} passholders and ${doors.length} doors into the registry`)
  let entries = await putEntries(registry, registryEntries(world, state, today))
  entries += await putEntries(registry, doorEntries(doors))
  const reward = scenario.reward === undefined ? '' : uuid(world.options.seed, 0, REWARD_SUBJECT)
  if (scenario.reward) await putReward(registry, { id: reward, ...scenario.reward, doors, visitors })
  const app = { id: uuid(world.options.seed, 0, APP_SUBJECT.id), secret: uuid(world.options.seed, 0, APP_SUBJECT.secret) }
  await putEntries(registry, [appEntry(app, doors)])
  await pause(KNOWN_AFTER_MS)
  const cast: Cast = {
    doors: await castDoors(registry, doors),
    reward,
    appToken: await accessToken(registry.api, app),
    hours: hoursOf(population),
  }
  await writeFile(join(folder, CAST_FILE), JSON.stringify(cast))
  await writeFile(join(folder, VISITORS_FILE), JSON.stringify(visitors))
  const door = cast.doors.find(({ deviceId }) => deviceId !== '') ?? cast.doors[0]
  if (!door) throw new RangeError('A stage has a door')
  return { entries, visitors, doors: doors.length, door }
}

/** One after the other: two hundred at once would be a load of their own. */
async function castDoors({ api }: RegistryDoor, doors: readonly Door[]): Promise<CastDoor[]> {
  const cast: CastDoor[] = []
  for (const { event, host, device, client, checkinCode } of doors) {
    const [cardSystem = 0] = host.organizer.cardSystems
    const credentials = { clientId: client.id, clientSecret: client.secret, token: await accessToken(api, client) }
    cast.push({ eventId: event.id, checkinCode, cardSystem, deviceId: device, ...credentials })
  }
  return cast
}

/** The app that passholders check in with, which asks for them. */
function appEntry(app: { readonly id: string; readonly secret: string }, doors: readonly Door[]) {
  const organizer = { id: doors[0]?.host.organizer.id }
  const permissions = [{ organizer, permissionDetails: [{ id: 'PASSHOLDERS_SELF_CHECKIN' }] }]
  return { kind: 'clients', data: { ...app, name: 'App van pashouders', permissions } }
}

interface WantedReward {
  readonly id: string
  readonly units: number
  readonly points: number
  readonly doors: readonly Door[]
  readonly visitors: readonly Visitor[]
}

/** A reward of all card systems with a bounded stock, and for everybody the points for it once. */
async function putReward(registry: RegistryDoor, { id, units, points, doors, visitors }: WantedReward): Promise<void> {
  const [cardSystem = 0] = doors[0]?.host.organizer.cardSystems ?? []
  const data = {
    id,
    title: 'Ticket voor het slotconcert',
    type: 'POINTS',
    points,
    maxAvailableUnits: units,
    redeemConstraint: { volume: 1, period: 'ABSOLUTE' },
    allCardSystems: true,
    applicableCardSystems: [],
    owningCardSystem: { id: cardSystem },
    organizers: doors.map(({ host }) => ({ id: host.organizer.id })),
    categories: [],
    status: 'ACTIVE',
  }
  await putEntries(registry, [{ kind: 'rewards', data }])
  await putItems(registry, 'bonuses', {
    count: visitors.length,
    itemOf: (index) => ({ id: `load-${id}`, uitpasNumber: visitors[index]?.uitpasNumber, points, label: 'Overgedragen' }),
  })
}
