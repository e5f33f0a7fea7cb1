import { CUBES } from '../figures/cubes/cubes.ts'
import type { DimensionId } from '../figures/dimensions.ts'
import type { PublishedCell } from '../figures/published-cells.ts'
import type { CellQuestion } from './question.ts'

/**
 * Of the sets of exact cells that an answer needs, those that are sums of a finer one that it needs as well: that one's name by theirs.
 * Never of published cells, which are rounded and of which some are withheld.
 */
export function setsFromFiner(wanted: ReadonlyMap<string, CellQuestion>): ReadonlyMap<string, string> {
  const finest = [...wanted].sort(([, one], [, other]) => other.dimensions.length - one.dimensions.length)
  const read: (readonly [string, CellQuestion])[] = []
  const from = new Map<string, string>()
  for (const [name, question] of finest) {
    const finer = read.find(([, other]) => isSumOf(question, other))
    if (finer) from.set(name, finer[0])
    else read.push([name, question])
  }
  return from
}

/** Cells of a set by those of a finer one. */
export function sumsOfCells(cells: Iterable<PublishedCell>, fine: CellQuestion, wanted: CellQuestion): readonly PublishedCell[] {
  const kept = wanted.dimensions.map(({ id }) => fine.dimensions.findIndex((dimension) => dimension.id === id))
  const sums = new Map<string, PublishedCell>()
  for (const { place, members: all, column, value } of cells) {
    if (!wanted.columns.includes(column)) continue
    const members = kept.map((index) => all[index] ?? '')
    const key = [place, column, ...members].join('\n')
    sums.set(key, { place, members, column, value: value + (sums.get(key)?.value ?? 0), status: 'ok' })
  }
  return [...sums.values()]
}

function isSumOf(coarse: CellQuestion, fine: CellQuestion): boolean {
  const has = (id: DimensionId) => fine.dimensions.some((dimension) => dimension.id === id)
  const over = fine.dimensions.filter(({ id }) => !coarse.dimensions.some((dimension) => dimension.id === id))
  return (
    coarse.cube === fine.cube &&
    coarse.places.join('\n') === fine.places.join('\n') &&
    coarse.dimensions.every(({ id }) => has(id)) &&
    coarse.columns.every((column) => fine.columns.includes(column)) &&
    over.every(({ id }) => addsUp(coarse, id))
  )
}

/** A row with several members would count several times, and so would a person with rows of several members. */
function addsUp({ cube, columns }: CellQuestion, id: DimensionId): boolean {
  const dimension = CUBES[cube].dimensions.find((one) => one.id === id)
  return dimension !== undefined && !dimension.sql.includes('arrayJoin') && !(dimension.several && columns.includes('people'))
}
