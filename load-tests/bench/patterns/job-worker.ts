import { Worker } from 'bullmq'
import { Gatherer } from './gatherer.ts'
import { onOrder, QUEUE } from './pattern-order.ts'
import { type KeptCheckin, PatternStore } from './pattern-store.ts'

/** Jobs under way: enough for inserts of many rows, since a job is done when its row is stored. */
const CONCURRENCY = 2_000

onOrder(async ({ redisPort, folder }) => {
  const gatherer = new Gatherer(await PatternStore.open(folder))
  const connection = { host: '127.0.0.1', port: redisPort }
  const worker = new Worker<KeptCheckin>(QUEUE, ({ data }) => gatherer.add(data), { connection, concurrency: CONCURRENCY })
  worker.on('error', (error) => console.error(error))
  return {}
})
