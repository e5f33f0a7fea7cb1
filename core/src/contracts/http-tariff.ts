import Type, { type Static } from 'typebox'
import { TARIFF_TYPES } from '../tariff.ts'

/** Query numbers come as text. */
const Price = Type.String({ pattern: '^[0-9]{1,6}(\\.[0-9]{1,20})?$' })

/** `GET /tariffs/static`. */
export const StaticTariffsQuery = Type.Object({ regularPrice: Price, eventId: Type.String({ minLength: 1 }) })
export type StaticTariffsQuery = Static<typeof StaticTariffsQuery>

/** `GET /tariffs`. */
export const TariffsQuery = Type.Object({
  ...StaticTariffsQuery.properties,
  uitpasNumber: Type.String({ minLength: 1 }),
  type: Type.Optional(Type.Enum(['ANY', ...TARIFF_TYPES])),
})
export type TariffsQuery = Static<typeof TariffsQuery>

/** Prices in euro. */
export const TariffsBody = Type.Object(
  {
    available: Type.Array(
      Type.Object({
        id: Type.String(),
        name: Type.String(),
        price: Type.Number(),
        type: Type.Enum([...TARIFF_TYPES]),
        remaining: Type.Integer(),
      }),
    ),
    endUserMessage: Type.Optional(
      Type.Object({ nl: Type.String(), fr: Type.Optional(Type.String()), en: Type.Optional(Type.String()) }),
    ),
  },
  { title: 'TariffsResponse' },
)
export type TariffsBody = Static<typeof TariffsBody>
