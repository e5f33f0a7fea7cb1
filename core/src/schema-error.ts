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
  readonly message?: string
}

/** A document is refused for its first faults; the rest adds nothing. */
export const SCHEMA_ERRORS_MAX = 20
