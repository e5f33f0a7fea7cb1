import { columnNames } from '@zuil/warehouse'
import { describe, expect, it } from 'vitest'
import { compactRows } from '../src/compact-row.ts'
import { blockOf } from './block-of.ts'

/** Values of a refusal that look like names, ends and marks. */
const AWKWARD = ['"2026-11-21 09:00:00.000"', '1', '",\\"item\\":[}]"', '"\\\\"', '"é😀"', '[1,[2,"],}"]]']

function line(values: readonly string[], names: readonly string[] = columnNames('refusals')): string {
  return `{${names.map((name, index) => `${JSON.stringify(name)}:${values[index] ?? '0'}`).join()}}`
}

describe('A compact row', () => {
  it('holds the values of its line, whatever stands in them', () => {
    const { rows, body } = compactRows('refusals', [line(AWKWARD), line([])])
    const values = columnNames('refusals').map((_, index) => AWKWARD[index] ?? '0')
    expect({ rows, lines: body.toString().split('\n') }).toEqual({
      rows: 2,
      lines: [`[${values.join()}]`, `[${values.map(() => '0').join()}]`, ''],
    })
  })

  it.each([
    ['lacks a column', line([], columnNames('refusals').slice(0, -1))],
    ['has a column more', line([], [...columnNames('refusals'), 'more'])],
    ['has another order', line([], columnNames('refusals').toReversed())],
    ['ends in the middle', line([]).slice(0, -1)],
  ])('is not made of a line that %s', (_, wrong) => {
    expect(() => compactRows('refusals', [line([]), wrong])).toThrow(expect.objectContaining({ code: 'ROW' }))
  })
})

describe('A block', () => {
  const RIGHT = [
    '"2026-11-21 09:00:00.000"',
    '1',
    '0',
    '0',
    '7',
    '"2026-11-21 09:00:00"',
    '"2026-11-21"',
    '"a"',
    '"b"',
    '"c"',
    '1',
    '2',
  ]

  it.each([
    ['lacks a cell', line(RIGHT, columnNames('refusals').slice(0, -1))],
    ['has a cell more', line(RIGHT, [...columnNames('refusals'), 'more'])],
    ['has a text where a number belongs', line(RIGHT.with(1, '"1"'))],
    ['has a number that does not fit', line(RIGHT.with(4, '4294967296'))],
    ['has a number that is not whole', line(RIGHT.with(4, '1.5'))],
    ['has a day that there is not', line(RIGHT.with(0, '"2026-02-31 09:00:00.000"'))],
    ['has a number where a text belongs', line(RIGHT.with(7, '1'))],
  ])('is not made of a row that %s: the engine judges it', (_, wrong) => {
    const made = (text: string) => blockOf('refusals', [text])?.rows
    expect([made(line(RIGHT)), made(wrong)]).toEqual([1, undefined])
  })
})
