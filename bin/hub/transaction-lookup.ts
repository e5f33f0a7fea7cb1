import { brusselsDay, DAY_MS, FACT_AGE_DAYS_MAX, formatDay, type Position } from '@zuil/core'
import { type DayWindow, type StoredTransaction, transactionById, type Warehouse } from '@zuil/warehouse'

/**
 * The transaction that stands at a position, from the warehouse. The position says when it was committed; what a device
 * brought later may have happened up to {@link FACT_AGE_DAYS_MAX} days before, so the near days are looked at first.
 */
export async function transactionAt(
  warehouse: Warehouse,
  id: string,
  position: Position,
): Promise<StoredTransaction | undefined> {
  return (
    (await transactionById(warehouse, id, daysBefore(position, 1))) ??
    (await transactionById(warehouse, id, daysBefore(position, FACT_AGE_DAYS_MAX + 1)))
  )
}

function daysBefore(position: Position, days: number): DayWindow {
  return { from: formatDay(brusselsDay(position.ms - days * DAY_MS)), to: formatDay(brusselsDay(position.ms + DAY_MS)) }
}
