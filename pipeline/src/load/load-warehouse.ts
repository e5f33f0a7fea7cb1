import type { Warehouse } from '@zuil/warehouse'

/** What loading needs of the warehouse. */
export type LoadWarehouse = Pick<Warehouse, 'insert' | 'contentByRange'>

/** For loading ranges whose rows may have been replaced since: what holds now is read back. */
export function survivingRanges(warehouse: Pick<Warehouse, 'insert' | 'contentOfSurvivors'>): LoadWarehouse {
  return {
    insert: (table, rows) => warehouse.insert(table, rows),
    contentByRange: (table, span) => warehouse.contentOfSurvivors(table, span),
  }
}
