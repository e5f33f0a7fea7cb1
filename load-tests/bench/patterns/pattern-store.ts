import { openWarehouse, type Warehouse } from '@zuil/warehouse'

/** What a pattern keeps of a check-in: enough to tell one from another. */
export type KeptCheckin = readonly [event: string, uitpasNumber: string]

const TABLE = 'pattern_checkins'
const CREATE_SQL = `CREATE TABLE IF NOT EXISTS ${TABLE} (event String, uitpas_number String) ENGINE = MergeTree ORDER BY (event, uitpas_number)`
const COUNT_SQL = `SELECT count() AS rows, uniqExact(event, uitpas_number) AS different FROM ${TABLE}`

/** Where patterns keep check-ins in the end: a table of the same engine, without anything that would find what came twice. */
export class PatternStore {
  readonly #warehouse: Warehouse

  private constructor(warehouse: Warehouse) {
    this.#warehouse = warehouse
  }

  static async open(folder: string): Promise<PatternStore> {
    const warehouse = await openWarehouse({ kind: 'embedded', path: folder })
    await warehouse.change(CREATE_SQL, {}, 'pattern')
    return new PatternStore(warehouse)
  }

  async insert(checkins: readonly KeptCheckin[]): Promise<void> {
    await this.#warehouse.append(TABLE, checkins)
  }

  async counts(): Promise<{ readonly rows: number; readonly different: number }> {
    const [counts] = await this.#warehouse.query<{ rows: number; different: number }>(COUNT_SQL, {}, 'pattern')
    return counts ?? { rows: 0, different: 0 }
  }

  async close(): Promise<void> {
    await this.#warehouse.close()
  }
}
