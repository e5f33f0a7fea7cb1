import Type, { type Static } from 'typebox'
import { PageQuery, RepeatedText } from './http-paging.ts'
import { RedeemedRewardBody } from './http-reward.ts'

const Name = Type.String({ minLength: 1, maxLength: 100 })

/** `GET /rewards/redeemed`: by exactly one of `uitpasNumber` and `passholderId`; the latter with `organizerId`. */
export const RedeemedRewardsQuery = Type.Object({
  uitpasNumber: Type.Optional(Name),
  passholderId: Type.Optional(Name),
  organizerId: Type.Optional(RepeatedText),
  rewardType: Type.Optional(Type.Enum(['POINTS', 'WELCOME'])),
  rewardTitle: Type.Optional(Type.String({ maxLength: 200 })),
  ...PageQuery.properties,
})
export type RedeemedRewardsQuery = Static<typeof RedeemedRewardsQuery>

export const RedeemedRewardsBody = Type.Object(
  { totalItems: Type.Integer(), member: Type.Array(RedeemedRewardBody) },
  { title: 'RedeemedRewardsPaginatedResponse' },
)
export type RedeemedRewardsBody = Static<typeof RedeemedRewardsBody>
