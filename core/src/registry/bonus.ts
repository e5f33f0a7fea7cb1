import Type from 'typebox'
import { DEFAULT_PROGRAMME } from '../programme.ts'
import { EntityId, ProgrammeName, parserOf, UitpasNumberText } from './shape.ts'

const LABEL_LENGTH_MAX = 200

/** Ours: no official shape exists. */
const Shape = Type.Object({
  id: EntityId,
  uitpasNumber: Type.Optional(UitpasNumberText),
  passholderId: Type.Optional(EntityId),
  points: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
  label: Type.String({ minLength: 1, maxLength: LABEL_LENGTH_MAX }),
  programme: Type.Optional(ProgrammeName),
})

/** Points that no check-in gave: carried over from another scheme, or given at registration. */
export interface Bonus {
  /** The same id is given to a holder once. */
  readonly id: string
  readonly to: { readonly uitpasNumber: string } | { readonly passholderId: string }
  readonly points: number
  /** What the holder reads. */
  readonly label: string
  readonly programme: string
}

export const parseBonus = parserOf(Shape, (document, faults, _context: unknown): Bonus => {
  const { id, uitpasNumber, passholderId, points, label, programme = DEFAULT_PROGRAMME } = document
  if ((uitpasNumber === undefined) === (passholderId === undefined)) {
    faults.add('/', 'Exactly one of "uitpasNumber" and "passholderId" is needed.')
  }
  const to = uitpasNumber === undefined ? { passholderId: passholderId ?? '' } : { uitpasNumber }
  return { id, to, points, label, programme }
})
