import { parseReportingPeriod } from '@zuil/core'
import { expect, test } from 'vitest'
import { annotationsOf, lettersAt } from '../../../src/server/figures/figure-annotations.ts'
import type { Published } from '../../../src/server/figures/figure-setting.ts'
import type { Annotation } from '../../../src/server/notebook/annotation.ts'
import { handMade, WRITING } from './hand-made-figure.ts'

const DESCRIPTION = {
  id: 'reach-over-time',
  measure: 'A1',
  figures: ['reach'],
  rows: 'period',
  chart: 'line',
  finding: 'trend',
} as const
const { release } = handMade(DESCRIPTION, {})
const YEARS = ['2023', '2024', '2025']
const periods = YEARS.flatMap((key): readonly Published[] => {
  const period = parseReportingPeriod(key)
  return period ? [{ period, release }] : []
})
const noted = (firstDay: string, lastDay: string, text = ''): Annotation => {
  return { id: firstDay, place: 'municipality:44021', kind: 'closed', firstDay, lastDay, text, by: 'anna', at: 0 }
}

test('what touches the time of a figure stands below it with its days, and nothing else does', () => {
  const annotations = [
    noted('2022-01-01', '2022-12-31'),
    noted('2025-12-31', '2026-02-01', 'Dak'),
    noted('2026-01-01', '2026-01-01'),
  ]
  expect(annotationsOf(periods, { annotations, writing: WRITING }).map(({ letter, text }) => `${letter} ${text}`)).toEqual([
    'A Gent: gesloten voor werken, 31 december 2025 tot 1 februari 2026: Dak',
  ])
})

test('a letter stands once in a drawing: where it begins, or where the drawing does', () => {
  const annotations = [noted('2022-06-01', '2023-06-01'), noted('2024-03-01', '2025-03-01'), noted('2024-05-01', '2024-05-01')]
  const shown = annotationsOf(periods, { annotations, writing: WRITING })
  expect(YEARS.map((key) => lettersAt(key, YEARS, shown))).toEqual(['A', 'B C', ''])
})
