import { ONLY_UITPAS, type Parsed, type RegistryContext } from '@zuil/core'

/** A registry that knows Gent and one organizer. */
export const CONTEXT: RegistryContext = {
  nisOf: (postalCode, town) => (postalCode === '9000' || town === 'Gent' ? 44021 : 0),
  cardSystemsOf: (organizer) => (organizer === 'd42cb5d9-adee-47b8-90a9-d030f04dbe26' ? [5, 14] : []),
  programmes: ONLY_UITPAS,
}

/** The value of a document that must be right. */
export function entryOf<T>(parsed: Parsed<T>): T {
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors))
  return parsed.value
}

/** The faults of a document that must be wrong. */
export function faultsOf(parsed: Parsed<unknown>): readonly { jsonPointer: string; error: string }[] {
  if (parsed.ok) throw new Error('no fault found')
  return parsed.errors
}
