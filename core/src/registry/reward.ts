import Type from 'typebox'
import { PERIOD_TYPES } from '../period.ts'
import type { Reward } from '../reward.ts'
import { CardSystemRef, EntityId, EntityRef, type Faults, Instant, LIST_LENGTH_MAX, parserOf, Text } from './shape.ts'

const Period = Type.Object({ begin: Instant, end: Type.Optional(Instant) })

/** `Reward` of the official API. */
const Shape = Type.Object({
  id: EntityId,
  title: Text,
  type: Type.Enum(['POINTS', 'WELCOME']),
  points: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000 })),
  redeemPeriod: Type.Optional(Period),
  maxAvailableUnits: Type.Optional(Type.Integer({ minimum: 0, maximum: 0xffff_ffff })),
  redeemConstraint: Type.Optional(
    Type.Object({ volume: Type.Integer({ minimum: 1, maximum: 1_000_000 }), period: Type.Enum([...PERIOD_TYPES]) }),
  ),
  allCardSystems: Type.Optional(Type.Boolean()),
  applicableCardSystems: Type.Optional(Type.Array(CardSystemRef, { maxItems: LIST_LENGTH_MAX })),
  owningCardSystem: Type.Optional(CardSystemRef),
  organizers: Type.Optional(Type.Array(EntityRef, { maxItems: LIST_LENGTH_MAX })),
  online: Type.Optional(Type.Boolean()),
  status: Type.Optional(Type.Enum(['ACTIVE', 'INACTIVE', 'DELETED'])),
})

export const parseReward = parserOf(Shape, (document, faults, _context: unknown): Reward => {
  const { id, title, type, points, redeemPeriod, maxAvailableUnits = 0, redeemConstraint } = document
  if (type === 'POINTS' && points === undefined) faults.add('/', 'Required property "points" missing.')
  const isForAll = document.allCardSystems ?? (document.applicableCardSystems ?? []).length === 0
  return {
    id,
    title,
    type,
    points: type === 'WELCOME' ? 0 : (points ?? 0),
    cardSystems: isForAll ? [] : (document.applicableCardSystems ?? []).map((cardSystem) => cardSystem.id).sort((a, b) => a - b),
    owningCardSystem: document.owningCardSystem?.id ?? 0,
    organizers: (document.organizers ?? []).map((organizer) => organizer.id),
    online: document.online ?? false,
    status: document.status ?? 'ACTIVE',
    ...redeemInstants(redeemPeriod, faults),
    // 0 means unlimited, like no number at all.
    ...(maxAvailableUnits > 0 && { unitsMax: maxAvailableUnits }),
    ...(redeemConstraint && { redeemLimit: { volume: redeemConstraint.volume, period: redeemConstraint.period } }),
  }
})

function redeemInstants(
  period: { begin: string; end?: string } | undefined,
  faults: Faults,
): Pick<Reward, 'redeemFrom' | 'redeemUntil'> {
  if (!period) return {}
  const redeemFrom = faults.instant('/redeemPeriod/begin', period.begin)
  return period.end === undefined ? { redeemFrom } : { redeemFrom, redeemUntil: faults.instant('/redeemPeriod/end', period.end) }
}
