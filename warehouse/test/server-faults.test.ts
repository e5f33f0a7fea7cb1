import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { contentHash, openWarehouse } from '@zuil/warehouse'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type FreshWarehouse, freshOnServer, startServer, type TestServer } from './fresh-warehouse.ts'
import { transactionLines } from './transaction-lines.ts'

let server: TestServer
let place: FreshWarehouse

beforeAll(async () => {
  server = await startServer()
  place = await freshOnServer(server)
})

afterAll(async () => {
  await place[Symbol.asyncDispose]()
  await server[Symbol.asyncDispose]()
})

beforeEach(async () => {
  await place.warehouse.truncate('transactions')
})

const INSERT = 'INSERT INTO transactions'
const PLACE = { lane: 0, range: 1 }

describe('A warehouse on a server that fails', () => {
  it('refuses everything once it is closed', async () => {
    const { warehouse, ...place } = await freshOnServer(server)
    await using _place = place
    await warehouse.close()
    await expect(warehouse.query('SELECT 1', {}, 'test')).rejects.toMatchObject({ code: 'CLOSED' })
    await expect(warehouse.insert('transactions', transactionLines(1))).rejects.toMatchObject({ code: 'CLOSED' })
  })

  it('gives up an insert and a read-back of which the server says nothing', async () => {
    const silent = createServer((request, response) => {
      request.resume()
      if (request.url?.includes('INSERT') || request.url?.includes('readonly')) return
      response.end()
    })
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const { port } = silent.address() as AddressInfo // it listens on a TCP port
    const warehouse = await openWarehouse({ kind: 'server', url: `http://127.0.0.1:${port}`, database: 'zuil', silenceMs: 50 })
    try {
      const unanswered = { code: 'UNREACHABLE', retry: true }
      await expect(warehouse.insert('transactions', transactionLines(1))).rejects.toMatchObject(unanswered)
      await expect(warehouse.content('transactions', PLACE)).rejects.toMatchObject(unanswered)
    } finally {
      await warehouse.close()
      silent.closeAllConnections()
      silent.close()
    }
  })

  it('asks to retry an insert whose answer was lost, and holds the rows once afterwards', async () => {
    const lines = transactionLines(3)
    await server.fault({ kind: 'drop-after', times: 1, match: INSERT })
    await expect(place.warehouse.insert('transactions', lines)).rejects.toMatchObject({ code: 'UNREACHABLE', retry: true })
    expect(await place.warehouse.content('transactions', PLACE)).toEqual({ rows: 3, hash: contentHash(lines) })
    await place.warehouse.insert('transactions', lines)
    expect(await place.warehouse.content('transactions', PLACE)).toEqual({ rows: 3, hash: contentHash(lines) })
  })

  it('asks to retry an insert that never arrived', async () => {
    await server.fault({ kind: 'drop-before', times: 1, match: INSERT })
    await expect(place.warehouse.insert('transactions', transactionLines(3))).rejects.toMatchObject({
      code: 'UNREACHABLE',
      retry: true,
    })
    expect(await place.warehouse.content('transactions', PLACE)).toEqual({ rows: 0, hash: 0n })
  })

  it('asks to retry what a proxy refused without a ClickHouse code', async () => {
    await server.fault({ kind: 'refuse', times: 1, match: INSERT })
    await expect(place.warehouse.insert('transactions', transactionLines(3))).rejects.toMatchObject({
      code: 'UNREACHABLE',
      retry: true,
    })
  })

  it('decides by the number of the error and not by its text', async () => {
    const expected = [
      [241, 'retry'],
      [252, 'retry'],
      [27, 'poison'],
      [60, 'bug'],
    ] as const
    for (const [code, kind] of expected) {
      await server.fault({ kind: 'code', code, times: 1, match: INSERT })
      await expect(place.warehouse.insert('transactions', transactionLines(1))).rejects.toMatchObject({ code, kind })
    }
  })

  it('says in one sentence that nobody answers', async () => {
    const opening = openWarehouse({ kind: 'server', url: 'http://127.0.0.1:9', database: 'zuil' })
    await expect(opening).rejects.toMatchObject({
      code: 'UNREACHABLE',
      message: expect.stringMatching(/^The ClickHouse server did not answer: /),
    })
  })

  it('refuses a name of a database that could be SQL', async () => {
    const opening = openWarehouse({ kind: 'server', url: server.url, database: 'zuil; DROP DATABASE zuil' })
    await expect(opening).rejects.toMatchObject({ code: 'CALL' })
  })
})
