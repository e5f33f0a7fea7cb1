import Type from 'typebox'
import type { Municipality } from '../municipality.ts'
import { LIST_LENGTH_MAX, PostalCode, parserOf, Text } from './shape.ts'

const Nis = Type.Integer({ minimum: 1, maximum: 0xffff_ffff })

/** No official shape exists: these are the members of `Municipality`. */
const Shape = Type.Object({
  nis: Nis,
  name: Text,
  postalCodes: Type.Array(PostalCode, { maxItems: LIST_LENGTH_MAX }),
  latitude: Type.Number({ minimum: -90, maximum: 90 }),
  longitude: Type.Number({ minimum: -180, maximum: 180 }),
  inhabitants: Type.Integer({ minimum: 0, maximum: 0xffff_ffff }),
  inhabitantsYear: Type.Integer({ minimum: 0, maximum: 9_999 }),
  mergedFrom: Type.Optional(Type.Array(Nis, { maxItems: LIST_LENGTH_MAX })),
})

export const parseMunicipality = parserOf(Shape, (document, _faults, _context: unknown): Municipality => {
  const { nis, name, postalCodes, latitude, longitude, inhabitants, inhabitantsYear, mergedFrom = [] } = document
  return { nis, name, postalCodes, latitude, longitude, inhabitants, inhabitantsYear, mergedFrom }
})
