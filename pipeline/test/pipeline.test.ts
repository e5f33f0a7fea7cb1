import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openWarehouse } from '@zuil/warehouse'
import { expect, test } from 'vitest'
import { redisConnector, silentLog, startPipeline } from '../src/index.ts'
import { append, checkins, ID_KEY } from './fixtures/journal.ts'
import { hasRedis, RedisServer } from './fixtures/redis-server.ts'

test.skipIf(!hasRedis)('what stands in the journal is sealed, archived, loaded, read back and trimmed', async () => {
  await using server = await RedisServer.start()
  const redis = server.connect()
  const folder = await mkdtemp(join(tmpdir(), 'zuil-pipeline-'))
  const warehouse = await openWarehouse({ kind: 'embedded', path: join(folder, 'warehouse') })
  await warehouse.migrate()
  await append(redis, checkins(12_000))
  const pipeline = await startPipeline({
    connect: redisConnector(server.url),
    warehouse,
    dataFolder: folder,
    lanes: 1,
    idKey: ID_KEY,
    clock: Date.now,
    log: { info: console.log, warn: console.log, error: console.log },
  })
  const started = performance.now()
  const drained = await pipeline.drain(20_000)
  console.log(performance.now() - started, JSON.stringify(pipeline.status(), null, 1))
  const rows = await warehouse.query<{ n: number }>('SELECT count() AS n FROM transactions FINAL', {}, 'test')
  await pipeline.stop()
  await warehouse.close()
  await rm(folder, { recursive: true, force: true })
  expect({ drained, rows: Number(rows[0]?.n) }).toEqual({ drained: true, rows: 12_000 })
  void silentLog
})
