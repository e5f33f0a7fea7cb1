import { roundByKey } from '@zuil/core'
import { beforeAll, describe, expect, test } from 'vitest'
import { auditRelease } from '../../src/audit/audit-release.ts'
import { type AuditedRelease, describeCell } from '../../src/audit/audited-release.ts'
import { drawPeople } from '../publish/synthetic-truth.ts'
import { type Attacked, attacked, type Canary, cellsOfMember, smallCells, THRESHOLD, withCanary } from './attacked.ts'
import { ExactRange } from './linear-programme.ts'

/** A naive publisher: what it shows of so many people, whose cell has this key. */
type Shown = (people: number, key: number) => number

const ROUNDED: Shown = (people, key) => roundByKey(people, 5, key)

let canary: Canary
let made: Attacked
beforeAll(() => {
  canary = withCanary(drawPeople(21, 2_000))
  made = attacked(canary.people, { secret: 21 })
})

/** The release of somebody who withholds groups of few people and thinks no further. */
function naive(shown: Shown): AuditedRelease {
  const { cells } = made.release
  const published = made.release.published.slice()
  for (let cell = 0; cell < cells.size; cell++) {
    const people = cells.people[cell] ?? 0
    published[cell] = people < THRESHOLD || cells.silent[cell] ? Number.NaN : shown(people, cells.keys[cell] ?? 0)
  }
  return { ...made.release, published }
}

function attacksThatFind(release: AuditedRelease): readonly number[] {
  return Object.keys(auditRelease(release).counts).map(Number)
}

describe('An attack finds what a publisher leaves who', () => {
  test('protects: nothing', () => {
    expect(attacksThatFind(made.release)).toEqual([])
  })

  test('withholds and rounds but repairs nothing: by intervals, by pairs and by what is left of a whole', () => {
    expect(attacksThatFind(naive(ROUNDED))).toEqual(expect.arrayContaining([1, 4, 6]))
  })

  test('repairs nothing: by the exact linear programme too', async () => {
    const release = naive(ROUNDED)
    const exact = await ExactRange.of(release)
    const found = auditRelease(release).recovered.find(({ attack }) => attack === 6)
    const cell = smallCells(release).find((small) => found?.cell === describeCell(release.table, small))
    const { from, to } = exact.range(cell ?? -1, 200)
    expect(to - from).toBeLessThan(4)
  })

  test('withholds enough and shows true numbers of the rest: by reconstruction', () => {
    const { published, cells } = made.release
    const shown = published.map((value, figure) =>
      figure < cells.size && !Number.isNaN(value) ? (cells.people[figure] ?? 0) : value,
    )
    expect(attacksThatFind({ ...made.release, published: shown })).toContain(3)
  })

  test('shows somebody who is alone: by name', () => {
    const alone = cellsOfMember(made.release, canary)
    expect(alone.length).toBeGreaterThan(3)
    const published = made.release.published.slice()
    for (const cell of alone) published[cell] = 5
    const shown = alone.map((cell) =>
      expect.objectContaining({ attack: 1, cell: `${describeCell(made.release.table, cell)}: people` }),
    )
    expect(auditRelease({ ...made.release, published }).recovered).toEqual(expect.arrayContaining(shown))
  })

  test('rounds the same people in two ways: by their two values', () => {
    let turn = 0
    expect(attacksThatFind(naive((people) => people - (people % 5) + (turn++ % 2) * 5))).toContain(13)
  })
})
