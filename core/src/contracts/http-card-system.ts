import Type, { type Static } from 'typebox'
import { CARD_TYPES } from '../card-system.ts'
import { CardSystemBody } from './http-entity.ts'
import { PageQuery, RepeatedText } from './http-paging.ts'

/** `GET /card-systems`. */
export const CardSystemsQuery = Type.Object({
  permanent: Type.Optional(Type.Enum(['true', 'false'])),
  city: Type.Optional(RepeatedText),
  postalCode: Type.Optional(RepeatedText),
  sort: Type.Optional(Type.Enum(['name', '-name', 'postalCode', '-postalCode'])),
  postalCodeSort: Type.Optional(Type.String({ maxLength: 20 })),
  ...PageQuery.properties,
})
export type CardSystemsQuery = Static<typeof CardSystemsQuery>

export const CardSystemsBody = Type.Object(
  { totalItems: Type.Integer(), member: Type.Array(CardSystemBody) },
  { title: 'CardSystemsPaginatedCollection' },
)
export type CardSystemsBody = Static<typeof CardSystemsBody>

/** Path of `/card-systems/{cardSystemId}…`. */
export const CardSystemPath = Type.Object({ cardSystemId: Type.String({ pattern: '^[0-9]{1,10}$' }) })
export type CardSystemPath = Static<typeof CardSystemPath>

export const CitySettingsQuery = Type.Object({ postalCode: Type.Optional(RepeatedText) })
export type CitySettingsQuery = Static<typeof CitySettingsQuery>

export const CitySettingsBody = Type.Array(
  Type.Object(
    { city: Type.String(), allowsCardlessRegistration: Type.Boolean(), contactEmail: Type.String() },
    { title: 'CardSystemCitySettings' },
  ),
)
export type CitySettingsBody = Static<typeof CitySettingsBody>

export const SocialTariffSettingsQuery = Type.Object({ postalCode: Type.String({ maxLength: 20 }) })
export type SocialTariffSettingsQuery = Static<typeof SocialTariffSettingsQuery>

export const SocialTariffSettingsBody = Type.Object(
  { postalCode: Type.String(), allowsCardlessRegistration: Type.Boolean() },
  { title: 'CardSystemSocialTariffSettings' },
)
export type SocialTariffSettingsBody = Static<typeof SocialTariffSettingsBody>

export const MembershipPricesQuery = Type.Object({ cardType: Type.Enum([...CARD_TYPES]) })
export type MembershipPricesQuery = Static<typeof MembershipPricesQuery>

/** Prices in euro. */
export const MembershipPricesBody = Type.Array(
  Type.Object({ price: Type.Number(), label: Type.String(), description: Type.String() }, { title: 'MembershipPrice' }),
)
export type MembershipPricesBody = Static<typeof MembershipPricesBody>
