import { parseReportingPeriod, type ReportingPeriod } from '@zuil/core'
import { measureOf, type PublishedCell } from '@zuil/warehouse'
import { describe, expect, test } from 'vitest'
import { evaluate } from '../../src/measures/evaluation.ts'
import type { Measure } from '../../src/measures/measure.ts'
import type { CellQuestion, MeasureCells } from '../../src/measures/question.ts'

const HOME = 'municipality:44021'

function measure(id: string): Measure {
  const found = measureOf(id)
  if (!found) throw new Error(`No measure ${id}`)
  return found
}

function period(key: string): ReportingPeriod {
  const found = parseReportingPeriod(key)
  if (!found) throw new Error(`No period ${key}`)
  return found
}

/** Published cells by `cube place members column`; what is not there is not published. */
function published(cells: Readonly<Record<string, number>>, asked: CellQuestion[] = []): MeasureCells {
  return {
    basis: 'PUBLISHED',
    reference: async () => [{ place: HOME, ageBand: '', persons: 10_000, year: 2026 }],
    cells: async (question) => {
      asked.push(question)
      const tuples = question.dimensions.reduce<string[][]>(
        (all, { members = [] }) => all.flatMap((one) => members.map((member) => [...one, member])),
        [[]],
      )
      return question.places.flatMap((place) =>
        tuples.flatMap((members) =>
          question.columns.flatMap((column): PublishedCell[] => {
            const value = cells[[question.cube, place, ...members, column].join(' ')]
            return value === undefined ? [] : [{ place, members, column, value, status: 'ok' }]
          }),
        ),
      )
    },
  }
}

const PARTICIPATION = {
  [`participation ${HOME} KT people`]: 400,
  [`participation ${HOME} KT ACTIVE people`]: 120,
  [`participation ${HOME} OTHER people`]: 4_000,
  [`participation ${HOME} OTHER ACTIVE people`]: 2_000,
}

describe('a measure over published cells', () => {
  test('is made of the same counts for each of its figures', async () => {
    const rows = await evaluate(
      measure('A3'),
      { dimensions: [], places: [HOME], period: period('2025') },
      published(PARTICIPATION),
    )
    expect(rows.map(({ figure, value, status, isClear }) => ({ figure, value, status, isClear }))).toEqual([
      { figure: 'gap', value: -20, status: 'ok', isClear: true },
      { figure: 'gap-standardised', value: 0, status: 'withheld', isClear: undefined },
      { figure: 'ratio', value: 0.6, status: 'ok', isClear: true },
      { figure: 'active-social-tariff', value: 30, status: 'ok', isClear: undefined },
      { figure: 'active-other', value: 50, status: 'ok', isClear: undefined },
    ])
  })

  test('names the members that it needs, so that what is withheld cannot be told from what was never counted', async () => {
    const asked: CellQuestion[] = []
    await evaluate(
      measure('A5'),
      { dimensions: ['tariff', 'frequency'], places: [HOME], period: period('2025') },
      published({}, asked),
    )
    expect(
      asked.map(({ cube, columns, dimensions }) => [cube, columns, dimensions.map(({ id, members }) => [id, members?.length])]),
    ).toEqual([
      [
        'frequency',
        ['people'],
        [
          ['tariff', 2],
          ['frequency', 5],
        ],
      ],
      ['frequency', ['people'], [['tariff', 2]]],
    ])
  })

  test('has a row for each member and place, withheld where there is no cell', async () => {
    const rows = await evaluate(
      measure('A4'),
      { dimensions: ['age'], members: { age: ['0-5', '6-11'] }, places: [HOME, 'all'], period: period('2025') },
      published({}),
    )
    const gaps = rows.filter(({ figure }) => figure === 'gap')
    expect(gaps.map(({ place, members, status }) => [place, ...members, status])).toEqual([
      [HOME, '0-5', 'withheld'],
      [HOME, '6-11', 'withheld'],
      ['all', '0-5', 'withheld'],
      ['all', '6-11', 'withheld'],
    ])
  })

  test('has a row for the pairs of origin and destination that there are cells of, and not for all that there could be', async () => {
    const cell = (members: readonly string[], value: number) =>
      ({ place: HOME, members, column: 'points', value, status: 'ok' }) as const
    const rows = await evaluate(
      measure('B7'),
      { dimensions: ['destination', 'origin'], places: [HOME], period: period('2025') },
      {
        ...published({}),
        cells: async ({ dimensions }) =>
          dimensions.length === 2
            ? [cell(['11002', '44021'], 30), cell(['44021', '44021'], 500)]
            : [cell(['44021'], 530), cell(['31005'], 70)],
      },
    )
    expect(rows.filter(({ figure }) => figure === 'points').map(({ members, value }) => [...members, value])).toEqual([
      ['44021', '11002', 30],
      ['44021', '44021', 500],
    ])
  })

  test('divides by inhabitants where it asks for them', async () => {
    const rows = await evaluate(
      measure('A1'),
      { dimensions: [], places: [HOME], period: period('2025') },
      published({ [`holders ${HOME} people`]: 1_500 }),
    )
    expect(rows.map(({ figure, value, low, high }) => [figure, value, low, high])).toEqual([
      ['reach', 15, 14.9, 15.1],
      ['holders', 1_500, 1_496, 1_504],
    ])
  })

  test('of several places together is as wide as their roundings together', async () => {
    const place = `${HOME}+municipality:44052`
    const [, holders] = await evaluate(
      measure('A1'),
      { dimensions: [], places: [place], period: period('2025') },
      published({ [`holders ${place} people`]: 1_500 }),
    )
    expect([holders?.low, holders?.high]).toEqual([1_492, 1_508])
  })

  test('asks for no cells of places that a figure is not about', async () => {
    const asked: CellQuestion[] = []
    const dimensions = ['sector-before', 'sector'] as const
    await evaluate(measure('A6'), { dimensions, places: [HOME, 'all'], period: period('2025') }, published({}, asked))
    expect(asked.map(({ cube, places }) => [cube, places])).toEqual([['taste-pairs', ['all']]])
  })

  test('refuses a crossing and a place that it is not made for', async () => {
    const ask = (dimensions: ['sector'] | [], place: string) =>
      evaluate(measure('A1'), { dimensions, places: [place], period: period('2025') }, published({}))
    await expect(ask(['sector'], HOME)).rejects.toMatchObject({ code: 'CALL' })
    await expect(ask([], 'organizer:x')).rejects.toMatchObject({ code: 'CALL' })
    await expect(ask([], `${HOME}+organizer:x`)).rejects.toMatchObject({ code: 'CALL' })
  })
})
