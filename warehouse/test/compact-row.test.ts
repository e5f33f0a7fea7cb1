import { columnNames, joinCompactRows, RowCompactor } from '@zuil/warehouse'
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

  it('is made of lines that lead with something else, which no column is', () => {
    const compactor = new RowCompactor('refusals', { lead: '{"table":"refusals",' })
    const text = Buffer.from(`${line(AWKWARD, columnNames('refusals'), '{"table":"refusals",')}\n`)
    expect(compactor.add(text, 0, text.length - 1)).toBe(true)
    expect(compactor.rows()).toEqual(compactRows('refusals', [line(AWKWARD)]))
  })

  it.each([
    ['lacks a column', line([], columnNames('refusals').slice(0, -1))],
    ['has a column more', line([], [...columnNames('refusals'), 'more'])],
    ['has another order', line([], columnNames('refusals').toReversed())],
    ['ends in the middle', line([]).slice(0, -1)],
  ])('is not made of a line that %s', (_, wrong) => {
    expect(() => compactRows('refusals', [line([]), wrong])).toThrow(expect.objectContaining({ code: 'ROW' }))
    const compactor = new RowCompactor('refusals')
    const text = Buffer.from(wrong)
    expect([compactor.add(text, 0, text.length), compactor.rows().body.length]).toEqual([false, 0])
  })

  it('joins others in one body', () => {
    const one = compactRows('refusals', [line([])])
    const two = compactRows('refusals', [line(AWKWARD), line([])])
    expect(joinCompactRows([one, two])).toEqual(compactRows('refusals', [line([]), line(AWKWARD), line([])]))
  })
})
