/** How a text follows from another one: its head and its tail are kept, and `text` stands between them. UTF-8 bytes. */
export interface Difference {
  readonly headBytes: number
  readonly tailBytes: number
  readonly text: string
}

/** What makes `other` of `text`. The record of a flagged fact differs from the record it stands for in two fields out of many. */
export function differenceOf(text: string, other: string): Difference {
  const shorter = Math.min(text.length, other.length)
  let head = 0
  while (head < shorter && text.charCodeAt(head) === other.charCodeAt(head)) head++
  // Not between the two halves of a character: as UTF-8 they are one.
  if (head > 0 && isHighSurrogate(text.charCodeAt(head - 1))) head--
  let tail = 0
  while (tail < shorter - head && text.charCodeAt(text.length - 1 - tail) === other.charCodeAt(other.length - 1 - tail)) tail++
  if (tail > 0 && isLowSurrogate(text.charCodeAt(text.length - tail))) tail--
  return {
    headBytes: Buffer.byteLength(text.slice(0, head)),
    tailBytes: Buffer.byteLength(text.slice(text.length - tail)),
    text: other.slice(head, other.length - tail),
  }
}

function isHighSurrogate(unit: number): boolean {
  return (unit & 0xfc00) === 0xd800
}

function isLowSurrogate(unit: number): boolean {
  return (unit & 0xfc00) === 0xdc00
}
