import { type Problem, problem } from '@zuil/core'
import { quoted } from './cells-query.ts'

/** A parameter that the route does not have: a misspelt one must not be passed over, for then the answer is to another question. */
export function invalidParameter(query: object, schema: { readonly properties: object }): Problem | undefined {
  const strange = Object.keys(query).find((name) => !Object.hasOwn(schema.properties, name))
  if (strange === undefined) return undefined
  const allowed = Object.keys(schema.properties)
  return problem('invalid-query', { detail: `There is no parameter ${quoted(strange)}`, allowed })
}
