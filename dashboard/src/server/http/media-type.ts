/** Ranges of an Accept header that are looked at; longer ones are not written by honest clients. */
const RANGES_MAX = 32

/**
 * The first of the offered media types that the client likes best (RFC 9110, section 12.5.1); none when it takes no one
 * of them. No header means anything goes.
 */
export function acceptedType<T extends string>(accept: string | undefined, offered: readonly T[]): T | undefined {
  if (accept === undefined || accept.trim() === '') return offered[0]
  const ranges = accept.split(',').slice(0, RANGES_MAX).map(rangeOf)
  const rated = offered.map((type) => ({ type, quality: qualityOf(type, ranges) })).filter(({ quality }) => quality > 0)
  return rated.sort((a, b) => b.quality - a.quality)[0]?.type
}

interface Range {
  readonly range: string
  readonly quality: number
}

function rangeOf(text: string): Range {
  const [range = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase())
  const quality = parameters.find((parameter) => parameter.startsWith('q='))
  const value = quality === undefined ? 1 : Number(quality.slice(2))
  return { range, quality: Number.isFinite(value) ? value : 0 }
}

/** The most specific range that fits decides. */
function qualityOf(type: string, ranges: readonly Range[]): number {
  const wildcards = [type, `${type.slice(0, type.indexOf('/'))}/*`, '*/*']
  for (const wildcard of wildcards) {
    const fitting = ranges.find(({ range }) => range === wildcard)
    if (fitting) return fitting.quality
  }
  return 0
}
