import Type, { type Static } from 'typebox'
import { CARD_TYPES, CARDLESS_REGISTRATION_TYPES, type CardSystem } from '../card-system.ts'
import type { RegistryContext } from './context.ts'
import { CardSystemId, LIST_LENGTH_MAX, PostalCode, parserOf, Text } from './shape.ts'

/** Prices of one card system: a few ages and kinds of card. */
const PRICES_MAX = 100

/** `CardSystem` of the official API, with what its own calls about one card system say. */
const Shape = Type.Object({
  id: CardSystemId,
  name: Text,
  permanent: Type.Optional(Type.Boolean()),
  cities: Type.Optional(Type.Array(Type.Object({ postalCode: PostalCode, name: Text }), { maxItems: LIST_LENGTH_MAX })),
  branding: Type.Optional(
    Type.Object({
      logo: Type.Optional(Text),
      primaryColor: Type.Optional(Text),
      secondaryColor: Type.Optional(Text),
    }),
  ),
  links: Type.Optional(Type.Object({ website: Type.Optional(Text) })),
  allowsCardlessRegistration: Type.Optional(Type.Boolean()),
  cardlessRegistrationType: Type.Optional(Type.Enum([...CARDLESS_REGISTRATION_TYPES])),
  socialTariffInfo: Type.Optional(Text),
  citySettings: Type.Optional(
    Type.Array(Type.Object({ postalCode: PostalCode, allowsCardlessRegistration: Type.Boolean(), contactEmail: Text }), {
      maxItems: LIST_LENGTH_MAX,
    }),
  ),
  membershipPrices: Type.Optional(
    Type.Array(
      Type.Object({
        cardType: Type.Enum([...CARD_TYPES]),
        price: Type.Number({ minimum: 0, maximum: 10_000 }),
        label: Text,
        description: Text,
      }),
      { maxItems: PRICES_MAX },
    ),
  ),
})

export const parseCardSystem = parserOf(Shape, (document, faults, context: RegistryContext): CardSystem => {
  const { id, name, permanent = true, cities = [], branding, links } = document
  for (const [index, { postalCode }] of (document.citySettings ?? []).entries()) {
    if (cities.some((city) => city.postalCode === postalCode)) continue
    faults.add(`/citySettings/${index}/postalCode`, 'The postal code must be one of the cities.')
  }
  return {
    id,
    name,
    permanent,
    cities: cities.map((city) => ({
      postalCode: city.postalCode,
      name: city.name,
      nis: context.nisOf(city.postalCode, city.name),
    })),
    ...(branding && {
      branding: {
        ...(branding.logo !== undefined && { logo: branding.logo }),
        ...(branding.primaryColor !== undefined && { primaryColor: branding.primaryColor }),
        ...(branding.secondaryColor !== undefined && { secondaryColor: branding.secondaryColor }),
      },
    }),
    ...(links?.website !== undefined && { website: links.website }),
    ...registrationOf(document),
  }
})

function registrationOf(document: Static<typeof Shape>): Partial<CardSystem> {
  const { allowsCardlessRegistration, cardlessRegistrationType, socialTariffInfo, citySettings, membershipPrices } = document
  return {
    ...(allowsCardlessRegistration !== undefined && { allowsCardlessRegistration }),
    ...(cardlessRegistrationType !== undefined && { cardlessRegistrationType }),
    ...(socialTariffInfo !== undefined && { socialTariffInfo }),
    ...(citySettings && {
      citySettings: citySettings.map(({ postalCode, allowsCardlessRegistration: isAllowed, contactEmail }) => ({
        postalCode,
        allowsCardlessRegistration: isAllowed,
        contactEmail,
      })),
    }),
    ...(membershipPrices && {
      membershipPrices: membershipPrices.map(({ cardType, price, label, description }) => ({
        cardType,
        price,
        label,
        description,
      })),
    }),
  }
}
