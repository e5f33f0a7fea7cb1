import { RedisLine } from '../../installation/redis-line.ts'
import { Follower } from './follower.ts'
import type { LoadJob } from './job.ts'
import { runLoad } from './load.ts'

/**
 * The load client as a process of its own: each message is a {@link LoadJob}, each answer a LoadResult or the error's text.
 * It ends when its parent closes the channel.
 */
process.on('message', (message) => {
  // the parent is client-process.ts, which sends jobs only
  const job = message as LoadJob
  answer(job).then(
    (result) => process.send?.({ result }),
    (error: unknown) => process.send?.({ error: error instanceof Error ? error.message : String(error) }),
  )
})

async function answer(job: LoadJob) {
  const follower = job.follow ? new Follower(await RedisLine.open(job.follow.redisPort), job.follow.every) : undefined
  return runLoad(job, follower)
}
