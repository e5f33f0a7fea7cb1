import type { Roles } from '@zuil/core/contracts/roles'
import type { Authentication } from './authentication.ts'
import type { FigureReader } from './figure-reader.ts'
import type { NamedPlace, PlaceBook } from './place-book.ts'
import type { Principal, PublishedPeriod } from './principal.ts'
import { ownPlaceOf, type Scope } from './scope.ts'

export interface VisitorsOptions {
  readonly authentication: Pick<Authentication, 'visitorOf' | 'operatorScope'>
  readonly figures: Pick<FigureReader, 'releases'>
  readonly places: Pick<PlaceBook, 'placesIn'>
}

/** Who looks at a page, and what they can choose there. */
export class Visitors {
  readonly #options: VisitorsOptions

  constructor(options: VisitorsOptions) {
    this.#options = options
  }

  /**
   * Who signed in, by the `Cookie` header of a request; null for everybody else.
   * @throws {CredentialsUnavailableError} @throws {WarehouseError}
   */
  async principalOf(cookies: string | undefined): Promise<Principal | null> {
    const { authentication, places } = this.#options
    const visitor = await authentication.visitorOf(cookies)
    if (!visitor) return null
    const { scope, roles } = visitor
    const [named, periods] = await Promise.all([places.placesIn(scope), this.#periods(scope)])
    return { ...visitor, places: ownFirst(named, roles), periods }
  }

  /** What whoever runs the installation could choose: every place, everything that was published. @throws {WarehouseError} */
  async operator(): Promise<Pick<Principal, 'scope' | 'places' | 'periods'>> {
    const { authentication, places } = this.#options
    const scope = await authentication.operatorScope()
    const [named, periods] = await Promise.all([places.placesIn(scope), this.#periods(scope)])
    return { scope, places: named, periods }
  }

  /** A period that was published again has its last release. */
  async #periods(scope: Scope): Promise<readonly PublishedPeriod[]> {
    const releases = await this.#options.figures.releases(scope)
    const latest = new Map(releases.map((release) => [release.period, release]))
    return [...latest.values()]
      .map(({ period, periodKind: kind, provisional, release, publishedAt }) => ({
        period,
        kind,
        provisional,
        release,
        publishedAt,
      }))
      .sort((a, b) => (a.period < b.period ? 1 : -1))
  }
}

/** Somebody's own places in the order of the roles; for who works for all of them, all together. */
function ownFirst(places: readonly NamedPlace[], roles: Roles): readonly NamedPlace[] {
  const own = roles.map((role) => ownPlaceOf(role))
  const rank = new Map(own.map((place, index) => [place, index]))
  const rankOf = ({ place }: NamedPlace) => rank.get(place) ?? own.length
  return places.toSorted((a, b) => rankOf(a) - rankOf(b))
}
