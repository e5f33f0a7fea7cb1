import { parsePosition } from '@zuil/core'
import { entryIdOf } from '@zuil/core/contracts/journal-entry'
import { laneKeys } from '@zuil/core/contracts/redis-keys'
import { type RedisMemory, readRedisMemory } from '@zuil/core/contracts/redis-memory'
import type { ChainableCommander, Redis } from 'ioredis'

/** What stands between what was accepted and the warehouse, over all lanes. */
export interface JournalLoad {
  /** Records that are not in the warehouse yet. */
  readonly records: number
  /** What the journals take of Redis' memory. */
  readonly bytes: number
  /** Age of the oldest record that waits, by Redis' clock; 0 while none does. */
  readonly oldestMs: number
  /** Share of the memory that Redis may take that is in use; 0 where it has no bound. */
  readonly memory: number
}

/** Two rounds of a few commands, whatever the length of the journals. Rejects with what Redis answers. */
export async function readJournalLoad(redis: Redis, lanes: number): Promise<JournalLoad> {
  const keys = Array.from({ length: lanes }, (_, lane) => laneKeys(lane))
  const first = redis.pipeline().time().info('memory')
  for (const { waiting, loaded, journal } of keys) first.get(waiting).get(loaded).memory('USAGE', journal)
  const [time, info, ...perLane] = await answersOf(first)
  const states = keys.map(({ journal }, lane) => {
    const [waiting, loaded, bytes] = perLane.slice(lane * 3, lane * 3 + 3)
    const position = parsePosition(lane, String(loaded ?? ''))
    // behind the watermark; from the beginning where nothing was ever loaded
    return {
      journal,
      records: Number(waiting ?? 0),
      bytes: Number(bytes ?? 0),
      after: position ? `(${entryIdOf(position)}` : '-',
    }
  })
  const behind = states.filter(({ records }) => records > 0)
  const second = redis.pipeline()
  for (const { journal, after } of behind) second.xrange(journal, after, '+', 'COUNT', 1)
  const oldest = behind.length === 0 ? [] : await answersOf(second)
  // TIME gives seconds and microseconds; XRANGE gives [[id, fields]], and an id begins with its milliseconds
  const now = Number((time as [string, string])[0]) * 1_000
  const since = (oldest as [string, string[]][][]).flatMap(([entry]) => (entry ? [Number.parseInt(entry[0], 10)] : []))
  return {
    records: states.reduce((sum, { records }) => sum + records, 0),
    bytes: states.reduce((sum, { bytes }) => sum + bytes, 0),
    oldestMs: since.length === 0 ? 0 : Math.max(0, now - Math.min(...since)),
    memory: shareInUse(readRedisMemory(String(info))),
  }
}

async function answersOf(commands: ChainableCommander): Promise<readonly unknown[]> {
  const answers = (await commands.exec()) ?? []
  for (const [error] of answers) if (error) throw error
  return answers.map(([, answer]) => answer)
}

function shareInUse({ used, bound }: RedisMemory): number {
  return bound === 0 ? 0 : used / bound
}
