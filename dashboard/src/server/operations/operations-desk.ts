import { measureOf, type OperationsFigures } from '@zuil/warehouse'
import type { Language } from '../../lib/language.ts'
import type { OperationsView } from '../../lib/operations-view.ts'
import type { AccessLog } from '../access-log/access-log.ts'
import { FigureWriting } from '../figures/figure-writing.ts'
import type { PlaceBook } from '../scope/place-book.ts'
import type { Principal } from '../scope/principal.ts'
import { Shelf } from '../storage/shelf.ts'
import type { ExactCounts } from './exact-counts.ts'
import { ASKED_MEASURES, lastWeeks, type MeasureAnswer } from './measure-section.ts'
import type { OperationsSource } from './operations-source.ts'
import { operationsView } from './operations-view.ts'

/** Four weeks of transactions are counted; who looks again within this time sees the same. */
const FIGURES_AGE_MAX_MS = 15_000
const ACCESS_ENTRIES_SHOWN = 100

export interface OperationsDeskOptions {
  readonly source: OperationsSource
  readonly counts: Pick<ExactCounts, 'read'>
  readonly log: Pick<AccessLog, 'latest'>
  readonly places: Pick<PlaceBook, 'namer' | 'regionPlaces'>
  /** Epoch ms. */
  readonly clock: () => number
}

/** Looks at the source of the page "Beheer" for whoever asks. */
export class OperationsDesk {
  readonly #options: OperationsDeskOptions
  readonly #figures: Shelf<OperationsFigures>

  constructor(options: OperationsDeskOptions) {
    this.#options = options
    this.#figures = new Shelf({ weightMax: 1, believed: { ageMaxMs: FIGURES_AGE_MAX_MS, clock: options.clock } })
  }

  async view({ roles }: Pick<Principal, 'roles'>, language: Language): Promise<OperationsView> {
    const { source, log, places } = this.#options
    const audience = roles.some(({ role }) => role === 'publiq') ? 'operator' : 'auditor'
    const isOperator = audience === 'operator'
    const [figures, access, intake, measures, place] = await Promise.all([
      this.#figures.take('', () => source.figures()),
      log.latest(ACCESS_ENTRIES_SHOWN),
      isOperator ? source.intake() : undefined,
      isOperator ? this.#measures() : [],
      places.namer(),
    ])
    const writing = new FigureWriting(language, { place, points: new Map() })
    return operationsView({ pipeline: source.pipeline(), intake, figures, access, measures }, audience, writing)
  }

  async #measures(): Promise<readonly MeasureAnswer[]> {
    const { source, counts, places, clock } = this.#options
    const period = lastWeeks(clock())
    const [regions, names] = await Promise.all([places.regionPlaces(), source.clientNames()])
    return await Promise.all(
      ASKED_MEASURES.map(async ({ id, dimensions, eachRegion }) => {
        const measure = measureOf(id)
        if (!measure) throw new RangeError(`There is no measure ${id}`)
        const rows = await counts.read(measure, { dimensions, period, places: eachRegion ? ['all', ...regions] : ['all'] })
        return { measure, dimensions, rows, names }
      }),
    )
  }
}
