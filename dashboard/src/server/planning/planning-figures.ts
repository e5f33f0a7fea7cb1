import type { PlanningFieldId } from '../../lib/planning-view.ts'
import { narrowed } from '../figures/figure-reading.ts'
import { type FigureSetting, publishedFor } from '../figures/figure-setting.ts'

/** Numbers of a region as they are published; what is withheld or was never published is absent. */
export type PublishedNumbers = Readonly<Partial<Record<PlanningFieldId, number>>>

/** Reads what the region's own published figures say, for fields that nobody typed. */
export async function publishedNumbers(setting: FigureSetting): Promise<PublishedNumbers> {
  const [reach, holders, coverage, targetHolders, tickets, price, newHolders] = await Promise.all([
    publishedNumber('A1', 'reach', setting),
    publishedNumber('A1', 'holders', setting),
    publishedNumber('A2', 'coverage', setting),
    publishedNumber('A2', 'social-tariff-holders', setting),
    publishedNumber('A12', 'tickets', setting),
    publishedNumber('A12', 'regular-price', setting),
    publishedNumber('B12', 'new-holders', setting),
  ])
  const perHolder = tickets !== undefined && targetHolders ? rounded(tickets / targetHolders, 1) : undefined
  const perTicket = price !== undefined && tickets ? rounded(price / tickets, 2) : undefined
  const all = { reach, holders, coverage, newHolders, ticketsPerHolder: perHolder, regularPrice: perTicket }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
}

async function publishedNumber(id: string, figure: string, setting: FigureSetting): Promise<number | undefined> {
  const measure = narrowed(id, [figure])
  const published = publishedFor(measure, setting)
  // a shorter period in its place would be no number of a year
  if (published?.period.key !== setting.period.key) return undefined
  const { release, period } = published
  const question = { dimensions: [], places: [setting.place], period, release }
  const [row] = await setting.reader.figures(setting.scope, measure, question)
  return row?.status === 'ok' ? row.value : undefined
}

function rounded(value: number, decimals: number): number {
  return Math.round(value * 10 ** decimals) / 10 ** decimals
}
