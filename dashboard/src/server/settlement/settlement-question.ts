import {
  brusselsDay,
  isClosedPeriod,
  parseReportingPeriod,
  priceShares,
  type ReportingPeriod,
  type ReportingPeriodKind,
  reportingPeriodOf,
  type SettlementDocument,
  type WhatIf,
} from '@zuil/core'
import { PAID_BY_WORDS, SETTLEMENT_FIELDS, type WhatIfField } from '../../lib/settlement/settlement-view.ts'
import type { SettlementPart } from './settlement-sheets.ts'

type Parameters = Pick<URLSearchParams, 'get'>

const KINDS = ['MONTH', 'QUARTER', 'YEAR'] as const satisfies readonly ReportingPeriodKind[]
/** Periods to begin with, of each kind, the running one first. */
const FIRST_PERIODS: Readonly<Record<(typeof KINDS)[number], number>> = { MONTH: 13, QUARTER: 5, YEAR: 2 }
const BASIS_POINTS_PER_PERCENT = 100
const PERCENTAGE = /^\d{1,3}(?:[.,]\d{1,2})?$/
const WHOLE_PERCENTAGE = 100
const ID_LENGTH_MAX = 100

/** Periods that a region can be settled for: what it closed, and what can come next. Newest first. */
export interface SettlementPeriods {
  readonly next: readonly ReportingPeriod[]
  readonly closed: readonly string[]
  /** Where the page opens. */
  readonly standard: ReportingPeriod
}

/** @param closings first one first @param now epoch ms */
export function settlementPeriods(closings: readonly Pick<SettlementDocument, 'period'>[], now: number): SettlementPeriods {
  const today = brusselsDay(now)
  const closed = closings.map(({ period }) => period).toReversed()
  const lastPeriod = parseReportingPeriod(closings.at(-1)?.period ?? '')
  if (!lastPeriod) {
    const next = KINDS.toReversed().flatMap((kind) => latest(kind, today))
    const [, quarter] = latest('QUARTER', today)
    return { next, closed, standard: quarter ?? reportingPeriodOf('QUARTER', today) }
  }
  const first = lastPeriod.lastDay + 1
  const next = KINDS.toReversed()
    .map((kind) => reportingPeriodOf(kind, first))
    .filter(({ firstDay }) => firstDay === first && first <= today)
  const due = next.find((period) => period.kind === lastPeriod.kind && isClosedPeriod(period, now))
  return { next, closed, standard: due ?? lastPeriod }
}

/** What of a settlement an address asks for. */
export function partOf(parameters: Parameters): SettlementPart {
  const municipality = parameters.get(SETTLEMENT_FIELDS.municipality) ?? ''
  if (/^\d{1,5}$/.test(municipality)) return { municipality: Number(municipality) }
  const organizer = (parameters.get(SETTLEMENT_FIELDS.organizer) ?? '').slice(0, ID_LENGTH_MAX)
  return organizer === '' ? { region: true } : { organizer }
}

/** The other percentages of an address: none, or something that is no percentage or more than the whole price. */
export function whatIfOf(parameters: Parameters): WhatIf | 'none' | 'wrong' {
  const paidBy = parameters.get(SETTLEMENT_FIELDS.paidBy)
  const organizersPaidBy = (['HOME', 'HOST'] as const).find((each) => PAID_BY_WORDS[each] === paidBy)
  const texts = typedPercentages(parameters)
  if (organizersPaidBy === undefined && Object.values(texts).every((text) => text === '')) return 'none'
  const points = mapped(texts, basisPointsIn)
  if (Object.values(points).includes('wrong')) return 'wrong'
  const [use, participant, localGovernment, flemishGovernment] = [
    points.use,
    points.participant,
    points.local,
    points.flemish,
  ].map((value) => (value === 'wrong' ? undefined : value))
  const hasShares = [participant, localGovernment, flemishGovernment].some((value) => value !== undefined)
  const parts =
    participant === undefined || localGovernment === undefined
      ? undefined
      : priceShares({ participant, localGovernment, flemishGovernment: flemishGovernment ?? 0 })
  if (hasShares && !parts) return 'wrong'
  return {
    ...(use !== undefined && { useBasisPoints: use }),
    ...(organizersPaidBy && { organizersPaidBy }),
    ...(parts && { parts }),
  }
}

/** As they stand in the address; empty where there is none. */
export function typedPercentages(parameters: Parameters): Readonly<Record<WhatIfField, string>> {
  const text = (field: WhatIfField) => (parameters.get(SETTLEMENT_FIELDS[field]) ?? '').trim().slice(0, ID_LENGTH_MAX)
  return { use: text('use'), participant: text('participant'), local: text('local'), flemish: text('flemish') }
}

function basisPointsIn(text: string): number | 'wrong' | undefined {
  if (text === '') return undefined
  const value = Number(text.replace(',', '.'))
  if (!PERCENTAGE.test(text) || value > WHOLE_PERCENTAGE) return 'wrong'
  return Math.round(value * BASIS_POINTS_PER_PERCENT)
}

function mapped<Value>(
  { use, participant, local, flemish }: Readonly<Record<WhatIfField, string>>,
  of: (text: string) => Value,
): Readonly<Record<WhatIfField, Value>> {
  return { use: of(use), participant: of(participant), local: of(local), flemish: of(flemish) }
}

/** The running period of a kind and those before it. */
function latest(kind: (typeof KINDS)[number], today: number): readonly ReportingPeriod[] {
  const periods = [reportingPeriodOf(kind, today)]
  while (periods.length < FIRST_PERIODS[kind]) periods.push(reportingPeriodOf(kind, (periods.at(-1)?.firstDay ?? 0) - 1))
  return periods
}
