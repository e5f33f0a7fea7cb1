import type { Role } from '@zuil/core/contracts/roles'
import { TRAIT } from '@zuil/load-tests/population/people/people'
import { passholderId } from '@zuil/load-tests/population/registry/passes'
import { makeWorld } from '@zuil/load-tests/population/world'
import { DEMO_APP, DEMO_PASSWORD, type DemoRecord, demoWorld } from './demo-record.ts'

/** Somebody who signs in at the demo. */
export interface DemoPerson {
  readonly email: string
  /** For the terminal. */
  readonly who: string
  readonly entry: Readonly<Record<string, unknown>>
}

/** One of each kind of user, for the region of the demo and its first town. */
export function demoPeople(demo: DemoRecord): readonly DemoPerson[] {
  const world = makeWorld(demoWorld(demo))
  const [region] = world.geography.regions
  const [town] = world.geography.places
  const [library] = world.hosts
  const passholder = world.people.traits.findIndex((traits) => (traits & TRAIT.group) === 0)
  const cardSystem = region?.id ?? 0
  const clerk = (name: string, who: string, role: Role): DemoPerson => person(name, who, { roles: [role] })
  return [
    clerk('publiq', 'publiq: every place', { role: 'publiq' }),
    clerk('regio', `coordinator of ${region?.name}`, { role: 'region', cardSystem }),
    clerk('gemeente', `municipality of ${town?.name}`, { role: 'municipality', nis: town?.nis ?? 0 }),
    clerk('organisator', `organiser: ${library?.organizer.name}`, { role: 'organizer', organizer: library?.organizer.id ?? '' }),
    clerk('afrekening', `settlement of ${region?.name}`, { role: 'settlement', cardSystem }),
    clerk('auditor', 'auditor: how each release was checked', { role: 'auditor' }),
    person('pashouder', 'a passholder', { passholder: { id: passholderId(demo.seed, passholder) } }),
  ]
}

/** What people of the demo sign in through. */
export function demoApp(demo: DemoRecord): Readonly<Record<string, unknown>> {
  const [library] = makeWorld(demoWorld(demo)).hosts
  const permissionDetails = ['PASSHOLDERS_SELF_READ', 'PASSHOLDERS_TRANSACTION_HISTORY', 'REWARDS_READ'].map((id) => ({ id }))
  return {
    id: DEMO_APP,
    name: 'Demo',
    redirectUris: ['http://127.0.0.1/terug'],
    permissions: [{ organizer: { id: library?.organizer.id }, permissionDetails }],
  }
}

function person(name: string, who: string, members: Readonly<Record<string, unknown>>): DemoPerson {
  const email = `${name}@example.be`
  return { email, who, entry: { id: `demo-${name}`, email, password: DEMO_PASSWORD, ...members } }
}
