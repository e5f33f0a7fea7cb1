import { join } from 'node:path'
import {
  parseReportingPeriod,
  type RefusedSettlement,
  type ReportingPeriod,
  type SettlementDocument,
  type WhatIf,
} from '@zuil/core'
import type { SettlementSource } from '@zuil/dashboard/server'
import { AccountBook, type Secrets } from '@zuil/ingest'
import { pipelineFolders, type SettlementAccess, SettlementAccessLog, SettlementDesk, SettlementRefusal } from '@zuil/pipeline'
import { settlementRegions, type Warehouse } from '@zuil/warehouse'
import type { Redis } from 'ioredis'

export interface SettlementsOptions {
  readonly warehouse: Warehouse
  readonly dataFolder: string
  readonly redis: Redis
  readonly secrets: Secrets
  /** Epoch ms: everything accepted before it is in the warehouse. */
  readonly freshUntil: () => number
}

/** What the command line asks the hub for. */
export interface SettlementOrder {
  /** Name or id of a card system. */
  readonly region: string
  readonly period: string
  readonly whatIf?: WhatIf
}

export interface ClosingOrder extends SettlementOrder {
  /** Id of the account that closes. */
  readonly by: string
  readonly accepted?: boolean
}

export type SettlementAnswer = { readonly document: SettlementDocument } | { readonly refusal: RefusedSettlement }

const OPERATOR = 'operator'

/** The settlement desk of this installation with its log, for the data API and for the command line. */
export class Settlements {
  readonly #options: SettlementsOptions
  readonly #desk: SettlementDesk
  readonly #log: SettlementAccessLog

  constructor(options: SettlementsOptions) {
    const folder = pipelineFolders(options.dataFolder).settlements
    this.#options = options
    this.#desk = settlementDesk(options.warehouse, options.dataFolder, options.freshUntil)
    this.#log = new SettlementAccessLog(join(folder, 'access.ndjson'), Date.now)
  }

  bringUp(): Promise<number> {
    return this.#desk.bringUp()
  }

  /** For the dashboard, which knows who reads and who closes. */
  get source(): SettlementSource {
    return {
      closings: (cardSystem) => this.#desk.closings(cardSystem),
      settlement: async (cardSystem, period, whatIf) =>
        documentOf(await refusable(() => this.#desk.settlement(cardSystem, period, whatIf))),
      close: async (order) => documentOf(await refusable(() => this.#desk.close(order))),
      note: (access) => this.#log.note(access),
      prepare: () => this.#desk.prepare(),
    }
  }

  async settlement({ region, period: key, whatIf }: SettlementOrder): Promise<SettlementAnswer> {
    return await this.#asOperator(whatIf ? 'WHAT_IF' : 'READ', { region, period: key }, ({ cardSystem, period }) =>
      this.#desk.settlement(cardSystem, period, whatIf),
    )
  }

  async close({ region, period: key, by, accepted = false }: ClosingOrder): Promise<SettlementAnswer> {
    return await this.#asOperator('CLOSE', { region, period: key }, async ({ cardSystem, period }) => {
      const account = await new AccountBook(this.#options.redis, this.#options.secrets).byId(by)
      const settles = account?.roles.some((role) => role.role === 'settlement' && role.cardSystem === cardSystem)
      if (!settles)
        throw new SettlementRefusal(
          'NOT_AN_OFFICER',
          `${by} has no role settlement of card system ${cardSystem}: see docs/people.md`,
        )
      return await this.#desk.close({ cardSystem, period, by, accepted })
    })
  }

  async #asOperator(
    what: SettlementAccess['what'],
    { region, period: key }: Pick<SettlementOrder, 'region' | 'period'>,
    work: (found: { readonly cardSystem: number; readonly period: ReportingPeriod }) => Promise<SettlementDocument>,
  ): Promise<SettlementAnswer> {
    return await refusable(async () => {
      const cardSystem = await this.#regionNamed(region)
      const period = parseReportingPeriod(key)
      if (!period) throw new SettlementRefusal('UNKNOWN_PERIOD', `${key} is no period: give one like 2025-03, 2025-Q1 or 2025`)
      const document = await work({ cardSystem, period })
      await this.#log.note({ who: OPERATOR, what, cardSystem, period: key, part: '', format: '' })
      return document
    })
  }

  async #regionNamed(text: string): Promise<number> {
    const regions = await settlementRegions(this.#options.warehouse)
    const wanted = text.trim().toLowerCase()
    const found = regions.find(({ cardSystem, name }) => name.toLowerCase() === wanted || String(cardSystem) === wanted)
    if (found) return found.cardSystem
    const names = regions.map(({ cardSystem, name }) => `${name} (${cardSystem})`).join(', ')
    throw new SettlementRefusal('UNKNOWN_REGION', `There is no region ${text}. There are: ${names}`)
  }
}

/** The desk alone, for commands that work on a stopped installation. */
export function settlementDesk(warehouse: Warehouse, dataFolder: string, freshUntil: () => number): SettlementDesk {
  return new SettlementDesk({ warehouse, folder: pipelineFolders(dataFolder).settlements, clock: Date.now, freshUntil })
}

async function refusable(work: () => Promise<SettlementDocument>): Promise<SettlementAnswer> {
  try {
    return { document: await work() }
  } catch (error) {
    if (!(error instanceof SettlementRefusal)) throw error
    const { code, message, detail } = error
    return { refusal: { code, message, detail } }
  }
}

function documentOf(answer: SettlementAnswer): SettlementDocument | { readonly refusal: RefusedSettlement } {
  return 'document' in answer ? answer.document : answer
}
