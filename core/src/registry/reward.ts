import Type, { type Static } from 'typebox'
import { PERIOD_TYPES } from '../period.ts'
import { DEFAULT_PROGRAMME } from '../programme.ts'
import { REWARD_CATEGORIES, type Reward, type RewardTexts, type Span } from '../reward.ts'
import type { RegistryContext } from './context.ts'
import {
  CardSystemRef,
  EntityId,
  EntityRef,
  type Faults,
  Instant,
  LIST_LENGTH_MAX,
  PostalCode,
  ProgrammeName,
  parserOf,
  Text,
} from './shape.ts'

/** Descriptions are a few paragraphs. */
const DESCRIPTION_LENGTH_MAX = 10_000
const PICTURES_MAX = 20
const CODE_LENGTH_MAX = 100

const Period = Type.Object({ begin: Instant, end: Type.Optional(Instant) })
const Description = Type.String({ maxLength: DESCRIPTION_LENGTH_MAX })
const Flag = Type.Optional(Type.Boolean())

/** `Reward` of the official API; `residents`, `redeemInfo`, `redeemCode` and `programme` are ours. */
const Shape = Type.Object({
  id: EntityId,
  title: Text,
  type: Type.Enum(['POINTS', 'WELCOME']),
  points: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000 })),
  publicationPeriod: Type.Optional(Period),
  grantingPeriod: Type.Optional(Period),
  redeemPeriod: Type.Optional(Period),
  maxAvailableUnits: Type.Optional(Type.Integer({ minimum: 0, maximum: 0xffff_ffff })),
  redeemConstraint: Type.Optional(
    Type.Object({ volume: Type.Integer({ minimum: 1, maximum: 1_000_000 }), period: Type.Enum([...PERIOD_TYPES]) }),
  ),
  allCardSystems: Type.Optional(Type.Boolean()),
  applicableCardSystems: Type.Optional(Type.Array(CardSystemRef, { maxItems: LIST_LENGTH_MAX })),
  owningCardSystem: Type.Optional(CardSystemRef),
  organizers: Type.Optional(Type.Array(EntityRef, { maxItems: LIST_LENGTH_MAX })),
  categories: Type.Optional(Type.Array(Type.Enum([...REWARD_CATEGORIES]), { maxItems: REWARD_CATEGORIES.length })),
  promotionalDescription: Type.Optional(Description),
  practicalInfo: Type.Optional(Description),
  moreInfoURL: Type.Optional(Text),
  pictures: Type.Optional(Type.Array(Text, { maxItems: PICTURES_MAX })),
  forKids: Flag,
  sport: Flag,
  featured: Flag,
  online: Flag,
  status: Type.Optional(Type.Enum(['ACTIVE', 'INACTIVE', 'DELETED'])),
  residents: Type.Optional(
    Type.Array(Type.Object({ postalCode: PostalCode, name: Type.Optional(Text) }), { maxItems: LIST_LENGTH_MAX }),
  ),
  redeemInfo: Type.Optional(
    Type.Object({ text: Type.Optional(Description), link: Type.Optional(Text), label: Type.Optional(Text) }),
  ),
  redeemCode: Type.Optional(Type.String({ minLength: 1, maxLength: CODE_LENGTH_MAX })),
  programme: Type.Optional(ProgrammeName),
})
type Document = Static<typeof Shape>

/** Members that the official API does not have, as they were put: an update through the API leaves them alone. */
export type OurRewardMembers = Pick<Document, 'residents' | 'redeemInfo' | 'redeemCode' | 'programme'>

/** A reward as the registry takes it in; the dense number is given out there. */
export interface RewardEntry {
  readonly reward: Omit<Reward, 'number'>
  readonly texts: RewardTexts
  readonly ours: OurRewardMembers
}

export const parseReward = parserOf(Shape, (document, faults, context: RegistryContext): RewardEntry => {
  const {
    id,
    title,
    type,
    points,
    maxAvailableUnits = 0,
    redeemConstraint,
    residents,
    redeemInfo,
    redeemCode,
    programme,
  } = document
  if (type === 'POINTS' && points === undefined) faults.add('/', 'Required property "points" missing.')
  const ofProgramme = programmeOf(document, faults, context)
  const isForAll = document.allCardSystems ?? (document.applicableCardSystems ?? []).length === 0
  const reward: Omit<Reward, 'number'> = {
    id,
    title,
    type,
    points: type === 'WELCOME' ? 0 : (points ?? 0),
    programme: ofProgramme,
    cardSystems: isForAll ? [] : (document.applicableCardSystems ?? []).map((cardSystem) => cardSystem.id).sort((a, b) => a - b),
    owningCardSystem: document.owningCardSystem?.id ?? 0,
    residentsOf: residentsOf(residents ?? [], faults, context),
    organizers: (document.organizers ?? []).map((organizer) => organizer.id),
    categories: document.categories ?? [],
    forKids: document.forKids ?? false,
    sport: document.sport ?? false,
    featured: document.featured ?? false,
    online: document.online ?? false,
    status: document.status ?? 'ACTIVE',
    ...spanOf('publication', document, faults),
    ...spanOf('granting', document, faults),
    ...spanOf('redeem', document, faults),
    // 0 means unlimited, like no number at all.
    ...(maxAvailableUnits > 0 && { unitsMax: maxAvailableUnits }),
    ...(redeemConstraint && { redeemLimit: { volume: redeemConstraint.volume, period: redeemConstraint.period } }),
  }
  const ours = {
    ...(residents && { residents }),
    ...(redeemInfo && { redeemInfo }),
    ...(redeemCode !== undefined && { redeemCode }),
    ...(programme !== undefined && { programme }),
  }
  return { reward, texts: textsOf(document), ours }
})

/** A reward is bought with the points of one programme, by default that of the card system that owns it, by its members. */
function programmeOf(document: Document, faults: Faults, { programmes }: RegistryContext): string {
  const { applicableCardSystems = [], owningCardSystem } = document
  const ofOwner = owningCardSystem ? programmes.programmeOf(owningCardSystem.id) : DEFAULT_PROGRAMME
  const id = document.programme ?? ofOwner
  const programme = programmes.programme(id)
  if (!programme) faults.add('/programme', 'The data must name a programme of the registry.')
  else if (!programme.hasRewards) faults.add('/programme', `Programme ${id} has no rewards.`)
  const isForeign = (cardSystem: number) => programmes.programmeOf(cardSystem) !== id
  for (const [index, { id: cardSystem }] of applicableCardSystems.entries()) {
    if (isForeign(cardSystem)) faults.add(`/applicableCardSystems/${index}/id`, `The card system is not of programme ${id}.`)
  }
  if (owningCardSystem && isForeign(owningCardSystem.id)) {
    faults.add('/owningCardSystem/id', `The card system is not of programme ${id}.`)
  }
  return id
}

function textsOf(document: Document): RewardTexts {
  const { promotionalDescription = '', practicalInfo, moreInfoURL, pictures = [], redeemInfo, redeemCode } = document
  return {
    promotionalDescription,
    pictures,
    ...(practicalInfo !== undefined && { practicalInfo }),
    ...(moreInfoURL !== undefined && { moreInfoUrl: moreInfoURL }),
    ...(redeemInfo && { redeemInfo }),
    ...(redeemCode !== undefined && { redeemCode }),
  }
}

function spanOf(
  name: 'publication' | 'granting' | 'redeem',
  document: Document,
  faults: Faults,
): Partial<Record<typeof name, Span>> {
  const period = document[`${name}Period`]
  if (!period) return {}
  const from = faults.instant(`/${name}Period/begin`, period.begin)
  if (period.end === undefined) return { [name]: { from } }
  const until = faults.instant(`/${name}Period/end`, period.end)
  if (until < from) faults.add(`/${name}Period/end`, 'The data must not be before the begin.')
  return { [name]: { from, until } }
}

/** An unknown place would close the reward to everybody, so it is a fault. */
function residentsOf(residents: NonNullable<Document['residents']>, faults: Faults, context: RegistryContext): readonly number[] {
  const codes = residents.map(({ postalCode, name = '' }, index) => {
    const nis = context.nisOf(postalCode, name)
    if (nis === 0) faults.add(`/residents/${index}/postalCode`, 'The data must be the postal code of a known municipality.')
    return nis
  })
  return [...new Set(codes)].sort((a, b) => a - b)
}
