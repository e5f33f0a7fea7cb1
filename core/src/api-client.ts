import type { Permission } from './permission.ts'

/** A client of the API (counter software, ticketing, device with a backlog) and what it may do for which organizer. */
export interface ApiClient {
  readonly id: string
  readonly name: string
  readonly grants: readonly Grant[]
  /** Where people may be sent back to after they signed in for it; absent: people cannot sign in for it. */
  readonly redirectUris?: readonly string[]
}

export interface Grant {
  readonly organizer: string
  readonly permissions: readonly Permission[]
  /** Card systems within which the permissions hold; empty: those of the organizer. */
  readonly cardSystems: readonly number[]
  /** The organizer that the client has this through, when the two are linked; absent: it was given for the organizer itself. */
  readonly through?: string
}
