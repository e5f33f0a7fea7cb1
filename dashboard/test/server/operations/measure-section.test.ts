import { type FigureRow, measureOf } from '@zuil/warehouse'
import { expect, test } from 'vitest'
import { LANGUAGES } from '../../../src/lib/language.ts'
import { FigureWriting } from '../../../src/server/figures/figure-writing.ts'
import { ExactCounts } from '../../../src/server/operations/exact-counts.ts'
import { ASKED_MEASURES, lastWeeks, type MeasureAnswer, measureSection } from '../../../src/server/operations/measure-section.ts'

const AT = Date.parse('2026-11-21T13:03:27Z')
const NAMES = new Map([['region:1', 'UiTPAS Gent']])
const writingIn = (language: (typeof LANGUAGES)[number]) =>
  new FigureWriting(language, { place: (place) => NAMES.get(place) ?? place, points: new Map() })

function answerOf(
  id: string,
  dimensions: MeasureAnswer['dimensions'],
  cells: readonly (readonly [string, string, readonly string[], number])[],
) {
  const measure = measureOf(id)
  if (!measure) throw new RangeError(id)
  const rows = cells.map(
    ([figure, place, members, value]): FigureRow => ({
      figure,
      place,
      members,
      status: 'ok',
      value,
      low: value,
      high: value,
      decimals: 0,
    }),
  )
  return { measure, dimensions, rows }
}

test('a total with its regions: the sentence says the total, the table has a row for each place', () => {
  const cells = [
    ['used', 'all', [], 80],
    ['installed', 'all', [], 120],
    ['used', 'region:1', [], 90],
    ['installed', 'region:1', [], 20],
  ] as const
  const { title, table } = measureSection(answerOf('B9', [], cells), writingIn('nl'))
  expect(title).toBe('Gezamenlijke aankoop: in gebruik 80% en geplaatste zuilen 120')
  expect(table.rows.map((row) => row.cells)).toEqual([
    ['UiTPAS Gent', '90%', '20'],
    ['Alle gemeenten samen', '80%', '120'],
  ])
})

test('of programs the one that did most comes first', () => {
  const cells = [
    ['accepted', 'all', ['kassa'], 10],
    ['accepted', 'all', ['kiosk'], 90],
    ['share', 'all', ['kiosk'], 90],
  ] as const
  const { title, table } = measureSection(
    { ...answerOf('D9', ['client'], cells), names: new Map([['kassa', 'Ticket desk']]) },
    writingIn('en'),
  )
  expect(title).toContain('kiosk, 90')
  expect(table.rows.map((row) => row.cells)).toEqual([
    ['kiosk', '90', '90%'],
    ['Ticket desk', '10', '–'],
  ])
})

test('hours run down and weekdays across, in their order', () => {
  const cells = [
    ['expected', 'all', ['3', '14'], 320],
    ['expected', 'all', ['1', '9'], 12],
    ['most', 'all', ['3', '14'], 400],
  ] as const
  const { table, title } = measureSection(answerOf('D14', ['weekday', 'hour'], cells), writingIn('nl'))
  expect(title).toBe('Verwachting: het meest bij woensdag, 14 u, 320')
  expect(table.columns.map(({ label }) => label)).toEqual(['Uur', 'Maandag', 'Woensdag'])
  expect(table.rows.map((row) => row.cells)).toEqual([
    ['9 u', '12', '–'],
    ['14 u', '–', '320'],
  ])
})

test.each(LANGUAGES)('in %s a measure without answers says so and has no table', (language) => {
  for (const { id, dimensions } of ASKED_MEASURES) {
    const { title, note, table } = measureSection(answerOf(id, dimensions, []), writingIn(language))
    expect([title === '', note === '', table.rows]).toEqual([false, false, []])
  }
})

test('exact counts are read once in five minutes, a failed look is not remembered, and a measure about people is refused unread', async () => {
  let [looks, now] = [0, AT]
  const source = {
    counts: async () => {
      looks += 1
      if (looks === 1) throw new Error('the warehouse is busy')
      return []
    },
  }
  const counts = new ExactCounts(source, () => now)
  const { measure } = answerOf('D12', [], [])
  const ask = () => counts.read(measure, { dimensions: [], places: ['all'], period: lastWeeks(AT) })
  await expect(ask()).rejects.toThrow('busy')
  await Promise.all([ask(), ask()])
  expect(looks).toBe(2)
  now += 300_000
  await Promise.all([ask(), ask()])
  expect(looks).toBe(3)
  const { measure: reach } = answerOf('A1', [], [])
  await expect(counts.read(reach, { dimensions: [], places: ['all'], period: lastWeeks(AT) })).rejects.toThrow('about people')
  expect(looks).toBe(3)
})
