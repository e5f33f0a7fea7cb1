import type { CommitOutcome } from '@zuil/core'

/** What the lane of an entry does not know of guards in other lanes. Kept before the answer under a request key. */
export interface KeptShares {
  /** Attempt that it was kept by. */
  readonly id: string
  /** Guard in whose place the mark stood; -1 when it was not to be committed. */
  readonly markIndex: number
  /** Counters of guards in other lanes, by guard. */
  readonly values: ReadonlyMap<number, number>
}

/** No answer begins with it. */
const SIGN = '\u0001'

export function keepShares({ id, markIndex, values }: KeptShares, answer: string): string {
  const texts = [...values].map(([index, value]) => `${index}:${value}`)
  return `${SIGN}${[id, markIndex, ...texts].join(' ')}\n${answer}`
}

/** The answer as it was given, with what was kept before it; undefined for an answer of an entry of one lane. */
export function takeShares(text: string): { readonly kept: KeptShares; readonly answer: string } | undefined {
  if (!text.startsWith(SIGN)) return undefined
  const end = text.indexOf('\n')
  const [id = '', markIndex, ...texts] = text.slice(SIGN.length, end).split(' ')
  const values = texts.map((pair): [number, number] => {
    const [index, value] = pair.split(':')
    return [Number(index), Number(value)]
  })
  return { kept: { id, markIndex: Number(markIndex), values: new Map(values) }, answer: text.slice(end + 1) }
}

/** The outcome in the lane of the entry, with what the other lanes answered; undefined when the attempt had been abandoned. */
export function wholeOutcome(
  outcome: CommitOutcome,
  { markIndex, values }: Pick<KeptShares, 'markIndex' | 'values'>,
): CommitOutcome | undefined {
  if (outcome.kind === 'committed') {
    return { ...outcome, values: outcome.values.map((value, index) => values.get(index) ?? value) }
  }
  if (outcome.kind !== 'failed') return outcome
  if (outcome.index === markIndex) return undefined
  return { ...outcome, value: values.get(outcome.index) ?? outcome.value }
}
