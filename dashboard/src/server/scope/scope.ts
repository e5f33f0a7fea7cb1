import type { Role, Roles } from '@zuil/core/contracts/roles'

/** All places together: everybody with a role reads them. */
export const ALL_PLACES = 'all'

/** Municipalities (NIS) of a card system, as of today. */
export type Regions = (cardSystem: number) => readonly number[]

/**
 * The places whose published figures somebody may read. Its constructor is closed, and only the authentication calls {@link of}
 * (a test over the sources sees to it); the figure reader takes nothing else. Whether a place exists plays no part in it, so
 * no answer can tell.
 */
export class Scope {
  /** `undefined`: every place. */
  readonly #places: ReadonlySet<string> | undefined
  /** What the owner of an API token may read, where the token narrows it. */
  readonly #within: Scope | undefined
  readonly #isAuditor: boolean
  /** Releases after this one do not exist for who reads through a locked link. */
  readonly lastRelease: number | undefined

  private constructor({ places, within, isAuditor = false, lastRelease }: ScopeParts) {
    this.#places = places && new Set(places)
    this.#within = within
    this.#isAuditor = isAuditor
    this.lastRelease = lastRelease
  }

  static of(roles: Roles, regions: Regions): Scope {
    return new Scope(partsOf(roles, regions))
  }

  /** What a locked link shows: one place, of a region its municipalities too, as it was published until one release. */
  static locked({ place, release }: { readonly place: string; readonly release: number }, regions: Regions): Scope {
    const [, cardSystem] = /^region:(\d+)$/.exec(place) ?? []
    const members = cardSystem === undefined ? [] : regions(Number(cardSystem)).map((nis) => `municipality:${nis}`)
    return new Scope({ places: [ALL_PLACES, place, ...members], lastRelease: release })
  }

  /** What these roles read of what this scope reads: never more than either. */
  narrowed(roles: Roles, regions: Regions): Scope {
    return new Scope({ ...partsOf(roles, regions), within: this })
  }

  mayRead(place: string): boolean {
    return (this.#places?.has(place) ?? true) && (this.#within?.mayRead(place) ?? true)
  }

  /** Whether what the audits of releases found may be read: by an auditor, through a token only where it is one of an auditor. */
  get mayAudit(): boolean {
    return this.#isAuditor && (this.#within?.mayAudit ?? true)
  }

  /** The places by name, or undefined when it is every place. */
  get places(): readonly string[] | undefined {
    const own = this.#places && [...this.#places]
    const outer = this.#within?.places
    return own?.filter((place) => this.mayRead(place)) ?? outer
  }
}

interface ScopeParts {
  /** Undefined: every place. */
  readonly places: readonly string[] | undefined
  readonly within?: Scope
  readonly isAuditor?: boolean
  readonly lastRelease?: number
}

function partsOf(roles: Roles, regions: Regions): ScopeParts {
  const readsAll = roles.some(({ role }) => role === 'publiq' || role === 'auditor')
  return {
    places: readsAll ? undefined : roles.flatMap((role) => placesOf(role, regions)),
    isAuditor: roles.some(({ role }) => role === 'auditor'),
  }
}

/** The place that a role is about; all places together where it is about none in particular. */
export function ownPlaceOf(role: Role): string {
  switch (role.role) {
    case 'publiq':
    case 'auditor':
    case 'settlement':
      return ALL_PLACES
    case 'region':
      return `region:${role.cardSystem}`
    case 'municipality':
      return `municipality:${role.nis}`
    case 'organizer':
      return `organizer:${role.organizer}`
  }
}

function placesOf(role: Role, regions: Regions): readonly string[] {
  switch (role.role) {
    case 'publiq':
    case 'auditor':
      return []
    // Exact amounts are behind a door of their own; here the role reads what everybody reads.
    case 'settlement':
      return [ALL_PLACES]
    case 'region':
      return [ALL_PLACES, ownPlaceOf(role), ...regions(role.cardSystem).map((nis) => `municipality:${nis}`)]
    case 'municipality':
    case 'organizer':
      return [ALL_PLACES, ownPlaceOf(role)]
  }
}
