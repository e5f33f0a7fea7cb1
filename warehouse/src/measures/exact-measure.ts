import { formatDay, type ReportingPeriod } from '@zuil/core'
import { type CellRequest, type ExactCell, exactCells } from '../figures/cell-statements.ts'
import { CUBES } from '../figures/cubes/cubes.ts'
import { parsePlace, placeKindOf } from '../figures/place.ts'
import type { PublishedCell } from '../figures/published-cells.ts'
import { parametersNamed } from '../figures/statement.ts'
import type { Parameters, Warehouse } from '../warehouse.ts'
import { evaluate } from './evaluation.ts'
import type { Measure } from './measure.ts'
import type { Query } from './query.ts'
import type { CellQuestion, FigureRow, MeasureCells, MeasureQuestion, QueriedCell } from './question.ts'
import { referenceCells } from './reference-cells.ts'

/**
 * A measure as it is, not rounded and with nothing withheld: for operators, settlement and the tests of the definitions; never
 * for a reader. The facts of the period must have been built.
 * @param now epoch ms: for measures about this moment
 */
export function exactMeasure(
  warehouse: Pick<Warehouse, 'query'>,
  measure: Measure,
  { now, ...question }: MeasureQuestion & { readonly now: number },
): Promise<readonly FigureRow[]> {
  const cells: MeasureCells = {
    basis: 'EXACT',
    cells: (wanted) => readExactCells(warehouse, wanted),
    queried: (query, { period, places }) => readQuery(warehouse, query, { period, places, now }),
    reference: (id, wanted) => referenceCells(warehouse, id, wanted),
  }
  return evaluate(measure, question, cells)
}

/** Of more places of a kind than this, all of the kind are read at once: the index finds the rows of one place, but not of many. */
const PLACES_ONE_BY_ONE = 8

async function readExactCells(warehouse: Pick<Warehouse, 'query'>, question: CellQuestion): Promise<readonly PublishedCell[]> {
  const columns = question.columns.filter((column) => column !== 'people')
  const people = question.columns.includes('people')
  const dimensions = question.dimensions.map(({ id }) => id)
  const cells: PublishedCell[] = []
  for (const { place, text, texts } of requestsOf(question.places)) {
    const request = { dimensions, columns, people, place, period: question.period }
    const { sql, parameters } = exactCells(CUBES[question.cube], request)
    const rows = await warehouse.query<ExactCell>(sql, parameters, `exact cells ${question.cube}`)
    for (const { place: of = text, members, people: counted, values } of rows) {
      if (!texts.has(of)) continue
      const cell = { place: of, members, status: 'ok' } as const
      if (people) cells.push({ ...cell, column: 'people', value: counted })
      for (const [index, column] of columns.entries()) cells.push({ ...cell, column, value: Number(values[index] ?? 0) })
    }
  }
  return cells
}

interface PlaceRequest {
  readonly place: CellRequest['place']
  /** Of the one place; empty where rows say it. */
  readonly text: string
  readonly texts: ReadonlySet<string>
}

function requestsOf(places: readonly string[]): readonly PlaceRequest[] {
  return [...Map.groupBy(places, placeKindOf)].flatMap(([kind, texts]): readonly PlaceRequest[] => {
    if (kind === undefined) return []
    if (texts.length > PLACES_ONE_BY_ONE) return [{ place: { each: kind }, text: '', texts: new Set(texts) }]
    return texts.flatMap((text) => {
      const place = parsePlace(text)
      return place ? [{ place, text, texts: new Set([text]) }] : []
    })
  })
}

async function readQuery(
  warehouse: Pick<Warehouse, 'query'>,
  { id, sql, dimensions, columns }: Query,
  { period, places, now }: { readonly period: ReportingPeriod; readonly places: readonly string[]; readonly now: number },
): Promise<readonly QueriedCell[]> {
  const known: Parameters = {
    firstDay: formatDay(period.firstDay),
    lastDay: formatDay(period.lastDay),
    period: period.key,
    places,
    now: new Date(now).toISOString().replace('T', ' ').replace('Z', ''),
  }
  const rows = await warehouse.query<Record<string, string | number>>(sql, parametersNamed(sql, known), `measure ${id}`)
  return rows.map((row) => ({
    place: String(row.place),
    members: dimensions.map((dimension) => String(row[dimension] ?? '')),
    values: columns.map((column) => Number(row[column] ?? 0)),
  }))
}
