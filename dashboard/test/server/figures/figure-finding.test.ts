import { expect, test } from 'vitest'
import { findingOf } from '../../../src/server/figures/figure-finding.ts'
import type { FigureDescription } from '../../../src/server/figures/page-description.ts'
import type { FigureId } from '../../../src/server/figures/pages/described-pages.ts'
import { type Cells, handMade, value, WITHHELD, WRITING } from './hand-made-figure.ts'

type Described = FigureDescription & { readonly id: FigureId }

const REACH: Described = {
  id: 'reach-by-age',
  measure: 'A1',
  figures: ['reach'],
  rows: 'age',
  chart: 'bars',
  finding: 'extremes',
}
const OVER_TIME: Described = { ...REACH, id: 'reach-over-time', rows: 'period', chart: 'line', finding: 'trend' }
const BY_TARIFF: Described = {
  id: 'participation-by-age',
  measure: 'A4',
  figures: ['active-social-tariff', 'active-other', 'gap'],
  rows: 'age',
  columns: 'figure',
  chart: 'dots',
  finding: 'apart',
}

function titleOf(description: Described, cells: Cells): string {
  return findingOf(handMade(description, cells), description.id, WRITING)
}

test('names the highest and the lowest group', () => {
  expect(titleOf(REACH, { '0-5': value(12), '6-11': value(30), '65+': value(4) })).toBe(
    'Het bereik is het hoogst bij 6–11 jaar (30%) en het laagst bij 65+ jaar (4%)',
  )
})

test('says that there is no clear difference where the rounding alone could have made it', () => {
  expect(titleOf(REACH, { '0-5': value(12, 2), '6-11': value(15, 2) })).toBe(
    'Het bereik: geen duidelijk verschil tussen de groepen',
  )
  expect(titleOf(OVER_TIME, { '2024': value(12, 2), '2025': value(15, 2) })).toBe(
    'Het bereik: geen duidelijk verschil tussen 2024 en 2025 (15%)',
  )
})

test('tells a rise from a fall', () => {
  expect(titleOf(OVER_TIME, { '2024': value(12), '2025': value(15) })).toBe('Het bereik steeg van 12% (2024) naar 15% (2025)')
  expect(titleOf(OVER_TIME, { '2024': value(15), '2025': value(12) })).toBe('Het bereik daalde van 15% (2024) naar 12% (2025)')
})

test('says nothing of a value that is withheld', () => {
  expect(titleOf(REACH, { '0-5': WITHHELD, '6-11': WITHHELD })).toBe('Het bereik: te weinig mensen om te tonen')
  expect(titleOf(REACH, { '0-5': WITHHELD, '6-11': value(30) })).toBe('Het bereik: 30% (6–11 jaar)')
})

test('finds where two groups are furthest apart, if the published gap is clear there', () => {
  const pair = (one: number, other: number, isClear: boolean) => ({
    'active-social-tariff': value(one, 0),
    'active-other': value(other, 0),
    gap: { ...value(one - other, 0), isClear },
  })
  expect(titleOf(BY_TARIFF, { '0-5': pair(30, 50, false), '6-11': pair(41, 53, true), '65+': pair(20, 25, true) })).toBe(
    'De deelname: het grootste verschil bij 6–11 jaar, 41% (deelname met kansentarief) tegenover 53% (deelname van de anderen)',
  )
  expect(titleOf(BY_TARIFF, { '0-5': pair(30, 50, false) })).toBe(
    'De deelname: nergens een duidelijk verschil tussen deelname met kansentarief en deelname van de anderen',
  )
})

test('names those that the rounding cannot tell from the largest together, and none where there are many', () => {
  const payers: Described = {
    id: 'payers',
    measure: 'A12',
    figures: ['participant', 'organizer', 'local-government'],
    rows: 'figure',
    chart: 'bars',
    finding: 'most',
  }
  expect(titleOf(payers, { participant: value(20), organizer: value(40), 'local-government': value(41) })).toBe(
    'Van de gewone prijs: het meest bij aandeel lokaal bestuur en aandeel organisator, 41%',
  )
  const ages = { '0-5': value(20), '6-11': value(20), '12-17': value(21), '18-25': value(21) }
  expect(titleOf({ ...REACH, finding: 'most' }, ages)).toBe('Het bereik: geen duidelijk verschil tussen de groepen')
})
