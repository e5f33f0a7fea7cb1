import {
  formatDay,
  isClosedPeriod,
  parseReportingPeriod,
  type ReportingPeriod,
  type SettlementDocument,
  toBeAccepted,
} from '@zuil/core'
import { choiceOf } from '../../lib/address.ts'
import { formatOf } from '../../lib/format.ts'
import type { Language } from '../../lib/language.ts'
import { periodName } from '../../lib/period-name.ts'
import {
  type ClosingView,
  SETTLEMENT_FIELDS,
  type SettlementChoice,
  type SettlementView,
  YES,
} from '../../lib/settlement/settlement-view.ts'
import type { Option } from '../../lib/shell-view.ts'
import { isSettlementFault, settlementMessagesOf } from '../../messages/settlement/settlement-languages.ts'
import type { PlaceBook } from '../scope/place-book.ts'
import type { Principal } from '../scope/principal.ts'
import { SettlementAddress } from './settlement-address.ts'
import { settlementContent } from './settlement-content.ts'
import { factsOf } from './settlement-paper.ts'
import { settlementPaperWordsOf } from './settlement-paper-words.ts'
import { partOf, type SettlementPeriods, settlementPeriods } from './settlement-question.ts'
import type { SettlementReader, SettlementReading } from './settlement-reader.ts'
import { settlementSections } from './settlement-sections.ts'
import { type SettlementPart, settlementSheets } from './settlement-sheets.ts'
import { settlementFinding, settlementKeyFigures } from './settlement-summary.ts'
import { whatIfView } from './what-if-view.ts'

/** Who looks at which settlement. */
export interface SettlementPageRequested {
  readonly principal: Pick<Principal, 'settles' | 'owner'>
  readonly language: Language
  /** Of the address. */
  readonly parameters: URLSearchParams
}

export interface SettlementPageSources {
  readonly settlements: Pick<SettlementReader, 'closedPeriods' | 'settlement' | 'supposed'>
  readonly places: Pick<PlaceBook, 'namer'>
  /** Epoch ms. */
  readonly clock: () => number
}

/** What the page shows, before it is looked up. */
interface Asked {
  readonly language: Language
  readonly parameters: URLSearchParams
  readonly cardSystem: number
  readonly period: ReportingPeriod
  readonly part: SettlementPart
}

/** The page "Afrekening": a settlement as it was closed, or as it would be closed now, within what its reader settles. */
export async function settlementPage(
  { principal, language, parameters }: SettlementPageRequested,
  { settlements, places, clock }: SettlementPageSources,
): Promise<SettlementView> {
  const { settles, owner } = principal
  const wanted = Number(parameters.get(SETTLEMENT_FIELDS.region) || Number.NaN)
  const cardSystem = settles.mayRead(wanted) ? wanted : (settles.cardSystems[0] ?? 0)
  const reading: SettlementReading = { scope: settles, who: owner, part: 'closings', format: 'html' }
  const periods = settlementPeriods(await settlements.closedPeriods(reading, cardSystem), clock())
  const period = parseReportingPeriod(parameters.get(SETTLEMENT_FIELDS.period) ?? '') ?? periods.standard
  const part = partOf(parameters)
  const found = await settlements.settlement({ ...reading, part: partName(part) }, cardSystem, period)
  const name = await places.namer()
  const words = settlementMessagesOf(language)
  const regions = settles.cardSystems.map((each) => ({ value: String(each), label: name(`region:${each}`) }))
  const around = {
    language,
    title: settlementPaperWordsOf(language).overview,
    aside: `${'refusal' in found ? name(`region:${cardSystem}`) : found.region}, ${periodName(period.key, language)}`,
    choice: choiceView({ language, cardSystem, period, periods, regions }),
    keyFiguresLabel: words.keyFigures.label,
    notice: parameters.get(SETTLEMENT_FIELDS.closed) === YES ? words.closed(periodName(period.key, language)) : '',
  }
  if ('refusal' in found) {
    const fault = words.faults[found.refusal.code](found.refusal.detail)
    return { ...around, finding: '', fault, facts: [], keyFigures: [], sections: [] }
  }
  const asked: Asked = { language, parameters, cardSystem, period, part }
  const shown = settlementView(found, asked)
  if (!('region' in part)) return { ...around, ...shown }
  const whatIf = await whatIfView(asked, { settlements, reading })
  return { ...around, ...shown, whatIf, ...closingView(found, asked, clock()) }
}

function settlementView(document: SettlementDocument, asked: Asked) {
  const { language, parameters, cardSystem, period, part } = asked
  const words = settlementMessagesOf(language)
  const address = new SettlementAddress({ choice: choiceOf(parameters), cardSystem, period: period.key })
  const fault = parameters.get(SETTLEMENT_FIELDS.fault) ?? ''
  const isRegion = 'region' in part
  return {
    title: settlementSheets(document, part, language).title,
    finding: settlementFinding(document, part, language),
    // What was refused is told by its code: words of an address are nobody's words.
    fault: isSettlementFault(fault) ? words.faults[fault]('') : '',
    facts: factsOf(document, language),
    keyFigures: isRegion ? settlementKeyFigures(document, language) : [],
    ...(!isRegion && { back: { label: words.back, href: address.page({ region: true }) } }),
    sections: settlementSections(document, part, { address, language }),
  }
}

function closingView(document: SettlementDocument, { language, period }: Asked, now: number): { readonly closing?: ClosingView } {
  if (document.closing) return {}
  const { closing } = settlementMessagesOf(language)
  if (!isClosedPeriod(period, now)) {
    return { closing: { title: closing.title, note: closing.notOver(formatOf(language).day(formatDay(period.lastDay))) } }
  }
  const findings = toBeAccepted(document.findings).length
  const form = {
    content: settlementContent(document),
    period: period.key,
    confirmLabel: closing.confirm(period.key),
    acceptLabel: findings > 0 ? closing.accept(findings) : '',
    close: closing.close(periodName(period.key, language)),
  }
  return { closing: { title: closing.title, note: closing.note, form } }
}

interface Choices {
  readonly language: Language
  readonly cardSystem: number
  readonly period: ReportingPeriod
  readonly periods: SettlementPeriods
  readonly regions: readonly Option[]
}

function choiceView({ language, cardSystem, period, periods, regions }: Choices): SettlementChoice {
  const words = settlementMessagesOf(language)
  const option = (key: string): Option => ({ value: key, label: periodName(key, language) })
  const next = periods.next.map(({ key }) => key)
  const isKnown = [...next, ...periods.closed].includes(period.key)
  return {
    label: words.choice,
    regionLabel: words.region,
    regions,
    region: String(cardSystem),
    periodLabel: words.period,
    periods: [
      { label: words.nextPeriods, options: [...(isKnown ? [] : [period.key]), ...next].map(option) },
      { label: words.closedPeriods, options: periods.closed.map(option) },
    ].filter(({ options }) => options.length > 0),
    period: period.key,
    show: words.show,
  }
}

/** As the log of who read exact amounts names it. */
function partName(part: SettlementPart): string {
  if ('municipality' in part) return `municipalities/${part.municipality}`
  return 'organizer' in part ? `organizers/${part.organizer}` : 'overview'
}
