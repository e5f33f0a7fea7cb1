import { readdirSync } from 'node:fs'
import { CATALOGUE, type Crossing, CUBES, type Figure, type Measure, measureOf, PLACE_KINDS } from '@zuil/warehouse'
import { describe, expect, test } from 'vitest'
import { crossingOf, dimensionsOf, isQueryPart, partsOf } from '../../src/measures/cell-set.ts'
import { PERSPECTIVES } from '../../src/measures/measure.ts'

const FOLDER = new URL('../../src/measures/', import.meta.url)
/** Rows of each table of questions. */
const ROWS = { A: 15, B: 15, C: 13, D: 15 } as const
const WORDS_OF = { A: 'MUNICIPALITY', B: 'REGION', C: 'ORGANIZER', D: 'OPERATOR' } as const

const crossingsOf = (measure: Measure, figure: Figure) => figure.dimensions ?? measure.dimensions
const keyOf = (crossing: Crossing) => [...crossing].sort().join(',')
const each = CATALOGUE.map((measure) => ({ id: measure.id, measure }))

describe('the catalogue', () => {
  test('has every question once, in the order of the ids', () => {
    const wanted = Object.entries(ROWS).flatMap(([letter, rows]) =>
      Array.from({ length: rows }, (_, row) => `${letter}${row + 1}`),
    )
    expect(CATALOGUE.map(({ id }) => id)).toEqual(wanted)
  })

  test('lists exactly the files of the folder', () => {
    const files = readdirSync(FOLDER).filter((name) => /^[a-d]\d+-/.test(name))
    const listed = CATALOGUE.map(({ id, slug }) => `${id.toLowerCase()}-${slug}.ts`)
    expect(files.sort()).toEqual(listed.sort())
  })

  test('finds a measure by id and by slug, and no other', () => {
    expect([measureOf('A3')?.id, measureOf('participation-gap')?.id, measureOf('a3'), measureOf('')]).toEqual([
      'A3',
      'A3',
      undefined,
      undefined,
    ])
    expect(new Set(CATALOGUE.map(({ slug }) => slug)).size).toBe(CATALOGUE.length)
  })
})

describe.each(each)('$id', ({ measure }) => {
  test('belongs to those who ask it, at places there are', () => {
    const letter = measure.id.slice(0, 1) as keyof typeof WORDS_OF // ids begin with one of the four
    expect(measure.perspective).toBe(WORDS_OF[letter])
    expect(PERSPECTIVES).toContain(measure.perspective)
    expect(measure.places.every((place) => PLACE_KINDS.includes(place))).toBe(true)
  })

  test('says everything in three languages', () => {
    const texts = [measure.names, measure.definition, measure.population, measure.coverage]
    for (const { nl, fr, en } of [...texts, ...measure.figures.map(({ names }) => names)]) {
      for (const text of [nl, fr, en]) expect(text.trim()).not.toBe('')
    }
  })

  test('has figures of different names for crossings that it allows', () => {
    const allowed = measure.dimensions.map(keyOf)
    expect(new Set(allowed).size).toBe(allowed.length)
    expect(new Set(measure.figures.map(({ id }) => id)).size).toBe(measure.figures.length)
    for (const figure of measure.figures) {
      for (const crossing of crossingsOf(measure, figure)) expect(allowed).toContain(keyOf(crossing))
    }
    const covered = new Set(measure.figures.flatMap((figure) => crossingsOf(measure, figure).map(keyOf)))
    if (measure.figures.length > 0) expect([...covered].sort()).toEqual(allowed.sort())
  })

  test('reads only cells that its cubes and queries have, at all its places and periods', () => {
    for (const figure of measure.figures) {
      for (const crossing of crossingsOf(measure, figure)) {
        for (const part of partsOf(figure)) {
          const dimensions = dimensionsOf(part, crossingOf(figure, crossing))
          const wanted = `${figure.id} by ${dimensions.join(',')}`
          if (isQueryPart(part)) {
            const query = measure.queries?.find(({ id }) => id === part.query)
            expect(query?.columns, wanted).toEqual(expect.arrayContaining([...part.columns]))
            expect(query?.dimensions, wanted).toEqual(expect.arrayContaining([...dimensions]))
            continue
          }
          const cube = CUBES[part.cube]
          expect(
            cube.lattice.map((set) => set.join(',')),
            `${part.cube}: ${wanted}`,
          ).toContain(dimensions.join(','))
          expect(['people', ...cube.columns.map(({ id }) => id)], part.cube).toEqual(expect.arrayContaining([...part.columns]))
          expect(cube.places, part.cube).toEqual(expect.arrayContaining([...(figure.places ?? measure.places)]))
          expect(cube.periods, part.cube).toEqual(expect.arrayContaining([...measure.periods]))
        }
      }
    }
  })
})
