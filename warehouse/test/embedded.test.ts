import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { open, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { contentHash, openWarehouse, READS_AT_ONCE, READS_WAITING_MAX } from '@zuil/warehouse'
import { describe, expect, it } from 'vitest'
import { freshEmbedded, temporaryFolder } from './fresh-warehouse.ts'
import { transactionLines } from './transaction-lines.ts'

describe('The embedded warehouse', () => {
  it('refuses everything once it is closed', async () => {
    const { warehouse, ...place } = await freshEmbedded()
    await using _place = place
    await warehouse.close()
    await expect(warehouse.query('SELECT 1', {}, 'test')).rejects.toMatchObject({ code: 'CLOSED' })
    await expect(warehouse.insert('transactions', transactionLines(1))).rejects.toMatchObject({ code: 'CLOSED' })
  })

  it('says in one sentence that another process owns the folder, and leaves that process unharmed', async () => {
    await using folder = await temporaryFolder()
    await using owner = await startOwner(folder.path)
    await expect(openWarehouse({ kind: 'embedded', path: folder.path })).rejects.toMatchObject({
      code: 'FOLDER',
      message: `The warehouse folder ${folder.path} is in use by process ${owner.pid}. Stop it first: one process at a time can own the folder.`,
    })
    expect(await owner.ask('content')).toEqual({ rows: 100 })
  })

  it('says that a folder cannot be made', async () => {
    await using folder = await temporaryFolder()
    const path = join(folder.path, 'file')
    await writeFile(path, '')
    const opening = openWarehouse({ kind: 'embedded', path: join(path, 'warehouse') })
    await expect(opening).rejects.toMatchObject({ code: 'FOLDER', message: expect.stringMatching(/cannot be made: ENOTDIR/) })
  })

  it('finds its rows again after closing and opening', async () => {
    await using folder = await temporaryFolder()
    const lines = transactionLines(50)
    const first = await openWarehouse({ kind: 'embedded', path: folder.path })
    await first.migrate()
    await first.insert('transactions', lines)
    await first.close()
    const second = await openWarehouse({ kind: 'embedded', path: folder.path })
    expect((await second.migrate()).applied).toEqual([])
    expect(await second.content('transactions', { lane: 0, range: 1 })).toEqual({ rows: 50, hash: contentHash(lines) })
    await second.close()
  })

  it('opens after its process was killed in the middle of inserts, with everything that was acknowledged', async () => {
    await using folder = await temporaryFolder()
    const owner = await startOwner(folder.path)
    const inserted = await owner.ask('insert')
    owner.kill()
    await owner[Symbol.asyncDispose]()
    const warehouse = await openWarehouse({ kind: 'embedded', path: folder.path })
    const contents = await warehouse.contentByRange('transactions', { lane: 0, from: 1, to: 1_000 })
    expect([...contents.values()].filter(({ rows }) => rows !== 100)).toEqual([])
    expect(contents.size).toBeGreaterThanOrEqual(inserted.rows / 100)
    expect(await warehouse.checkTable('transactions')).toEqual([])
    await warehouse.close()
  })

  it('names a damaged part, and holds the rest when the part was set aside', async () => {
    await using folder = await temporaryFolder()
    const warehouse = await openWarehouse({ kind: 'embedded', path: folder.path })
    await warehouse.migrate()
    const lines = transactionLines(2_000)
    await warehouse.insert('transactions', lines)
    await warehouse.insert('transactions', transactionLines(2_000, { range: 2, first: 5_000 }))
    const damaged = await firstPart(folder.path)
    await overwriteMiddle(damaged.file)

    await expect(warehouse.content('transactions', { lane: 0, range: 1 })).rejects.toMatchObject({ code: 40 })
    expect((await warehouse.setDamagedAside('transactions')).map(({ part }) => part)).toEqual([damaged.part])
    expect(await warehouse.checkTable('transactions')).toEqual([])
    const contents = await warehouse.contentByRange('transactions', { lane: 0, from: 1, to: 2 })
    expect([...contents].map(([range, { rows }]) => [range, rows])).toEqual([[2, 2_000]])
    await warehouse.insert('transactions', lines)
    expect((await warehouse.content('transactions', { lane: 0, range: 1 })).hash).toBe(contentHash(lines))
    await warehouse.close()
  })

  it('leaves the event loop free while it works', async () => {
    await using place = await freshEmbedded()
    let ticks = 0
    const timer = setInterval(() => ticks++, 5)
    await place.warehouse.query('SELECT sum(cityHash64(number)) FROM numbers(300000000)', {}, 'test')
    clearInterval(timer)
    // the synchronous call would give none, and a busy machine gives fewer than the sixty of a quick one
    expect(ticks).toBeGreaterThan(3)
  })

  it('stops a query that needs more memory than a page may have', async () => {
    await using place = await freshEmbedded()
    const query = place.warehouse.query('SELECT length(groupArray(number)) AS length FROM numbers(200000000)', {}, 'test')
    await expect(query).rejects.toMatchObject({ code: 241, retry: true })
    expect(await place.warehouse.query('SELECT 1 AS one', {}, 'test')).toEqual([{ one: 1 }])
  })

  it('loads while pages keep every read door busy', async () => {
    await using place = await freshEmbedded()
    const { warehouse } = place
    let finished = false
    const slow = Promise.all(Array.from({ length: READS_AT_ONCE }, () => warehouse.query('SELECT sleep(3)', {}, 'test'))).then(
      () => {
        finished = true
      },
    )
    const lines = transactionLines(20)
    await warehouse.insert('transactions', lines)
    expect((await warehouse.content('transactions', { lane: 0, range: 1 })).hash).toBe(contentHash(lines))
    expect(finished).toBe(false)
    await slow
  })

  it('refuses reads as busy beyond the bound of those that wait', async () => {
    await using place = await freshEmbedded()
    const reads = Array.from({ length: READS_AT_ONCE + READS_WAITING_MAX + 5 }, () =>
      place.warehouse.query('SELECT sleep(0.01)', {}, 'test'),
    )
    const results = await Promise.allSettled(reads)
    const refused = results.filter((result) => result.status === 'rejected')
    expect(refused.map(({ reason }) => reason.code)).toEqual(Array.from({ length: 5 }, () => 'BUSY'))
  })

  it('shows the origin of a query in the list of queries', async () => {
    await using place = await freshEmbedded()
    const slow = place.warehouse.query('SELECT sleep(2)', {}, 'page of a test */ SELECT 2')
    await expect
      .poll(() =>
        place.warehouse.query(
          "SELECT query FROM system.processes WHERE query LIKE '%sleep(2)%' AND query LIKE '%page%'",
          {},
          'test',
        ),
      )
      .toContainEqual({ query: '/* page of a test / SELECT 2 */ SELECT sleep(2)' })
    await slow
  })

  it('gives the same rows and the same text whatever the time zone of the machine', async () => {
    const answers = await Promise.all(
      ['UTC', 'Europe/Brussels', 'Pacific/Auckland'].map(async (zone) => {
        await using folder = await temporaryFolder()
        await using owner = await startOwner(folder.path, { TZ: zone })
        return await owner.ask('text')
      }),
    )
    expect(answers[1]).toEqual(answers[0])
    expect(answers[2]).toEqual(answers[0])
    expect(answers[0]).toMatchObject({ occurredAt: Date.UTC(2026, 10, 21, 9), occurredOn: '2026-11-21', same: true })
  })
})

/** The part of the first insert; which block number it has depends on how many changes the migrations made. */
async function firstPart(folder: string): Promise<{ readonly part: string; readonly file: string }> {
  const files = await readdir(join(folder, 'store'), { recursive: true })
  const parts = files.flatMap((file) => {
    const [part, block] = /(202611_(\d+)_\d+_0)\/data\.bin$/.exec(file)?.slice(1) ?? []
    return part === undefined ? [] : [{ part, block: Number(block), file: join(folder, 'store', file) }]
  })
  const [first] = parts.sort((a, b) => a.block - b.block)
  if (!first) throw new Error(`No part among ${files.length} files`)
  return first
}

async function overwriteMiddle(path: string): Promise<void> {
  await using file = await open(path, 'r+')
  const { size } = await file.stat()
  await file.write(Buffer.alloc(64, 7), 0, 64, Math.floor(size / 2))
}

/** Another process that owns a folder; see warehouse-owner.ts. */
async function startOwner(path: string, environment: Record<string, string> = {}) {
  const script = fileURLToPath(new URL('warehouse-owner.ts', import.meta.url))
  const child = spawn(process.execPath, [script, path], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, ...environment },
  })
  const ended = once(child, 'exit')
  const lines = createInterface(child.stdout)
  await once(lines, 'line')
  return {
    pid: child.pid,
    async ask(question: 'content' | 'insert' | 'text') {
      child.stdin.write(`${question}\n`)
      const [line] = await once(lines, 'line')
      return JSON.parse(String(line))
    },
    kill: () => child.kill('SIGKILL'),
    async [Symbol.asyncDispose]() {
      child.stdin.end()
      await ended
    },
  }
}
