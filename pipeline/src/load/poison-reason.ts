import { WarehouseError } from '@zuil/warehouse'
import type { PoisonReason } from './insert.ts'

/** The code with which the warehouse refuses a row for what it says; decided by the warehouse's own classification. */
export const poisonReason: PoisonReason = (error) =>
  error instanceof WarehouseError && error.poison ? `warehouse ${error.code}` : undefined
