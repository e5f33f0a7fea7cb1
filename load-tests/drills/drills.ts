import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { PARTS } from '../installation/own-installation.ts'
import type { Drill, DrillStage } from './drill.ts'
import { sendPoison } from './poison.ts'

/** A part is started again within seconds, a third time after a pause; Redis reads its file first. */
const RESTART_SECONDS = 30
/** A stop loads everything, and a start looks whether all is well. */
const STOP_AND_START_SECONDS = 60

/** By name, in the order in which `zuil drill all` goes through them. */
export const DRILLS = {
  'kill-ingest': {
    question: 'The API process is killed three times while people check in. Does anybody lose a check-in, or get two?',
    seconds: 45,
    backWithinSeconds: RESTART_SECONDS,
    act: async (stage) => {
      for (const second of [6, 12, 18]) {
        await stage.at(second)
        stage.kill('ingest')
      }
    },
  },
  'kill-hub': {
    question: 'The process that owns the warehouse is killed in the middle of loading, twice. Is everything loaded once?',
    seconds: 30,
    backWithinSeconds: RESTART_SECONDS,
    act: async (stage) => {
      for (const second of [8, 18]) {
        await stage.at(second)
        stage.kill('hub')
      }
    },
  },
  'kill-redis': {
    question: 'Redis is killed while it writes. Was everything on disk that had been answered?',
    seconds: 40,
    backWithinSeconds: RESTART_SECONDS,
    act: async (stage) => {
      await stage.at(10)
      stage.kill('redis-server')
    },
  },
  'kill-everything': {
    question: 'Redis, the API and the hub are killed in the same moment, as when the power of a machine fails and comes back.',
    seconds: 50,
    backWithinSeconds: RESTART_SECONDS * 2,
    act: async (stage) => {
      await stage.at(10)
      for (const part of PARTS) stage.kill(part)
    },
  },
  'redis-silent': {
    question: 'Redis does not answer for 30 seconds, though it is there. Does everybody hear it, and nobody twice?',
    seconds: 70,
    backWithinSeconds: RESTART_SECONDS,
    act: async (stage) => {
      await stage.at(8)
      await stage.pause('redis-server', 30)
    },
  },
  'ingest-paused': {
    question:
      'The API process stands still for ten seconds, as a virtual machine that is moved. Is everything as it was afterwards?',
    seconds: 45,
    backWithinSeconds: RESTART_SECONDS,
    act: async (stage) => {
      await stage.at(8)
      await stage.pause('ingest', 10)
    },
  },
  'hub-paused': {
    question: 'The hub stands still for twenty seconds. Do check-ins go on, and is everything loaded once afterwards?',
    seconds: 40,
    backWithinSeconds: RESTART_SECONDS,
    act: async (stage) => {
      await stage.at(8)
      await stage.pause('hub', 20)
    },
  },
  'stop-at-full-load': {
    question:
      'An operator stops and starts everything while people check in. Is what was answered there, and was the rest refused?',
    seconds: 75,
    backWithinSeconds: STOP_AND_START_SECONDS,
    act: async (stage) => {
      await stage.at(8)
      stage.note('everything is asked to stop')
      const code = await stage.installation.stop()
      if (code !== 0) throw new Error(`The installation stopped with exit code ${code}`)
      stage.note('everything is started again')
      await stage.installation.start()
      stage.note('everything runs again')
    },
  },
  'warehouse-lost': {
    question: 'The folder of the warehouse is gone. Does the hub make it again from the archive, as it was?',
    seconds: 75,
    backWithinSeconds: STOP_AND_START_SECONDS,
    act: async (stage) => stopAndLose(stage, 'warehouse'),
  },
  'redis-lost': {
    question: 'The folder of Redis is gone after a stop. Does a rebuild bring back balances, limits, registry and answers?',
    seconds: 90,
    backWithinSeconds: STOP_AND_START_SECONDS,
    act: async (stage) =>
      stopAndLose(stage, 'redis', async () => {
        const { code, output } = await stage.installation.run('rebuild', 'redis')
        if (code !== 0) throw new Error(`zuil rebuild redis ended with exit code ${code}: ${output}`)
        stage.note('Redis is rebuilt')
      }),
  },
  poison: {
    question:
      'Bodies that no schema foresaw come in between: broken numbers, texts and encodings, too deep, too large. Does anything but a 4xx follow?',
    seconds: 45,
    backWithinSeconds: RESTART_SECONDS,
    act: async (stage) => {
      await stage.at(5)
      stage.note('poison begins')
      const count = await sendPoison(stage.installation.api, stage.door)
      stage.note(`${count} poisoned bodies were refused`)
    },
  },
} as const satisfies Readonly<Record<string, Drill>>

export type DrillName = keyof typeof DRILLS

async function stopAndLose(stage: DrillStage, folder: 'warehouse' | 'redis', repair?: () => Promise<void>): Promise<void> {
  const { installation } = stage
  await stage.at(8)
  await installation.stop()
  await rm(join(installation.data, folder), { recursive: true })
  stage.note(`everything was stopped, and data/${folder} is gone`)
  await repair?.()
  await installation.start()
  stage.note('everything runs again')
}
