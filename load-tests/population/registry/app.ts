import { uuid } from '../identifiers.ts'
import type { World } from '../world.ts'
import type { RegistryEntry } from './entry.ts'
import { passholderId } from './passes.ts'

const SUBJECT = { app: 251, account: 252, password: 253 } as const

/** Where the app gets the browser back with a code. */
export const APP_REDIRECT_URI = 'http://127.0.0.1/terug'

/** What people of the population sign in with. */
export interface LiveAccount {
  readonly id: string
  readonly passholder: { readonly id: string }
  readonly email: string
  readonly password: string
}

export function appIdOf(seed: number): string {
  return uuid(seed, 0, SUBJECT.app)
}

/** Holder by index. */
export function accountOf(seed: number, holder: number): LiveAccount {
  const id = uuid(seed, holder, SUBJECT.account)
  const password = uuid(seed, holder, SUBJECT.password)
  return { id, passholder: { id: passholderId(seed, holder) }, email: `${id}@example.be`, password }
}

/** The app of passholders, as soon as there is an organizer on that day. */
export function* appEntries({ hosts, options: { seed } }: World, day: number): Generator<RegistryEntry> {
  const organizer = hosts.find(({ onboardedOn }) => onboardedOn <= day)?.organizer.id
  if (organizer === undefined) return
  const permissionDetails = ['PASSHOLDERS_SELF_READ', 'PASSHOLDERS_SELF_CHECKIN'].map((id) => ({ id }))
  const permissions = [{ organizer: { id: organizer }, permissionDetails }]
  yield {
    kind: 'clients',
    data: { id: appIdOf(seed), name: 'App van pashouders', redirectUris: [APP_REDIRECT_URI], permissions },
  }
}
