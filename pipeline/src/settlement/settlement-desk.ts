import {
  brusselsDay,
  type ClosedSettlement,
  entryOf,
  formatDay,
  isClosedPeriod,
  type ReportingPeriod,
  reportingPeriodOf,
  type SettlementBasis,
  type SettlementDocument,
  type SettlementEntry,
  type SettlementFinding,
  type SettlementSpan,
  settle,
  sharedBy,
  startOfDay,
  termsOf,
  toBeAccepted,
  type WhatIf,
  whatIfBasis,
} from '@zuil/core'
import {
  agreementTerms,
  type MonthOfTickets,
  missingTickets,
  municipalitySuccessors,
  openTickets,
  type SettlementNames,
  settlementMembers,
  settlementNames,
  settlementRegions,
  ticketsByMonth,
  voidedTickets,
  type Warehouse,
} from '@zuil/warehouse'
import { bringClosingsUp } from './closing-copy.ts'
import { type ClosedDocument, ClosingRecord, type KeptClosing } from './closing-record.ts'
import { alreadyClosed, noTerms, notAccepted, requireMembers, requireNext, SettlementRefusal } from './settlement-refusal.ts'

export interface SettlementDeskDependencies {
  readonly warehouse: Pick<Warehouse, 'query' | 'stream' | 'append'>
  /** Where closings are kept. */
  readonly folder: string
  /** Epoch ms. */
  readonly clock: () => number
  /** Epoch ms: everything that was accepted before it is in the warehouse. */
  readonly freshUntil: () => number
}

export interface CloseOrder {
  readonly cardSystem: number
  readonly period: ReportingPeriod
  /** Id of the account that closes. */
  readonly by: string
  /** What was found is known, and right. */
  readonly accepted?: boolean
  /** Whether it is still what somebody looked at; absent: nobody looked. */
  readonly isAsSeen?: (document: SettlementDocument) => boolean
}

/** How long somebody who looks is told the same of tickets of before the first period: years of them are counted. */
const SOLD_BELIEVED_MS = 10 * 60_000
/** For so long they are told what was counted last, while it is counted again behind them. */
const SOLD_TOLD_MAX_MS = 24 * 60 * 60_000

/** Before it nothing was sold. */
const FIRST_DAY = '1970-01-01'

/** Settles the periods of regions, one thing at a time: two closings at once would take the same tickets. */
export class SettlementDesk {
  readonly #dependencies: SettlementDeskDependencies
  readonly #record: ClosingRecord
  /** A row for each region and month: of all of Flanders in twenty years some ten thousand. */
  #sold: { readonly countedAt: number; readonly months: readonly MonthOfTickets[] } | undefined
  #counting: Promise<readonly MonthOfTickets[]> | undefined
  #last: Promise<unknown> = Promise.resolve()

  constructor(dependencies: SettlementDeskDependencies) {
    this.#dependencies = dependencies
    this.#record = new ClosingRecord(dependencies.folder)
  }

  /** Copies to the warehouse what it lacks of the record; gives the number of closings that it lacked. */
  bringUp(): Promise<number> {
    return this.#alone(async () => {
      let copied = 0
      for (const cardSystem of await this.#record.cardSystems())
        copied += await bringClosingsUp(this.#dependencies.warehouse, this.#record, await this.#record.closings(cardSystem))
      return copied
    })
  }

  /**
   * Counts what the first reader after a start would wait for, and reads the running year and the quarter before this one once: pages open with
   * the quarter, and the engine reads what it read before from memory, for every region.
   */
  async prepare(): Promise<void> {
    await this.#soldByMonth()
    const today = brusselsDay(this.#dependencies.clock())
    const periods = [
      reportingPeriodOf('YEAR', today),
      reportingPeriodOf('QUARTER', reportingPeriodOf('QUARTER', today).firstDay - 1),
    ]
    const [region] = await settlementRegions(this.#dependencies.warehouse)
    if (!region) return
    for (const period of periods) {
      try {
        await this.settlement(region.cardSystem, period)
      } catch (error) {
        // a region without agreement has been read as well
        if (!(error instanceof SettlementRefusal)) throw error
      }
    }
  }

  /** What a region closed, first one first. */
  closings(cardSystem: number): Promise<readonly ClosedDocument[]> {
    return this.#alone(async () => (await this.#record.closings(cardSystem)).map(recorded))
  }

  /**
   * The settlement of a period: as it was closed, or as it would be closed now.
   * @throws {SettlementRefusal}
   */
  settlement(cardSystem: number, period: ReportingPeriod, whatIf?: WhatIf): Promise<SettlementDocument> {
    return this.#alone(async () => {
      const kept = await this.#record.closings(cardSystem)
      const closed = kept.find(({ document }) => document.period === period.key)
      if (closed && !whatIf) return recorded(closed)
      if (closed && whatIf) return supposed(closed.document, await this.#record.entries(closed), whatIf)
      const { document, entries } = await this.#open({ cardSystem, period, kept })
      return whatIf ? supposed(document, entries, whatIf) : document
    })
  }

  /**
   * Closes a period for good. It is closed when this resolves, or when the record has it.
   * @throws {SettlementRefusal}
   */
  close({ cardSystem, period, by, accepted = false, isAsSeen = () => true }: CloseOrder): Promise<ClosedDocument> {
    return this.#alone(async () => {
      const { warehouse, clock, freshUntil } = this.#dependencies
      const kept = await this.#record.closings(cardSystem)
      const before = kept.find(({ document }) => document.period === period.key)
      if (before) throw alreadyClosed(before.document)
      if (!isClosedPeriod(period, clock()))
        throw new SettlementRefusal('NOT_OVER', `${period.key} is not over yet: close it afterwards`)
      if (freshUntil() < startOfDay(period.lastDay + 1)) {
        const until = new Date(freshUntil()).toISOString()
        throw new SettlementRefusal(
          'NOT_LOADED',
          `The warehouse holds everything until ${until}: wait until ${period.key} is loaded`,
          until,
        )
      }
      this.#sold = undefined
      this.#counting = undefined
      const { document, entries } = await this.#open({ cardSystem, period, kept })
      if (!isAsSeen(document))
        throw new SettlementRefusal(
          'CHANGED',
          `${period.key} is no longer what was looked at: look again, and close what you see`,
        )
      const open = toBeAccepted(document.findings)
      if (open.length > 0 && !accepted) throw notAccepted(open)
      const closing = { number: kept.length + 1, closedAt: clock(), closedBy: by }
      const added = await this.#record.add({ ...document, closing }, entries, kept.at(-1)?.sha256)
      await bringClosingsUp(warehouse, this.#record, [added])
      return recorded(added)
    })
  }

  async #open({ cardSystem, period, kept }: Opening): Promise<Opened> {
    const { warehouse } = this.#dependencies
    const span = { period: period.key, firstDay: formatDay(period.firstDay), lastDay: formatDay(period.lastDay) }
    const closed = kept.map(({ document }) => document)
    requireNext(span, closed.at(-1))
    // side by side: whoever looks waits for the longer of the two
    const [registry, { entries, found }] = await Promise.all([
      this.#registry(cardSystem, period),
      bringClosingsUp(warehouse, this.#record, kept).then(() => this.#entries(cardSystem, span, closed)),
    ])
    const region = registry.regions.find((each) => each.cardSystem === cardSystem)?.name
    if (region === undefined) throw new SettlementRefusal('UNKNOWN_REGION', `The registry has no card system ${cardSystem}`)
    const basis = basisOf(registry, region, span)
    const { successorOf } = registry
    const settlement = settle({ period: span.period, basis, entries, closed: closed.map(remembered), successorOf })
    const document = { cardSystem, region, ...span, ...settlement, ...namesIn(settlement, registry.names) }
    return { document: { ...document, findings: [...settlement.findings, ...found] }, entries }
  }

  /** What the registry says of a card system, and of everybody that a settlement names. */
  async #registry(cardSystem: number, { lastDay }: ReportingPeriod): Promise<SettlementRegistry> {
    const { warehouse } = this.#dependencies
    const until = new Date(startOfDay(lastDay + 1)).toISOString().replace('T', ' ').replace('Z', '')
    const [regions, terms, members, successorOf, names] = await Promise.all([
      settlementRegions(warehouse),
      agreementTerms(warehouse, cardSystem),
      settlementMembers(warehouse, cardSystem, until),
      municipalitySuccessors(warehouse),
      settlementNames(warehouse),
    ])
    return { regions, terms, members, successorOf, names }
  }

  /** What the period settles: tickets that no closing has, and those that were voided since they were settled. */
  async #entries(cardSystem: number, span: SettlementSpan, closed: readonly ClosedDocument[]): Promise<Entries> {
    const { warehouse } = this.#dependencies
    const firstDay = closed[0]?.firstDay ?? span.firstDay
    const days = { firstDay, lastDay: span.lastDay }
    // Before the first closing nothing is settled that could be missing or taken back; what is older than it is asked for then only.
    const isFirst = closed.length === 0
    const [open, missing, voided, found] = await Promise.all([
      openTickets(warehouse, cardSystem, days),
      isFirst ? 0 : missingTickets(warehouse, cardSystem, days),
      isFirst ? [] : voidedTickets(warehouse, cardSystem, days),
      isFirst ? this.#foundBefore(cardSystem, firstDay) : [],
    ])
    if (open.unknownKeys.length > 0) {
      const keys = open.unknownKeys.join(', ')
      const reason = `Of distribution keys ${keys} nobody knows whose they are, and their events are of several card systems`
      throw new SettlementRefusal('UNKNOWN_KEY', `${reason}: put these keys again`, keys)
    }
    if (missing > 0) {
      const reason = `${missing} tickets that were settled are not in the warehouse: run "npm run zuil -- rebuild warehouse"`
      throw new SettlementRefusal('TICKETS_MISSING', reason, String(missing))
    }
    const entries = [
      ...open.tickets.map((ticket) => entryOf(ticket, span, closed)),
      ...voided.map(({ origin, ...ticket }): SettlementEntry => ({ kind: 'VOIDED', origin, ticket })),
    ]
    return { entries, found }
  }

  /** Every period begins with a month. */
  async #foundBefore(cardSystem: number, firstDay: string): Promise<readonly SettlementFinding[]> {
    const months = (await this.#soldByMonth()).filter((each) => each.cardSystem === cardSystem && each.month < firstDay)
    const sum = (of: 'tickets' | 'cents') => months.reduce((total, month) => total + month[of], 0)
    const tickets = sum('tickets')
    return tickets === 0 ? [] : [{ code: 'BEFORE_FIRST', subject: firstDay, tickets, cents: sum('cents'), detail: '' }]
  }

  async #soldByMonth(): Promise<readonly MonthOfTickets[]> {
    const sold = this.#sold
    const age = sold ? this.#dependencies.clock() - sold.countedAt : Number.POSITIVE_INFINITY
    if (sold && age < SOLD_BELIEVED_MS) return sold.months
    const counted = this.#counted()
    if (!sold || age >= SOLD_TOLD_MAX_MS) return await counted
    counted.catch(() => {
      // whoever looks next waits for the count, and is told what is wrong with it
      this.#sold = undefined
    })
    return sold.months
  }

  /** One count at a time; of one that a closing came in between nothing is remembered. */
  async #counted(): Promise<readonly MonthOfTickets[]> {
    const { warehouse, clock } = this.#dependencies
    const countedAt = clock()
    const days = { firstDay: FIRST_DAY, lastDay: formatDay(brusselsDay(countedAt)) }
    const counting = this.#counting ?? ticketsByMonth(warehouse, days)
    this.#counting = counting
    try {
      const months = await counting
      if (this.#counting === counting) this.#sold = { countedAt, months }
      return months
    } finally {
      if (this.#counting === counting) this.#counting = undefined
    }
  }

  #alone<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#last.then(work, work)
    this.#last = result.catch(() => undefined)
    return result
  }
}

interface SettlementRegistry {
  readonly regions: Awaited<ReturnType<typeof settlementRegions>>
  readonly terms: Awaited<ReturnType<typeof agreementTerms>>
  readonly members: Awaited<ReturnType<typeof settlementMembers>>
  readonly successorOf: (nis: number) => number
  readonly names: SettlementNames
}

/** @throws {SettlementRefusal} when the agreement has no terms of the period, or the region no members */
function basisOf({ terms, members }: SettlementRegistry, region: string, span: SettlementSpan): SettlementBasis {
  const found = termsOf({ terms }, span)
  if ('problem' in found) throw noTerms(found, region, span)
  return requireMembers({ terms: found.terms, members }, region)
}

/** Of everybody that a settlement names. */
function namesIn(
  { lines, shares, basis, findings }: Pick<SettlementDocument, 'lines' | 'shares' | 'basis' | 'findings'>,
  names: SettlementNames,
): Pick<SettlementDocument, 'municipalities' | 'organizers'> {
  const nis = new Set([
    ...lines.flatMap(({ payer, host }) => [payer, host]),
    ...shares.map((share) => share.nis),
    ...basis.members.map((member) => member.nis),
    ...findings.map(({ subject }) => Number(subject)),
  ])
  const ids = new Set(lines.map(({ organizer }) => organizer))
  const known = <Key>(keys: Iterable<Key>, from: ReadonlyMap<Key, string>) =>
    Object.fromEntries([...keys].flatMap((key) => (from.has(key) ? [[String(key), from.get(key) ?? ''] as const] : [])))
  return { municipalities: known(nis, names.municipalities), organizers: known(ids, names.organizers) }
}

interface Entries {
  readonly entries: readonly SettlementEntry[]
  readonly found: readonly SettlementFinding[]
}

interface Opening {
  readonly cardSystem: number
  readonly period: ReportingPeriod
  readonly kept: readonly KeptClosing[]
}

interface Opened {
  readonly document: SettlementDocument
  readonly entries: readonly SettlementEntry[]
}

/** What later settlements need of a closing. */
function remembered({ period, basis, shares }: ClosedDocument): ClosedSettlement {
  return { period, basis, shares }
}

/** What was closed, with what names its file. */
function recorded({ document, sha256 }: KeptClosing): ClosedDocument {
  return { ...document, record: { sha256 } }
}

/** The tickets that were sold in the period, settled by other percentages; nothing that came late, and nothing of before. */
function supposed(document: SettlementDocument, entries: readonly SettlementEntry[], whatIf: WhatIf): SettlementDocument {
  const { closing: _closing, record: _record, ...rest } = document
  const { parts } = whatIf
  const sold = entries
    .filter(({ kind }) => kind === 'SOLD')
    .map((entry) => (parts ? { ...entry, ticket: sharedBy(entry.ticket, parts) } : entry))
  const basis = requireMembers(whatIfBasis(document.basis, whatIf), document.region)
  const same = (nis: number) => nis
  return { ...rest, ...settle({ period: document.period, basis, entries: sold, closed: [], successorOf: same }), whatIf }
}
