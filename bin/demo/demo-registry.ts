import { makeWorld } from '@zuil/load-tests/population/world'
import { CommandError } from '../command.ts'
import type { Settings } from '../config.ts'
import { putRegistry } from '../registry-import.ts'
import { type DemoPerson, demoApp, demoPeople } from './demo-people.ts'
import { type DemoRecord, demoWorld } from './demo-record.ts'

/** Puts what the region of the demo agreed: who settles a quarter has something to look at. @throws {CommandError} */
export async function bringAgreement(settings: Settings, demo: DemoRecord): Promise<void> {
  const terms = [{ from: `${demo.years.slice(0, 4)}-01-01`, organizersPaidBy: 'HOST', basis: 'MIXED', usePercentage: 50 }]
  const { regions } = makeWorld(demoWorld(demo)).geography
  await put(
    settings,
    'settlement-agreements',
    regions.map(({ id }) => ({ cardSystem: { id }, terms })),
  )
}

/** Puts those who sign in at the demo, and the app that they sign in through. @throws {CommandError} */
export async function bringPeople(settings: Settings, demo: DemoRecord): Promise<readonly DemoPerson[]> {
  const people = demoPeople(demo)
  await put(settings, 'clients', [demoApp(demo)])
  await put(
    settings,
    'accounts',
    people.map(({ entry }) => entry),
  )
  return people
}

async function put(settings: Settings, kind: string, entries: readonly unknown[]): Promise<void> {
  const results = await putRegistry(settings, kind, JSON.stringify(entries))
  const refused = typeof results === 'string' ? results : results.find(({ ok }) => !ok)?.problem?.detail
  if (refused) throw new CommandError(`The registry refuses what the demo brings (${kind}: ${refused}).`)
}
