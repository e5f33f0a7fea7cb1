import { encodeRecord, recordText } from '@zuil/core/contracts/journal'
import { ENTRY_RECORDS_MAX, linesOfEntry } from '@zuil/core/contracts/journal-entry'
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
