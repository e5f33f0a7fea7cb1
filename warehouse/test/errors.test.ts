import { POISON_CODES, RETRY_CODES, WarehouseError } from '@zuil/warehouse'
import { describe, expect, it } from 'vitest'
import { freshEmbedded } from './fresh-warehouse.ts'

describe('Errors of the warehouse', () => {
  it('call codes by the names that the engine gives them', async () => {
    await using place = await freshEmbedded()
    const codes = [...RETRY_CODES, ...POISON_CODES]
    const rows = await place.warehouse.query<{ names: string[] }>(
      'SELECT arrayMap(code -> toString(errorCodeToName(code)), {codes:Array(UInt32)}) AS names',
      { codes: codes.map(([code]) => code) },
      'test',
    )
    expect(rows[0]?.names).toEqual(codes.map(([, name]) => name))
  })

  it('are of one kind', () => {
    expect([...RETRY_CODES.keys()].filter((code) => POISON_CODES.has(code))).toEqual([])
  })

  it('retry infrastructure, put rows aside, and take the rest for a bug', () => {
    const kinds = [241, 243, 27, 376, 62, 'UNREACHABLE', 'BUSY', 'ROW', 'CALL', 'CLOSED', 'FOLDER'] as const
    expect(kinds.map((code) => [code, new WarehouseError(code, '').kind])).toEqual([
      [241, 'retry'],
      [243, 'retry'],
      [27, 'poison'],
      [376, 'poison'],
      [62, 'bug'],
      ['UNREACHABLE', 'retry'],
      ['BUSY', 'retry'],
      ['ROW', 'poison'],
      ['CALL', 'bug'],
      ['CLOSED', 'bug'],
      ['FOLDER', 'bug'],
    ])
  })

  it('keep the head of a message that carries a whole batch', () => {
    expect(new WarehouseError(27, 'x'.repeat(100_000)).message.length).toBeLessThan(1_000)
  })
})
