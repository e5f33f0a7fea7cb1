import type { OperationsFigures } from '@zuil/warehouse'
import type { Language } from '../../lib/language.ts'
import type { OperationsView } from '../../lib/operations-view.ts'
import type { AccessLog } from '../access-log/access-log.ts'
import type { Principal } from '../scope/principal.ts'
import type { OperationsSource } from './operations-source.ts'
import { operationsView } from './operations-view.ts'

/** Four weeks of transactions are counted; who looks again within this time sees the same. */
const FIGURES_AGE_MAX_MS = 15_000
const ACCESS_ENTRIES_SHOWN = 100

export interface OperationsDeskOptions {
  readonly source: OperationsSource
  readonly log: Pick<AccessLog, 'latest'>
  /** Epoch ms. */
  readonly clock: () => number
}

/** Looks at the source of the page "Beheer" for whoever asks. */
export class OperationsDesk {
  readonly #options: OperationsDeskOptions
  #figures: Promise<OperationsFigures> | undefined
  #readAt = Number.NEGATIVE_INFINITY

  constructor(options: OperationsDeskOptions) {
    this.#options = options
  }

  async view({ roles }: Pick<Principal, 'roles'>, language: Language): Promise<OperationsView> {
    const { source, log } = this.#options
    const [figures, access] = await Promise.all([this.#current(), log.latest(ACCESS_ENTRIES_SHOWN)])
    const audience = roles.some(({ role }) => role === 'publiq') ? 'operator' : 'auditor'
    return operationsView({ pipeline: source.pipeline(), figures, access }, audience, language)
  }

  async #current(): Promise<OperationsFigures> {
    const { source, clock } = this.#options
    if (this.#figures === undefined || clock() - this.#readAt >= FIGURES_AGE_MAX_MS) {
      this.#readAt = clock()
      const reading = source.figures()
      this.#figures = reading
      // a failure is not remembered
      reading.catch(() => {
        if (this.#figures === reading) this.#figures = undefined
      })
    }
    return await this.#figures
  }
}
