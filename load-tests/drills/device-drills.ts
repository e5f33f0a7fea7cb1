import { laneKeys } from '@zuil/core/contracts/redis-keys'
import { RedisLine } from '../installation/redis-line.ts'
import { uploadTwice } from './device-uploads.ts'
import type { Drill } from './drill.ts'
import { sendPoison } from './poison.ts'
import { RESTART_SECONDS } from './process-drills.ts'

/** Records that nobody understands, each an entry of the journal of its own. */
const POISONED_RECORDS = ['no json', '{}', '["x"]', '["t",1,2]', '["p","unknown",{}]']

/** What comes in: from devices that are confused, from nobody that is one, and what should never have been written. */
export const DEVICE_DRILLS = {
  'device-uploads': {
    question:
      'Two devices with one id tell one queue twice, in no order, with scans from two years ahead to a year ago. Does each scan count once?',
    seconds: 40,
    backWithinSeconds: RESTART_SECONDS,
    act: async (stage) => {
      await stage.at(5)
      stage.note('two devices tell the same')
      const { scans, stored, refused } = await uploadTwice(stage)
      stage.note(`${scans} scans were told: ${stored} stored, ${refused} refused, each the same every time`)
    },
  },
  poison: {
    question:
      'Bodies that no schema foresaw come in between: broken numbers, texts and encodings, too deep, too large. Does anything but a 4xx follow?',
    seconds: 45,
    backWithinSeconds: RESTART_SECONDS,
    act: async (stage) => {
      await stage.at(5)
      stage.note('poison begins')
      const count = await sendPoison(stage.installation.api, stage.hand.door)
      stage.note(`${count} poisoned bodies were refused`)
    },
  },
  'poison-records': {
    question:
      'Records that nobody understands stand in the journal. Are they set apart and counted, and is everything else loaded?',
    seconds: 30,
    backWithinSeconds: RESTART_SECONDS,
    deadLetters: POISONED_RECORDS.length,
    act: async (stage) => {
      const { journal, waiting } = laneKeys(0)
      const redis = await RedisLine.open(stage.installation.redisPort)
      try {
        for (const [index, record] of POISONED_RECORDS.entries()) {
          await stage.at(5 + index * 2)
          await redis.ask('XADD', journal, '*', 'r', record)
          await redis.ask('INCR', waiting)
        }
        stage.note(`${POISONED_RECORDS.length} records that nobody understands stand in the journal`)
      } finally {
        redis.close()
      }
    },
  },
} as const satisfies Readonly<Record<string, Drill>>
