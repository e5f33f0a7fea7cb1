import { brusselsDay, parseReportingPeriod } from '@zuil/core'
import { CUBES, type Release } from '@zuil/warehouse'
import { describe, expect, test } from 'vitest'
import { duePeriods, FAILED_AGAIN_MS, PERIODS_BACK } from '../../src/publish/due-periods.ts'

const NOW = Date.UTC(2026, 10, 22, 12)
/** Of each kind there are cells, which say all when the period is over. */
const cubes = [CUBES.holders, CUBES.sectors]

const release = (period: string, changes: Partial<Release> = {}): Release => ({
  release: 1,
  publishedAt: NOW - 1,
  provisional: false,
  periodKind: parseReportingPeriod(period)?.kind ?? 'MONTH',
  period,
  threshold: 10,
  cubes: cubes.map(({ id }) => id),
  cells: 0,
  withheld: 0,
  contentRows: 0,
  contentHash: '0',
  ...changes,
})

const running = release('2026-11', { provisional: true })
const day = (text: string) => brusselsDay(Date.parse(`${text}T12:00:00Z`))

function dueKeys(options: Partial<Parameters<typeof duePeriods>[0]>): readonly string[] {
  const due = duePeriods({ cubes, releases: [running], failures: new Map(), now: NOW, since: day('2026-10-31'), ...options })
  return due.map(({ period: { key }, isProvisional }) => (isProvisional ? `${key} provisional` : key))
}

describe('What is due', () => {
  test('is the last period of each kind that is over, and the month that runs', () => {
    expect(dueKeys({ releases: [] })).toEqual(['2026-10', '2026-11 provisional'])
    expect(dueKeys({ releases: [], since: day('2025-12-31') }).slice(-3)).toEqual(['2025-2026', '2025', '2026-11 provisional'])
  })

  test('is the past, too, where it was never published: the newest first, and parts before the whole', () => {
    const due = dueKeys({ since: day('2020-01-06') })
    expect(due.slice(0, 3)).toEqual(['2026-10', '2026-09', '2026-08'])
    expect(due.slice(12)).toEqual([
      '2025-10',
      '2026-Q3',
      '2026-Q2',
      '2026-Q1',
      '2025-Q4',
      '2025-Q3',
      '2025-2026',
      '2024-2025',
      '2025',
      '2024',
    ])
    expect(due).toHaveLength(Object.values(PERIODS_BACK).reduce((sum, count) => sum + count, 0))
  })

  test('begins with the period of the first transaction', () => {
    expect(dueKeys({ since: day('2026-08-31') })).toEqual(['2026-10', '2026-09', '2026-08', '2026-Q3', '2025-2026'])
  })

  test('is nothing before the first transaction: of a period without any there is nothing to say', () => {
    expect(dueKeys({ releases: [], since: undefined })).toEqual([])
    expect(dueKeys({ releases: [], since: day('2026-11-22') })).toEqual(['2026-11 provisional'])
  })

  test('is not what was published of the past, also when there are further cubes since then: for that a revision is asked for', () => {
    const releases = [running, release('2026-09', { cubes: ['holders'] }), release('2026-10', { cubes: ['holders'] })]
    expect(dueKeys({ releases, since: day('2026-08-31') }).slice(0, 3)).toEqual(['2026-10', '2026-08', '2026-Q3'])
  })

  test('is not what failed today', () => {
    const failures = new Map([
      ['2026-09', NOW - FAILED_AGAIN_MS + 1],
      ['2026-08', NOW - FAILED_AGAIN_MS],
    ])
    expect(dueKeys({ failures, since: day('2026-08-31') }).slice(0, 3)).toEqual(['2026-10', '2026-08', '2026-Q3'])
  })
})
