import { Queue } from 'bullmq'
import { serveCheckins } from './checkin-server.ts'
import { onOrder, QUEUE } from './pattern-order.ts'

/** Answers when the check-in is a job of its own in Redis; job-worker.ts does the rest. */
onOrder(async ({ answers, redisPort }) => {
  const queue = new Queue(QUEUE, { connection: { host: '127.0.0.1', port: redisPort } })
  const options = { removeOnComplete: true }
  return { port: await serveCheckins(answers, (checkin) => queue.add('checkin', checkin, options)) }
})
