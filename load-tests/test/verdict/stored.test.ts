import { transactionId } from '@zuil/core'
import { expect, test } from 'vitest'
import { compareStored } from '../../verdict/stored.ts'

const KEY = { words: [1, 2, 3, 4] as const }
const RECEIPTS = ['0.1795300431213-0', '0.1795300431213-1', '0.1795300431377-0']
const ids = RECEIPTS.map((_, index) =>
  transactionId(KEY, { lane: 0, ms: index < 2 ? 1_795_300_431_213 : 1_795_300_431_377, sequence: index % 2 }),
)

interface Row {
  readonly id: string
  readonly request: string
}

/** A warehouse that holds rows; `bad` is what the questions about limits find. */
function warehouse(rows: readonly Row[], bad: readonly string[] = []) {
  return {
    async *stream<Answer>(): AsyncGenerator<Answer[]> {
      yield rows as unknown as Answer[] // the question is for such rows
    },
    query: async <Answer>() => bad.map((text) => ({ text })) as unknown as Answer[], // and this one for texts
  }
}

const rowsOf = (of: readonly string[]): Row[] => of.map((id, index) => ({ id, request: `request-${index}` }))
const compare = (rows: readonly Row[], accepted: readonly string[] = RECEIPTS, bad: readonly string[] = []) =>
  compareStored(warehouse(rows, bad), { accepted, since: 0, idKey: KEY })

test('what was told and what is stored are the same, by receipt and by id', async () => {
  const found = await compare(rowsOf(ids), [...RECEIPTS.slice(0, 2), ids[2] ?? ''])
  expect(found).toMatchObject({ accepted: 3, stored: 3, unheard: 0, lost: { count: 0 }, doubled: { count: 0 } })
})

test('an accepted transaction that is not in the warehouse is lost, though another one stands there', async () => {
  const other = transactionId(KEY, { lane: 0, ms: 1, sequence: 0 })
  const found = await compare(rowsOf([ids[0] ?? '', ids[1] ?? '', other]))
  expect(found).toMatchObject({ lost: { count: 1, examples: [ids[2]] }, lostAt: [1_795_300_431_377], stored: 3, unheard: 1 })
})

test('an answer that names no transaction is counted as lost', async () => {
  const found = await compare(rowsOf(ids), [...RECEIPTS, ''])
  expect(found.lost).toMatchObject({ count: 1 })
})

test('a second transaction of the same request is doubled; one of a request that nobody was told of is not', async () => {
  const twin = transactionId(KEY, { lane: 0, ms: 5, sequence: 0 })
  const unheard = transactionId(KEY, { lane: 0, ms: 6, sequence: 0 })
  const found = await compare([...rowsOf(ids), { id: twin, request: 'request-1' }, { id: unheard, request: 'request-9' }])
  expect(found).toMatchObject({ doubled: { count: 1, examples: [`${twin} of request request-1`] }, unheard: 1 })
})

test('the same id in two rows is doubled', async () => {
  const found = await compare([...rowsOf(ids), { id: ids[0] ?? '', request: 'request-0' }])
  expect(found.doubled).toMatchObject({ count: 1 })
})

test('who got more than a limit allows, or has fewer points than none, is named', async () => {
  const found = await compare(rowsOf(ids), RECEIPTS, ['holder 7: -3'])
  expect(found).toMatchObject({ overLimit: { count: 1 }, overdrawn: { examples: ['holder 7: -3'] }, wrongDay: { count: 1 } })
})
