import Type, { type Static } from 'typebox'
import { BASIS_POINTS, type CostPart, type CostParts } from '../cost-sharing.ts'
import {
  type DistributionKey,
  KEY_KINDS,
  type KeySplit,
  PRICE_COMPARISONS,
  SOCIAL_TARIFF_CONDITIONS,
} from '../distribution-key.ts'
import { entityId } from '../identifiers.ts'
import { PRICE_CENTS_MAX, parsePrice } from '../price.ts'
import { CardSystemRef, EntityRef, type Faults, Instant, LIST_LENGTH_MAX, parserOf, Text } from './shape.ts'

/** Splits of one key: a change a year is much. */
const SPLITS_MAX = 100
const CONDITIONS_MAX = 10

const Percentage = Type.Number({ minimum: 0, maximum: 100 })
const Part = Type.Union([
  Type.Object({ type: Type.Literal('FIXED'), amount: Type.Number({ minimum: 0, maximum: PRICE_CENTS_MAX / 100 }) }),
  Type.Object({ type: Type.Enum(['PERCENTAGE', 'PERCENTAGE_OF_REMAINDER']), percentage: Percentage }),
])
const Parts = Type.Object({
  participant: Part,
  organizer: Type.Optional(Part),
  localGovernment: Type.Optional(Part),
  flemishGovernment: Type.Optional(Part),
})
const Split = Type.Object({
  validityPeriod: Type.Optional(Type.Object({ begin: Type.Optional(Instant), end: Type.Optional(Instant) })),
  sameCity: Parts,
  otherCity: Type.Optional(Parts),
})

/** A distribution key; the official API has none but its id and name. */
const Shape = Type.Object({
  id: Type.Integer({ minimum: 1, maximum: 0xffff_ffff }),
  name: Text,
  cardSystem: CardSystemRef,
  kind: Type.Enum([...KEY_KINDS]),
  organizers: Type.Optional(Type.Array(EntityRef, { maxItems: LIST_LENGTH_MAX })),
  conditions: Type.Optional(
    Type.Object({
      prices: Type.Optional(
        Type.Array(
          Type.Object({
            comparison: Type.Enum([...PRICE_COMPARISONS]),
            amount: Type.Number({ minimum: 0, maximum: PRICE_CENTS_MAX / 100 }),
          }),
          { maxItems: CONDITIONS_MAX },
        ),
      ),
      socialTariff: Type.Optional(Type.Enum([...SOCIAL_TARIFF_CONDITIONS])),
      city: Type.Optional(Type.Enum(['IN', 'NOT_IN'])),
    }),
  ),
  splits: Type.Array(Split, { minItems: 1, maxItems: SPLITS_MAX }),
})

export const parseDistributionKey = parserOf(Shape, (document, faults, _context: unknown): DistributionKey => {
  const { id, name, cardSystem, kind, organizers = [], conditions = {}, splits } = document
  // Without a coupon the discount is the social tariff, so somebody must have a right to it.
  const socialTariff = conditions.socialTariff ?? (kind === 'COUPON' ? undefined : 'MY_CARDSYSTEM')
  return {
    id,
    name,
    cardSystem: cardSystem.id,
    kind,
    organizers: organizers.map((organizer) => entityId(organizer.id)),
    prices: (conditions.prices ?? []).map(({ comparison, amount }) => ({ comparison, cents: centsOf(amount) })),
    ...(socialTariff && { socialTariff }),
    ...(conditions.city && { city: conditions.city }),
    splits: splits.map((split, index) => splitOf(split, `/splits/${index}`, faults)),
  }
})

function splitOf(
  { validityPeriod = {}, sameCity, otherCity = sameCity }: Static<typeof Split>,
  at: string,
  faults: Faults,
): KeySplit {
  const { begin, end } = validityPeriod
  const from = begin === undefined ? undefined : faults.instant(`${at}/validityPeriod/begin`, begin)
  const until = end === undefined ? undefined : faults.instant(`${at}/validityPeriod/end`, end)
  if (from !== undefined && until !== undefined && until <= from) {
    faults.add(`${at}/validityPeriod/end`, 'end should be after begin.')
  }
  return {
    ...(from !== undefined && { from }),
    ...(until !== undefined && { until }),
    sameCity: partsOf(sameCity, `${at}/sameCity`, faults),
    otherCity: partsOf(otherCity, `${at}/otherCity`, faults),
  }
}

function partsOf(parts: Static<typeof Parts>, at: string, faults: Faults): CostParts {
  const { participant, organizer, localGovernment, flemishGovernment } = parts
  const payers = [participant, organizer, localGovernment, flemishGovernment]
  for (const type of ['PERCENTAGE', 'PERCENTAGE_OF_REMAINDER']) {
    const sum = payers.reduce((total, part) => total + (part?.type === type ? basisPointsOf(part) : 0), 0)
    if (sum > BASIS_POINTS) faults.add(at, `The parts of type ${type} are more than 100 together.`)
  }
  return {
    participant: partOf(participant),
    organizer: partOf(organizer),
    localGovernment: partOf(localGovernment),
    flemishGovernment: partOf(flemishGovernment),
  }
}

/** Who is not named pays nothing. */
function partOf(part: Static<typeof Part> | undefined): CostPart {
  if (!part) return { type: 'FIXED', cents: 0 }
  switch (part.type) {
    case 'FIXED':
      return { type: 'FIXED', cents: centsOf(part.amount) }
    case 'PERCENTAGE':
      return { type: 'SHARE', basisPoints: basisPointsOf(part) }
    case 'PERCENTAGE_OF_REMAINDER':
      return { type: 'REMAINDER_SHARE', basisPoints: basisPointsOf(part) }
  }
}

function basisPointsOf(part: Static<typeof Part>): number {
  return part.type === 'FIXED' ? 0 : Math.round(part.percentage * 100)
}

/** The schema bounds the amount, so it is a price. */
function centsOf(amount: number): number {
  return parsePrice(amount) ?? Math.round(amount * 100)
}
