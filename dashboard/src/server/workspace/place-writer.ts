import type { Roles } from '@zuil/core/contracts/roles'
import type { Side } from '../../lib/workspace/workspace-view.ts'
import { writablePlaces } from '../notebook/annotation.ts'
import type { PlaceBook } from '../scope/place-book.ts'
import { ownPlaceOf } from '../scope/scope.ts'

/** What somebody may write about: the same places as in the notebook. */
export interface PlaceWriter {
  readonly mayWrite: (place: string) => boolean
  /** Of a municipality in a region, which both sides write about; the region also while the registry does not name it yet. */
  readonly sideOf: (region: string, municipality: string) => Side | undefined
}

export async function placeWriter(roles: Roles, places: Pick<PlaceBook, 'regions'>): Promise<PlaceWriter> {
  const mayWrite = writablePlaces(roles, await places.regions())
  const isOperator = roles.some(({ role }) => role === 'publiq')
  // a region with the same municipality writes about it, but not about how it joins this one
  const isOwn = (municipality: string) => roles.some((role) => role.role === 'municipality' && ownPlaceOf(role) === municipality)
  const isRegion = (region: string) => roles.some((role) => role.role === 'region' && ownPlaceOf(role) === region)
  return {
    mayWrite,
    sideOf(region, municipality) {
      if (isRegion(region)) return 'region'
      if (isOperator) return 'publiq'
      return isOwn(municipality) ? 'municipality' : undefined
    },
  }
}

/** Whether somebody may write about a place of one of these kinds. */
export async function mayWriteAbout(
  place: string,
  kinds: readonly ('region' | 'municipality')[],
  { roles, places }: { readonly roles: Roles; readonly places: Pick<PlaceBook, 'regions'> },
): Promise<boolean> {
  return kinds.some((kind) => place.startsWith(`${kind}:`)) && (await placeWriter(roles, places)).mayWrite(place)
}
