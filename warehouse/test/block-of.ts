import type { Cell } from '@zuil/core/contracts/clickhouse-json'
import { writeCells } from '@zuil/core/contracts/row-writer'
import { NativeBlock, type NativeRows, type TableName } from '@zuil/warehouse'

/** The rows of these lines as a block, but for those of some numbers; undefined when one of them does not fit. */
export function blockOf(table: TableName, lines: readonly string[], without: readonly number[] = []): NativeRows | undefined {
  const block = new NativeBlock(table)
  for (const line of lines) {
    const cells = Object.values(JSON.parse(line) as Record<string, Cell>) // lines of ours hold cells only
    writeCells(block, cells)
    block.endRow()
  }
  return block.block(without)
}
