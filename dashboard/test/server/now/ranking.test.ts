import { expect, test } from 'vitest'
import { ranked } from '../../../src/server/now/ranking.ts'

const others = (count: number) => `others (${count})`
const row = (label: string, value: number) => ({ key: label, label, value })

test('rows come highest first, and equal ones by name', () => {
  const rows = ranked([row('b', 1), row('c', 5), row('a', 1)], { namedMax: 3, others })
  expect(rows.map(({ label, rest }) => [label, rest])).toEqual([
    ['c', false],
    ['a', false],
    ['b', false],
  ])
})

test('what is not shown by name is one row at the end, also when it is the highest', () => {
  const rows = ranked([row('a', 3), row('b', 2), row('c', 2)], { namedMax: 1, others })
  expect(rows).toEqual([
    { key: 'a', label: 'a', value: 3, rest: false },
    { key: 'rest', label: 'others (2)', value: 4, rest: true },
  ])
})

test('two codes with one name are one row, so that no total is split in two', () => {
  const rows = ranked([{ key: 'x', label: 'a', value: 1 }, row('a', 2)], { namedMax: 3, others })
  expect(rows.map(({ label, value }) => [label, value])).toEqual([['a', 3]])
})
