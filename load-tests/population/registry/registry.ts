import type { HolderState } from '../history/holder-state.ts'
import type { World } from '../world.ts'
import { appEntries } from './app.ts'
import type { RegistryEntry } from './entry.ts'
import { deviceEntries, offerEntries } from './offer.ts'
import { passEntries } from './passes.ts'
import { placeEntries } from './places.ts'

export type { RegistryEntry } from './entry.ts'

/**
 * Everybody and everything of a world as `zuil import` takes it, in its order: what is there at the end of `day`, and the
 * holders as `state` has them. The same again changes nothing in a registry that has it.
 */
export function* registryEntries(world: World, state: HolderState, day: number): Generator<RegistryEntry> {
  yield* placeEntries(world.geography, day)
  yield* offerEntries(world, day)
  yield* passEntries(world, state)
  yield* deviceEntries(world, day)
  yield* appEntries(world, day)
}
