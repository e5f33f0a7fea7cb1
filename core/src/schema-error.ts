/** One thing wrong with a document, in the wording of the UiTPAS API. */
export interface SchemaError {
  /** RFC 6901; `/` for the document itself, as the official API writes it. */
  readonly jsonPointer: string
  readonly error: string
}

/** What came from outside, as a value of the vocabulary, or what is wrong with it. */
export type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly errors: readonly SchemaError[] }

/** The part of a validation error that TypeBox and Ajv (in Fastify) agree on. */
export interface ValidationError {
  readonly keyword: string
  readonly instancePath: string
  readonly params: object
  readonly message?: string | undefined
}

/** A document is refused for its first faults; the rest adds nothing. */
export const SCHEMA_ERRORS_MAX = 20

/** Longest list of allowed values that a sentence repeats. */
const ALLOWED_VALUES_MAX = 12

/** Validation errors of `document` as sentences. A union is reported by its branches only. */
export function schemaErrors(errors: readonly ValidationError[], document: unknown): readonly SchemaError[] {
  const found = new Map<string, SchemaError>()
  for (const error of errors) {
    if (error.keyword === 'anyOf' || error.keyword === 'oneOf') continue
    for (const sentence of sentencesOf(error, document)) {
      const jsonPointer = error.instancePath || '/'
      // The branches of a union fail at one place: the first says enough.
      const key = error.keyword === 'required' ? `${jsonPointer} ${sentence}` : jsonPointer
      if (!found.has(key)) found.set(key, { jsonPointer, error: sentence })
    }
    if (found.size >= SCHEMA_ERRORS_MAX) break
  }
  return [...found.values()]
}

function sentencesOf(error: ValidationError, document: unknown): readonly string[] {
  // Both validators document the members of `params` for each keyword; one that is missing reads as undefined.
  const params = error.params as Readonly<Record<string, unknown>>
  switch (error.keyword) {
    case 'required': {
      const missing = Array.isArray(params.requiredProperties) ? params.requiredProperties : [params.missingProperty]
      return missing.map((name) => `Required property "${String(name)}" missing.`)
    }
    case 'type':
      return [`The data (${typeName(valueAt(document, error.instancePath))}) must match the type: ${String(params.type)}`]
    case 'const':
      return [`The data should match the value ${JSON.stringify(params.allowedValue)}.`]
    case 'enum':
      return [`The data should match one item from enum: ${allowedValues(params.allowedValues)}`]
    case 'minLength':
      return [`Minimum string length is ${String(params.limit)}.`]
    case 'maxLength':
      return [`Maximum string length is ${String(params.limit)}.`]
    case 'pattern':
      return [`The string should match pattern: ${String(params.pattern)}`]
    case 'minItems':
      return [`Array should have at least ${String(params.limit)} items.`]
    case 'maxItems':
      return [`Array should have at most ${String(params.limit)} items.`]
    default:
      return [`The data ${error.message ?? `does not satisfy "${error.keyword}"`}.`]
  }
}

function allowedValues(values: unknown): string {
  if (!Array.isArray(values)) return 'see the documentation'
  const shown = values.slice(0, ALLOWED_VALUES_MAX).map((value) => String(value))
  return `${shown.join(', ')}${values.length > shown.length ? ', …' : ''}`
}

/** The value that an RFC 6901 pointer names, or undefined. */
function valueAt(document: unknown, pointer: string): unknown {
  let value = document
  for (const part of pointer.split('/').slice(1)) {
    if (typeof value !== 'object' || value === null) return undefined
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~')
    // An object or an array: reading a member that is not there gives undefined.
    value = (value as Readonly<Record<string, unknown>>)[key]
  }
  return value
}

function typeName(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number'
  return typeof value
}
