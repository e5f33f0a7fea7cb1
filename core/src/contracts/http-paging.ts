import Type, { type Static } from 'typebox'

/** Largest `limit`; above it the answer is `url/query-limit-exceeded`. */
export const PAGE_LIMIT_MAX = 500
export const PAGE_LIMIT_DEFAULT = 20
/** Nobody pages further; above it the answer is `url/query-limit-exceeded` too. */
export const PAGE_START_MAX = 100_000

const Count = Type.String({ pattern: '^[0-9]{1,9}$' })

/** `start` and `limit` of every call that pages. Text, as it stands in the address. */
export const PageQuery = Type.Object({
  start: Type.Optional(Count),
  limit: Type.Optional(Count),
})
export type PageQuery = Static<typeof PageQuery>

/** What comes once or several times in an address: `city=Gent&city=Aalst`. */
export const RepeatedText = Type.Union([
  Type.String({ maxLength: 200 }),
  Type.Array(Type.String({ maxLength: 200 }), { maxItems: 200 }),
])

export interface Page {
  readonly start: number
  readonly limit: number
}

/** Undefined: more than is allowed. */
export function pageOf({ start = '0', limit = String(PAGE_LIMIT_DEFAULT) }: PageQuery): Page | undefined {
  const page = { start: Number(start), limit: Number(limit) }
  return page.start <= PAGE_START_MAX && page.limit <= PAGE_LIMIT_MAX ? page : undefined
}

/** A page of what is all in memory. */
export function pageBody<T, B>(items: readonly T[], page: Page, bodyOf: (item: T) => B): { totalItems: number; member: B[] } {
  return { totalItems: items.length, member: items.slice(page.start, page.start + page.limit).map(bodyOf) }
}
