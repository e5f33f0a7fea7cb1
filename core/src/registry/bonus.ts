import Type, { type Static } from 'typebox'
import { DEFAULT_PROGRAMME } from '../programme.ts'
import type { RegistryContext } from './context.ts'
import { EntityId, type Faults, PassNumberText, ProgrammeName, parserOf } from './shape.ts'

const LABEL_LENGTH_MAX = 200

/** An imported bonus is named by a programme and an id in it. */
const BONUS_ID_LENGTH_MAX = 80

/** Ours: no official shape exists. */
const Shape = Type.Object({
  id: Type.String({ maxLength: BONUS_ID_LENGTH_MAX, pattern: '^[A-Za-z0-9][A-Za-z0-9._-]*$' }),
  uitpasNumber: Type.Optional(PassNumberText),
  passholderId: Type.Optional(EntityId),
  points: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
  label: Type.Optional(Type.String({ minLength: 1, maxLength: LABEL_LENGTH_MAX })),
  programme: Type.Optional(ProgrammeName),
  from: Type.Optional(Type.Object({ passholderId: EntityId })),
})
type Document = Static<typeof Shape>

/** Points that no check-in gave: carried over from another scheme, or given at registration. */
export interface Bonus {
  /** The same id is given to a holder once. */
  readonly id: string
  readonly to: { readonly uitpasNumber: string } | { readonly passholderId: string }
  readonly points: number
  /** What the holder reads. */
  readonly label: string
  readonly programme: string
  /** Whose points these were: they are carried over once, to one passholder. Absent: they are new. */
  readonly from?: { readonly passholderId: string }
}

export const parseBonus = parserOf(Shape, (document, faults, context: RegistryContext): Bonus => {
  const { id, uitpasNumber, passholderId, points, programme = DEFAULT_PROGRAMME, from } = document
  if ((uitpasNumber === undefined) === (passholderId === undefined)) {
    faults.add('/', 'Exactly one of "uitpasNumber" and "passholderId" is needed.')
  }
  const to = uitpasNumber === undefined ? { passholderId: passholderId ?? '' } : { uitpasNumber }
  return { id, to, points, label: labelOf(document, faults, context), programme, ...(from && { from }) }
})

function labelOf({ label, programme: id = DEFAULT_PROGRAMME, from }: Document, faults: Faults, context: RegistryContext): string {
  const programme = context.programmes.programme(id)
  if (!programme) faults.add('/programme', 'The data must name a programme of the registry.')
  else if (!programme.hasPoints) faults.add('/programme', `Programme ${id} has no points.`)
  if (label === undefined && !from) faults.add('/', 'Required property "label" missing.')
  return label ?? 'Overgedragen punten'
}
