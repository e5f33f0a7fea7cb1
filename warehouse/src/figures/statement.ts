import type { Parameters } from '../warehouse.ts'

/** A query with its parameters, for `Warehouse.query` or `Warehouse.stream`. */
export interface Statement {
  readonly sql: string
  readonly parameters: Parameters
}

/** Those of the parameters that a text names: the warehouse takes no others. */
export function parametersNamed(sql: string, parameters: Parameters): Parameters {
  return Object.fromEntries(Object.entries(parameters).filter(([name]) => sql.includes(`{${name}:`)))
}
