import Type from 'typebox'
import type { CardSystem } from '../card-system.ts'
import type { RegistryContext } from './context.ts'
import { CardSystemId, LIST_LENGTH_MAX, PostalCode, parserOf, Text } from './shape.ts'

/** `CardSystem` of the official API. */
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
})

export const parseCardSystem = parserOf(Shape, (document, _faults, context: RegistryContext): CardSystem => {
  const { id, name, permanent = true, cities = [], branding, links } = document
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
  }
})
