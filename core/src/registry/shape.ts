import Type, { type Static, type TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { ENTITY_ID_LENGTH_MAX } from '../identifiers.ts'
import { parseInstant } from '../instant.ts'
import { type Parsed, type SchemaError, schemaErrors } from '../schema-error.ts'

/** Longest free text (names, titles, streets) that the registry takes: the official API names none. */
export const TEXT_LENGTH_MAX = 1_000

/** Longest list inside one document: the calendar of a festival has hundreds of occurrences, nothing has more. */
export const LIST_LENGTH_MAX = 2_000

/** Last instant of a `DateTime64(3)`: an end in the year 9999 means never, and so does this one. The first is 1970. */
const INSTANT_MAX = Date.UTC(2300, 0) - 1

export const Text = Type.String({ maxLength: TEXT_LENGTH_MAX })
export const EntityId = Type.String({ minLength: 1, maxLength: ENTITY_ID_LENGTH_MAX, pattern: '^[A-Za-z0-9][A-Za-z0-9._-]*$' })
export const UitpasNumberText = Type.String({ pattern: '^[0-9]{13}$' })
/** Number of a pass of any programme; which ones it may have, the programme says. */
export const PassNumberText = Type.String({ pattern: '^[A-Z0-9-]{1,22}$' })
export const ChipNumberText = Type.String({ pattern: '^[0-9A-Fa-f]{14}$' })
export const Instant = Type.String({ maxLength: 40 })
export const Day = Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' })
export const PostalCode = Type.String({ maxLength: 10 })
/** It is part of counters' names. */
export const ProgrammeName = Type.String({ maxLength: 40, pattern: '^[a-z0-9][a-z0-9-]*$' })
export const CardSystemId = Type.Integer({ minimum: 0, maximum: 0xffff_ffff })
export const CardSystemRef = Type.Object({ id: CardSystemId })
export const EntityRef = Type.Object({ id: EntityId })

export const Address = Type.Object({
  street: Type.Optional(Text),
  postalCode: Type.Optional(PostalCode),
  city: Type.Optional(Text),
})

/** A parser of one shape: checks a document, then maps it; the mapping may still find faults of its own. */
export function parserOf<S extends TSchema, C, T>(
  schema: S,
  map: (document: Static<S>, faults: Faults, context: C) => T,
): (document: unknown, context: C) => Parsed<T> {
  // Compiled at the first document, so that importing this file costs nothing.
  let validator: ReturnType<typeof Compile<S>> | undefined
  return (document, context) => {
    validator ??= Compile(schema)
    if (!validator.Check(document)) return { ok: false, errors: schemaErrors(validator.Errors(document), document) }
    const faults = new Faults()
    // Check has just proved that the document has the static type of the schema.
    const value = map(document as Static<S>, faults, context)
    return faults.errors.length > 0 ? { ok: false, errors: faults.errors } : { ok: true, value }
  }
}

/** Faults that a schema cannot express, collected while a document is mapped. */
export class Faults {
  readonly errors: SchemaError[] = []

  add(jsonPointer: string, error: string): void {
    this.errors.push({ jsonPointer, error })
  }

  /** Epoch ms of an ISO 8601 text, within what can be stored; a fault and 0 when it is not one. */
  instant(jsonPointer: string, text: string): number {
    const instant = parseInstant(text)
    if (instant === undefined) this.add(jsonPointer, 'The data must match the "date-time" format.')
    return Math.min(Math.max(instant ?? 0, 0), INSTANT_MAX)
  }
}
