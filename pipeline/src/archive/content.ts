import { type Content, contentHash } from '@zuil/warehouse'

export type { Content } from '@zuil/warehouse'

export const NO_CONTENT: Content = { rows: 0, hash: 0n }

export function contentOf(lines: readonly string[]): Content {
  return { rows: lines.length, hash: contentHash(lines) }
}

export function isSameContent(a: Content, b: Content): boolean {
  return a.rows === b.rows && a.hash === b.hash
}

/** What is left of `content` when `lines` are taken out of it. */
export function withoutLines(content: Content, lines: readonly string[]): Content {
  return { rows: content.rows - lines.length, hash: BigInt.asUintN(64, content.hash - contentHash(lines)) }
}

/** What `content` becomes when `lines` join it. */
export function withLines(content: Content, lines: readonly string[]): Content {
  return { rows: content.rows + lines.length, hash: BigInt.asUintN(64, content.hash + contentHash(lines)) }
}

/** Ranges whose content is not as expected, ascending; a range that should have no rows must have none. */
export function differences(expected: ReadonlyMap<number, Content>, actual: ReadonlyMap<number, Content>): number[] {
  const ranges = new Set([...expected.keys(), ...actual.keys()])
  return [...ranges]
    .filter((range) => !isSameContent(expected.get(range) ?? NO_CONTENT, actual.get(range) ?? NO_CONTENT))
    .sort((a, b) => a - b)
}
