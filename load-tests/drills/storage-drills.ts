import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { readRedisMemory } from '@zuil/core/contracts/redis-memory'
import { RedisLine } from '../installation/redis-line.ts'
import type { Drill, DrillStage } from './drill.ts'
import { RESTART_SECONDS, STOP_AND_START_SECONDS } from './process-drills.ts'
import { SmallDisk } from './small-disk.ts'
import { WarehouseElsewhere } from './warehouse-elsewhere.ts'

const FULL_SECONDS = 15
const DISK_MEBIBYTES = 512
/** What is accepted is sealed within a quarter of a second and archived at once, but not by a hub that is short of time. */
const ARCHIVED_WITHIN_MS = 5_000
/** Exit code of an installation of which a part is missing. */
const PART_MISSING = 3

/** Disks, memory and folders; the warehouse as a server of its own. */
export const STORAGE_DRILLS = {
  'warehouse-refuses': {
    question:
      'The server of the warehouse answers 500, breaks connections after it did what was asked, and at last says nothing at all. Do check-ins go on, and is everything loaded once?',
    seconds: ({ awaySeconds }) => awaySeconds + 30,
    backWithinSeconds: RESTART_SECONDS,
    stand: async () => {
      const ground = await WarehouseElsewhere.open()
      return { ground, act: async (stage, { awaySeconds }) => refuse(stage, ground, awaySeconds) }
    },
  },
  'warehouse-disk-full': {
    question:
      'The disk of the warehouse is full to the last byte while it loads. Does it notice, and is everything there afterwards?',
    seconds: 50,
    backWithinSeconds: RESTART_SECONDS,
    stand: async () => {
      const ground = new SmallDisk('warehouse', {
        mebibytes: DISK_MEBIBYTES,
        settings: { ZUIL_FREE_BYTES_MIN: String(64 << 20) },
      })
      return { ground, act: async (stage) => fillDisk(stage, ground, 'the warehouse') }
    },
  },
  'redis-disk-full': {
    question:
      'The disk of Redis is full to the last byte while people check in. Is nothing said to be accepted that is not on it?',
    seconds: 60,
    backWithinSeconds: STOP_AND_START_SECONDS,
    stand: async () => {
      const ground = new SmallDisk('redis', { mebibytes: DISK_MEBIBYTES })
      return { ground, act: async (stage) => fillDisk(stage, ground, 'Redis') }
    },
  },
  'redis-memory-full': {
    question: 'Redis has no memory left for 15 seconds. Is everybody turned away who cannot be served, and nothing half done?',
    seconds: 45,
    backWithinSeconds: RESTART_SECONDS,
    act: async (stage) => {
      await stage.at(8)
      const redis = await RedisLine.open(stage.installation.redisPort)
      try {
        const { used, bound } = readRedisMemory(await redis.ask('INFO', 'memory'))
        await redis.ask('CONFIG', 'SET', 'maxmemory', String(used))
        stage.note('Redis may take no more memory than it has')
        await stage.until('somebody is turned away', () => stage.hand.answers.total('busy') > 0, FULL_SECONDS)
        await pause(FULL_SECONDS * 1_000)
        await redis.ask('CONFIG', 'SET', 'maxmemory', String(bound))
        stage.note('Redis may take as much as before')
      } finally {
        redis.close()
      }
    },
  },
  'warehouse-lost': {
    question: 'The folder of the warehouse is gone. Does the hub make it again from the archive, as it was?',
    seconds: 75,
    backWithinSeconds: STOP_AND_START_SECONDS,
    act: async (stage) => {
      await stage.at(8)
      await stage.installation.stop()
      await lose(stage, 'warehouse')
      await stage.installation.start()
      stage.note('everything runs again')
    },
  },
  'redis-lost': {
    question: 'The folder of Redis is gone after a stop. Does a rebuild bring back balances, limits, registry and answers?',
    seconds: 90,
    backWithinSeconds: STOP_AND_START_SECONDS,
    act: async (stage) => {
      await stage.at(8)
      await stage.installation.stop()
      await lose(stage, 'redis')
      await rebuildRedis(stage)
    },
  },
  'redis-lost-in-a-crash': {
    question:
      'The machine fails, and the folder of Redis is gone. Is no more lost than was not archived yet, and how much is that?',
    seconds: 90,
    backWithinSeconds: STOP_AND_START_SECONDS,
    act: async (stage) => {
      await stage.at(8)
      await stage.installation.crash()
      mayLoseUntilNow(stage)
      stage.note('everything is killed')
      await lose(stage, 'redis')
      await rebuildRedis(stage)
    },
  },
  'redis-lost-meanwhile': {
    question: 'Redis ends and its folder is gone while everything else runs. Is nobody served from nothing, and is it said?',
    seconds: 110,
    backWithinSeconds: STOP_AND_START_SECONDS,
    act: async (stage) => {
      await stage.at(8)
      await lose(stage, 'redis')
      stage.kill('redis-server')
      mayLoseUntilNow(stage)
      const code = await stage.installation.end()
      if (code !== PART_MISSING) throw new Error(`The installation ended with exit code ${code}`)
      stage.note('the installation has ended by itself')
      await rebuildRedis(stage)
    },
  },
} as const satisfies Readonly<Record<string, Drill>>

/** A fault that nothing meets is none: each of them has to have met a request. */
async function refuse(stage: DrillStage, { front }: WarehouseElsewhere, awaySeconds: number): Promise<void> {
  await stage.at(8)
  for (const mode of ['refuses', 'cuts', 'is silent'] as const) {
    front.mode = mode
    stage.note(`the warehouse ${mode}`)
    await pause((awaySeconds / 3) * 1_000)
    if (front.taken(mode) === 0) throw new Error(`Nothing was asked of the warehouse while it ${mode}`)
  }
  front.mode = 'passes'
  stage.note('the warehouse answers again')
}

async function fillDisk(stage: DrillStage, disk: SmallDisk, of: string): Promise<void> {
  await stage.at(8)
  disk.fill()
  stage.note(`the disk of ${of} is full`)
  try {
    await pause(FULL_SECONDS * 1_000)
  } finally {
    disk.release()
  }
  stage.note('there is room again')
}

async function lose(stage: DrillStage, folder: 'warehouse' | 'redis'): Promise<void> {
  await rm(join(stage.installation.data, folder), { recursive: true })
  stage.note(`data/${folder} is gone`)
}

/** What is archived is there again. */
function mayLoseUntilNow({ hand }: DrillStage): void {
  const until = Date.now()
  hand.mayLose({ from: until - ARCHIVED_WITHIN_MS, until })
}

async function rebuildRedis(stage: DrillStage): Promise<void> {
  const { code, output } = await stage.installation.run('rebuild', 'redis')
  if (code !== 0) throw new Error(`zuil rebuild redis ended with exit code ${code}: ${output}`)
  stage.note('Redis is rebuilt')
  await stage.installation.start()
  stage.note('everything runs again')
}
