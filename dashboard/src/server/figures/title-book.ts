import { memberTitles, type TitledDimension, type Warehouse } from '@zuil/warehouse'
import { Shelf } from '../storage/shelf.ts'

/** Within this time an event shows under the name it has now. */
const AGE_MAX_MS = 60_000
/** Names hardly change: the first one who looks after a while need not wait for them. */
const TOLD_MAX_MS = 60 * 60_000
/** Lists of events and rewards that people look at in a minute. */
const LISTS_MAX = 200

/** Names of events and rewards, as the registry has them; they are open data, and the same for everybody. */
export class TitleBook {
  readonly #warehouse: Pick<Warehouse, 'query'>
  readonly #kept: Shelf<ReadonlyMap<string, string>>

  /** @param clock epoch ms */
  constructor(warehouse: Pick<Warehouse, 'query'>, clock: () => number) {
    this.#warehouse = warehouse
    this.#kept = new Shelf({ weightMax: LISTS_MAX, believed: { ageMaxMs: AGE_MAX_MS, toldMaxMs: TOLD_MAX_MS, clock } })
  }

  /** Those that nobody knows are absent. @throws {WarehouseError} */
  async titlesOf(dimension: TitledDimension, members: readonly string[]): Promise<ReadonlyMap<string, string>> {
    if (members.length === 0) return new Map()
    const name = [dimension, ...members].join('\n')
    return await this.#kept.take(name, () => memberTitles(this.#warehouse, dimension, members))
  }
}
