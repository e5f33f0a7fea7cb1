import { type Problem, problem } from '@zuil/core'
import type { FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import { isLanguage, LANGUAGES } from '../../lib/language.ts'
import { FORMAT_NAMES } from '../formats/formats.ts'
import { formatOf, type Wanted } from './answer.ts'
import { quoted } from './cells-query.ts'

/** How an answer is wanted: of every route. */
export const FORMAT_PARAMETERS = {
  format: Type.Optional(Type.Enum([...FORMAT_NAMES], { description: 'Instead of Accept' })),
  language: Type.Optional(Type.Enum([...LANGUAGES], { description: 'Of names and explanations; nl by default' })),
}
export const FormatQuery = Type.Object(FORMAT_PARAMETERS)
export type FormatQuery = Static<typeof FormatQuery>

export const PERIOD_PARAMETERS = {
  period: Type.String({ maxLength: 20, description: '2026-11, 2026-Q4, 2026 or 2025-2026' }),
  release: Type.Optional(Type.Integer({ minimum: 1, description: 'A certain release instead of the valid one' })),
}

/** Which cells, whatever they are of. */
export const CELL_PARAMETERS = {
  dimensions: Type.Optional(Type.String({ maxLength: 400, description: 'Dimensions with commas between them; none: the total' })),
  place: Type.String({ maxLength: 40_000, description: 'Places with commas between them, e.g. municipality:44021' }),
  together: Type.Optional(Type.Boolean({ description: 'The places are added up to one' })),
  ...PERIOD_PARAMETERS,
}

/** Format and language of an answer, after every parameter was found to be one that the route knows. */
export function wantedOf(
  request: FastifyRequest<{ Querystring: FormatQuery }>,
  schema: { readonly properties: object },
): Wanted | Problem {
  const { format: name, language = 'nl' } = request.query
  const strange = invalidParameter(request.query, schema)
  if (strange) return strange
  const format = formatOf(request, name)
  return typeof format === 'string' ? { format, language: isLanguage(language) ? language : 'nl' } : format
}

/** A parameter that the route does not have: a misspelt one must not be passed over, for then the answer is to another question. */
function invalidParameter(query: object, schema: { readonly properties: object }): Problem | undefined {
  const strange = Object.keys(query).find((name) => !Object.hasOwn(schema.properties, name))
  if (strange === undefined) return undefined
  const allowed = Object.keys(schema.properties)
  return problem('invalid-query', { detail: `There is no parameter ${quoted(strange)}`, allowed })
}
