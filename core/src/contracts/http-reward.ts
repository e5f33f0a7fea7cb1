import Type, { type Static } from 'typebox'
import { PERIOD_TYPES } from '../period.ts'
import { REWARD_CATEGORIES } from '../reward.ts'
import { CardSystemBody, OrganizerBody } from './http-entity.ts'
import { PageQuery, RepeatedText } from './http-paging.ts'

const PeriodBody = Type.Object(
  { begin: Type.String({ format: 'date-time' }), end: Type.Optional(Type.String({ format: 'date-time' })) },
  { title: 'Period' },
)
const RedeemConstraint = Type.Object({ volume: Type.Integer(), period: Type.Enum([...PERIOD_TYPES]) })

/** `Reward` of the official API, with the order of its members. */
export const RewardBody = Type.Object(
  {
    id: Type.String(),
    title: Type.String(),
    type: Type.Enum(['POINTS', 'WELCOME']),
    promotionalDescription: Type.String(),
    publicationPeriod: PeriodBody,
    points: Type.Optional(Type.Number()),
    categories: Type.Optional(Type.Array(Type.Enum([...REWARD_CATEGORIES]))),
    moreInfoURL: Type.Optional(Type.String()),
    grantingPeriod: Type.Optional(PeriodBody),
    owningCardSystem: Type.Optional(CardSystemBody),
    applicableCardSystems: Type.Optional(Type.Array(CardSystemBody)),
    allCardSystems: Type.Boolean(),
    organizers: Type.Array(OrganizerBody),
    status: Type.Enum(['ACTIVE', 'INACTIVE', 'DELETED']),
    /** 0: unlimited. */
    maxAvailableUnits: Type.Integer(),
    unitsTaken: Type.Integer(),
    practicalInfo: Type.Optional(Type.String()),
    pictures: Type.Array(Type.String()),
    redeemPeriod: Type.Optional(PeriodBody),
    forKids: Type.Boolean(),
    sport: Type.Boolean(),
    featured: Type.Boolean(),
    online: Type.Boolean(),
    lastChance: Type.Boolean(),
    redeemConstraint: Type.Optional(RedeemConstraint),
  },
  { title: 'Reward' },
)
export type RewardBody = Static<typeof RewardBody>

const Period = Type.Object({ begin: Type.String(), end: Type.Optional(Type.String()) })
const Reference = Type.Object({ id: Type.String({ minLength: 1 }) })
const CardSystemReference = Type.Object({ id: Type.Integer({ minimum: 0 }) })

/** `POST /rewards` and `PUT /rewards/{id}`. Members that are read only are ignored. */
export const RewardRequest = Type.Object(
  {
    title: Type.String({ minLength: 1 }),
    type: Type.Enum(['POINTS', 'WELCOME']),
    promotionalDescription: Type.String(),
    publicationPeriod: Period,
    /** Whole, though the official API calls it a number. */
    points: Type.Optional(Type.Number({ minimum: 0, multipleOf: 1 })),
    categories: Type.Optional(Type.Array(Type.Enum([...REWARD_CATEGORIES]))),
    moreInfoURL: Type.Optional(Type.String()),
    grantingPeriod: Type.Optional(Period),
    owningCardSystem: Type.Optional(CardSystemReference),
    applicableCardSystems: Type.Optional(Type.Array(CardSystemReference)),
    allCardSystems: Type.Optional(Type.Boolean()),
    organizers: Type.Optional(Type.Array(Reference)),
    maxAvailableUnits: Type.Optional(Type.Integer({ minimum: 0 })),
    practicalInfo: Type.Optional(Type.String()),
    pictures: Type.Optional(Type.Array(Type.String())),
    redeemPeriod: Type.Optional(Period),
    forKids: Type.Optional(Type.Boolean()),
    sport: Type.Optional(Type.Boolean()),
    featured: Type.Optional(Type.Boolean()),
    online: Type.Optional(Type.Boolean()),
    redeemConstraint: Type.Optional(RedeemConstraint),
  },
  { title: 'RewardRequest' },
)
export type RewardRequest = Static<typeof RewardRequest>

const Truth = Type.Optional(Type.Enum(['true', 'false']))
const Points = Type.Optional(Type.String({ pattern: '^[0-9]{1,7}$' }))

export const REWARD_FACETS = ['categories', 'forKids', 'sport', 'online', 'lastChance', 'owningCardSystemId', 'type'] as const
export type RewardFacet = (typeof REWARD_FACETS)[number]

export const REWARD_SORT_FIELDS = ['name', 'creationdate', 'redeemCount', 'featured', 'points'] as const
export type RewardSortField = (typeof REWARD_SORT_FIELDS)[number]
const SORT_FIELDS = REWARD_SORT_FIELDS.join('|')

/** Each by itself, in place of `sort`. */
const Direction = Type.Optional(Type.Enum(['asc', 'desc']))
const DeprecatedSort = {
  'sort[name]': Direction,
  'sort[creationDate]': Direction,
  'sort[redeemCount]': Direction,
  'sort[featured]': Direction,
  'sort[points]': Direction,
}

const Facet = Type.Enum([...REWARD_FACETS])
const Category = Type.Enum([...REWARD_CATEGORIES])

/** `GET /rewards`. */
export const RewardsQuery = Type.Object({
  organizerId: Type.Optional(RepeatedText),
  organizerPostalCode: Type.Optional(RepeatedText),
  owningCardSystemId: Type.Optional(RepeatedText),
  applicableCardSystemId: Type.Optional(RepeatedText),
  type: Type.Optional(Type.Enum(['POINTS', 'WELCOME', 'ANY'])),
  text: Type.Optional(Type.String({ maxLength: 200 })),
  facets: Type.Optional(Type.Union([Facet, Type.Array(Facet, { maxItems: REWARD_FACETS.length })])),
  sort: Type.Optional(Type.String({ pattern: `^-?(${SORT_FIELDS})(,-?(${SORT_FIELDS})){0,4}$` })),
  ...DeprecatedSort,
  categories: Type.Optional(Type.Union([Category, Type.Array(Category, { maxItems: REWARD_CATEGORIES.length })])),
  pointsFrom: Points,
  pointsTo: Points,
  subset: Type.Optional(Type.Enum(['ALL', 'ENDUSERS', 'REDEEMABLE', 'REDEEMABLE-FUTURE', 'ENDUSER-FUTURE'])),
  sport: Truth,
  forKids: Truth,
  featured: Truth,
  online: Truth,
  lastChance: Truth,
  status: Type.Optional(Type.Enum(['ACTIVE', 'INACTIVE', 'DELETED'])),
  isRedeemableByPassholderId: Type.Optional(Type.String({ maxLength: 36 })),
  isInterestingForPassholderId: Type.Optional(Type.String({ maxLength: 36 })),
  clientId: Type.Optional(Type.String({ maxLength: 200 })),
  ...PageQuery.properties,
})
export type RewardsQuery = Static<typeof RewardsQuery>

const FacetBody = Type.Record(Type.String(), Type.Object({ name: Type.Object({ nl: Type.String() }), count: Type.Integer() }))
export const RewardsBody = Type.Object(
  {
    totalItems: Type.Integer(),
    member: Type.Array(RewardBody),
    facet: Type.Optional(Type.Record(Type.String(), FacetBody)),
  },
  { title: 'RewardsPaginatedResponse' },
)
export type RewardsBody = Static<typeof RewardsBody>

export const RewardPath = Type.Object({ rewardId: Type.String({ minLength: 1, maxLength: 100 }) })
export type RewardPath = Static<typeof RewardPath>

/** `GET /rewards/{rewardId}/redeem-status`. */
export const RedeemStatusQuery = Type.Object({ uitpasNumber: Type.String({ minLength: 1 }) })
export type RedeemStatusQuery = Static<typeof RedeemStatusQuery>

/** As the enum of the official API has them: the last is singular there. */
export const REDEEM_STATUS_REASONS = [
  'INVALID_CARD',
  'PASSHOLDER_VOLUME',
  'PASSHOLDER_POINTS',
  'REWARD_PERIOD',
  'REWARD_VOLUME',
  'PASSHOLDER_APPLICABLE_CARDSYSTEMS',
  'PASSHOLDER_NO_ACTIVE_CARDSYSTEM',
] as const
export type RedeemStatusReason = (typeof REDEEM_STATUS_REASONS)[number]

/** `message` is a plain text here, and an object everywhere else. */
export const RedeemStatusBody = Type.Object(
  {
    redeemable: Type.Boolean(),
    reason: Type.Optional(Type.Enum([...REDEEM_STATUS_REASONS])),
    message: Type.Optional(Type.String()),
  },
  { title: 'RedeemStatus' },
)
export type RedeemStatusBody = Static<typeof RedeemStatusBody>

/** `POST /rewards/redeemed`. */
export const RedemptionRequest = Type.Object(
  { rewardId: Type.String({ minLength: 1 }), uitpasNumber: Type.String({ minLength: 1 }) },
  { title: 'RedemptionRequest' },
)
export type RedemptionRequest = Static<typeof RedemptionRequest>

/** `RedeemedReward` of the official API. */
export const RedeemedRewardBody = Type.Object(
  {
    id: Type.String(),
    reward: RewardBody,
    redeemDate: Type.String({ format: 'date-time' }),
    redeemInfo: Type.Optional(
      Type.Object({
        text: Type.Optional(Type.String()),
        link: Type.Optional(Type.String()),
        label: Type.Optional(Type.String()),
      }),
    ),
    redeemCode: Type.Optional(Type.String()),
  },
  { title: 'RedeemedReward' },
)
export type RedeemedRewardBody = Static<typeof RedeemedRewardBody>

/** Path of `DELETE /rewards/redeemed/{redeemedRewardId}`. */
export const RedeemedRewardPath = Type.Object({ redeemedRewardId: Type.String({ minLength: 1, maxLength: 100 }) })
export type RedeemedRewardPath = Static<typeof RedeemedRewardPath>
