import { encodeRecord, recordText } from '@zuil/core/contracts/journal'
import { ENTRY_RECORDS_MAX, linesOfEntry, shortLine } from '@zuil/core/contracts/journal-entry'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { aTransaction } from '../builders.ts'

const [first, second] = [12, 13].map((holder) => ({ kind: 'transaction' as const, transaction: aTransaction({ holder }) }))

describe('an entry of the journal', () => {
  test('gives its records whole, wherever what they share stands', () => {
    if (!first || !second) throw new Error('There are two records')
    const { shared, own } = recordText(first)
    const lines = [`1,${own}`, encodeRecord(second), `1,${recordText(second).own}`].join('\n')
    const texts = linesOfEntry('7-2', ['r', lines, 's', `unused\n${shared}`]).map(({ text }) => text)
    expect(texts).toEqual([first, second, second].map(encodeRecord))
  })

  test('numbers its records behind each other', () => {
    expect(linesOfEntry('7-2', ['r', '[]\n[]']).map(({ ms, sequence }) => [ms, sequence])).toEqual([
      [7, 2 * ENTRY_RECORDS_MAX],
      [7, 2 * ENTRY_RECORDS_MAX + 1],
    ])
  })

  test('gives a line as it stands when what it shares is not there', () => {
    expect(linesOfEntry('7-0', ['r', '3,1,2']).map(({ text }) => text)).toEqual(['3,1,2'])
  })
})

describe('a line of what records share', () => {
  const texts = ['"tx","a",5,"client"', '"tx","b",5,"client"', '"tx","b",5,"client"', '"other"', '"tx","é😀",5,"client"']

  /** The texts as an entry gives them of which each is shared by a record. */
  const roundTrip = (shared: readonly string[]) => {
    const lines = shared.map((text, index) => shortLine(text, shared[index - 1] ?? ''))
    const records = shared.map((_, index) => `${index},own`).join('\n')
    return { lines, texts: linesOfEntry('7-0', ['r', records, 's', lines.join('\n')]).map(({ text }) => text) }
  }
  const whole = (text: string) => `[${text},own]`

  test('leaves out what it has in common with the one before, at both ends', () => {
    expect(roundTrip(texts)).toEqual({
      lines: [texts[0], '6,12,b', `${texts[0]?.length},0,`, texts[3], texts[4]],
      texts: texts.map(whole),
    })
  })

  test('gives every text back, whatever it has in common with the one before', () => {
    // Of two units, and alike in one of them.
    const piece = fc.constantFrom('a', 'b', '"', ',', '5', '\ud83d\ude00', '\ud83d\ude01', '\ud83e\ude00')
    const end = fc.constantFrom('', 'aaaaaaaa')
    const text = fc
      .tuple(end, fc.array(piece, { maxLength: 3 }), end)
      .map(([first, pieces, last]) => `"${first}${pieces.join('')}${last}`)
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 6 }), (shared) => {
        const { lines, texts } = roundTrip(shared)
        expect(texts).toEqual(shared.map(whole))
        expect(lines.filter((line) => !line.isWellFormed())).toEqual([])
      }),
    )
  })

  test('stays as it stands when the one before has less than it says, and so does what needs it', () => {
    const shared = ['"tx","a"', '9,0,b', '1,1,c', '"tx"']
    const records = shared.map((_, index) => `${index},own`).join('\n')
    const read = linesOfEntry('7-0', ['r', records, 's', shared.join('\n')]).map(({ text }) => text)
    expect(read).toEqual(shared.map(whole))
  })
})

describe('what records share', () => {
  test('is the same text for transactions that differ in nothing but their person and time', () => {
    expect(
      recordText({ kind: 'transaction', transaction: aTransaction({ holder: 99, card: 8, occurredAt: 5, request: 'a.b' }) })
        .shared,
    ).toBe(recordText({ kind: 'transaction', transaction: aTransaction() }).shared)
  })

  test.each([
    ['points', { points: 7 }],
    ['flags', { flags: ['LATE' as const] }],
    ['day', { occurredOn: '2026-11-20' }],
    ['card systems', { eventCardSystems: [5, 9] }],
    ['organizer', { organizer: 'another' }],
    ['channel', { channel: 'KIOSK' as const }],
  ])('is another text for other %s', (_what, members) => {
    const own = aTransaction(members)
    const shared = recordText({ kind: 'transaction', transaction: own }).shared
    expect(shared).not.toBe(recordText({ kind: 'transaction', transaction: aTransaction() }).shared)
    expect(recordText({ kind: 'transaction', transaction: { ...own } }).shared).toBe(shared)
  })
})
