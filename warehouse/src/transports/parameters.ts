import { WarehouseError } from '../errors.ts'
import type { Parameters, ParameterValue } from '../warehouse.ts'

const PLACEHOLDER = /\{([A-Za-z_][A-Za-z0-9_]*):[A-Za-z0-9_(), ']+\}/g

/**
 * The statement's `{name:Type}` placeholders and the parameters must be the same set: a session remembers parameters, and a
 * forgotten one would silently take the value of an earlier query.
 */
export function assertParameters(sql: string, parameters: Parameters): void {
  const wanted = new Set(Array.from(sql.matchAll(PLACEHOLDER), (match) => match[1] ?? ''))
  for (const name of wanted)
    if (!Object.hasOwn(parameters, name)) throw new WarehouseError('CALL', `The query wants a parameter ${name}`)
  for (const name of Object.keys(parameters))
    if (!wanted.has(name)) throw new WarehouseError('CALL', `The query has no parameter ${name}`)
}

/** The `SET param_…` statement that binds the parameters in an embedded session, which runs one query at a time. */
export function bindings(parameters: Parameters): string {
  const values = Object.entries(parameters).map(([name, value]) => `param_${name} = ${quoted(parameterText(value))}`)
  return values.length > 0 ? `SET ${values.join(', ')}; ` : ''
}

/** The text that ClickHouse reads a parameter from: escaped as in TabSeparated; strings inside arrays are quoted. */
export function parameterText(value: ParameterValue): string {
  if (typeof value === 'string') return escaped(value)
  if (Array.isArray(value)) return `[${value.map((item) => (typeof item === 'string' ? quoted(item) : String(item))).join(',')}]`
  if (typeof value === 'boolean') return value ? '1' : '0'
  return String(value)
}

function quoted(text: string): string {
  return `'${escaped(text)}'`
}

function escaped(text: string): string {
  return text.replace(/[\\'\t\n\r\0\b\f]/g, (character) => ESCAPES[character] ?? character)
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  "'": "\\'",
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
  '\0': '\\0',
  '\b': '\\b',
  '\f': '\\f',
}
