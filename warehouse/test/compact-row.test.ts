import { columnNames, NativeBlock } from '@zuil/warehouse'
import { describe, expect, it } from 'vitest'
import { compactRows } from '../src/compact-row.ts'

/** Values of a refusal that look like names, ends and marks. */
const AWKWARD = ['"2026-11-21 09:00:00.000"', '1', '",\\"item\\":[}]"', '"\\\\"', '"é😀"', '[1,[2,"],}"]]']

function line(values: readonly string[], names: readonly string[] = columnNames('refusals'), lead = '{'): string {
  return `${lead}${names.map((name, index) => `${JSON.stringify(name)}:${values[index] ?? '0'}`).join()}}`
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
  const lead = '{"table":"refusals",'
  const RIGHT = [
    '"2026-11-21 09:00:00.000"',
    ...['1', '0', '0', '7'],
    '"2026-11-21 09:00:00"',
    '"2026-11-21"',
    ...['"a\\"é😀"', '"b"', '"c"'],
    ...['1', '2'],
  ]

  it.each([
    ['lacks a column', line(RIGHT, columnNames('refusals').slice(0, -1), lead)],
    ['has a column more', line(RIGHT, [...columnNames('refusals'), 'more'], lead)],
    ['has another order', line(RIGHT, columnNames('refusals').toReversed(), lead)],
    ['ends in the middle', line(RIGHT, columnNames('refusals'), lead).slice(0, -1)],
    ['has a text where a number belongs', line(RIGHT.with(1, '"1"'), columnNames('refusals'), lead)],
    ['has a number that does not fit', line(RIGHT.with(4, '4294967296'), columnNames('refusals'), lead)],
    ['has a day that there is not', line(RIGHT.with(0, '"2026-02-31 09:00:00.000"'), columnNames('refusals'), lead)],
    ['has nothing where a text belongs', line(RIGHT.with(7, 'null'), columnNames('refusals'), lead)],
  ])('is not made of a line that %s: the engine judges it', (_, wrong) => {
    const made = (text: string) => {
      const block = new NativeBlock('refusals', lead)
      block.add(Buffer.from(text), 0, Buffer.from(text).length)
      return block.block()?.rows
    }
    expect([made(line(RIGHT, columnNames('refusals'), lead)), made(wrong)]).toEqual([1, undefined])
  })
})
