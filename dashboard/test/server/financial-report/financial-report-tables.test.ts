import fc from 'fast-check'
import { expect, test } from 'vitest'
import { financialReportTables } from '../../../src/server/financial-report/financial-report-tables.ts'
import { organizerSale } from './organizer-sale.ts'

const FACTS = {
  organizer: 'Bibliotheek Gent',
  cardSystems: [],
  firstDay: '2026-07-01',
  lastDay: '2026-09-30',
  freshUntil: Date.parse('2026-10-01T06:00:00Z'),
  municipalities: new Map([[44021, 'Gent']]),
}

test('each government has a table of the tickets that it pays for, and the Flemish one of those that it shares in', () => {
  const tables = financialReportTables(
    [
      organizerSale(),
      organizerSale({ id: 'of-nobody', payer: 0, tariff: 'COUPON_12', isGroupPass: true }),
      organizerSale({ id: 'shared', payer: 44088, localGovernment: 400, flemishGovernment: 80 }),
    ],
    FACTS,
  )
  expect(tables.map(({ name }) => name)).toEqual(['onbekende-woonplaats', '44021-gent', '44088-44088', 'vlaamse-overheid'])
  const [unknown, ghent, melle, flemish] = tables
  expect(ghent?.rows).toEqual([
    [
      '019aa000-0000-7000-8000-000000000001',
      '2026-07-01 20:30',
      'Lenteconcert',
      'event-1',
      'Gent',
      'Gent',
      'Nee',
      'Kansentarief',
      'Kansentarief',
      'Basistarief',
      'balie',
      12,
      2.4,
      4.8,
      4.8,
      0,
      4.8,
    ],
    ['Totaal', '', '', '', '', '', '', '', '', '', '', 12, 2.4, 4.8, 4.8, 0, 4.8],
  ])
  expect(unknown?.rows[0]?.slice(5, 8)).toEqual(['Onbekende woonplaats', 'Ja', 'COUPON_12'])
  expect([melle, flemish].map((table) => [table?.rows[0]?.[0], table?.rows[0]?.at(-1)])).toEqual([
    ['shared', 4],
    ['shared', 0.8],
  ])
  expect(ghent?.facts).toMatchObject({ Overheid: 'Gent', Verkopen: '1', Kaartsystemen: 'Alle' })
  expect(ghent?.facts.Stand).toMatch(/^2026-10-01 08:00: /)
})

test('what all governments pay together is what the sales say, to the cent', () => {
  const cents = fc.integer({ min: 0, max: 100_000 })
  const sales = fc.array(
    fc.record({ payer: fc.constantFrom(0, 44021, 44088), localGovernment: cents, flemishGovernment: cents }).map(organizerSale),
    { minLength: 1, maxLength: 40 },
  )
  fc.assert(
    fc.property(sales, (sold) => {
      const due = financialReportTables(sold, FACTS).map(({ rows }) => Number(rows.at(-1)?.at(-1)))
      const shares = sold.reduce((sum, { localGovernment, flemishGovernment }) => sum + localGovernment + flemishGovernment, 0)
      expect(due.reduce((sum, amount) => sum + Math.round(amount * 100), 0)).toBe(shares)
    }),
  )
})
