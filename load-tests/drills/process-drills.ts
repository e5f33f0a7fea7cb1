import { PARTS } from '../installation/own-installation.ts'
import { sendBacklog } from './backlog.ts'
import type { Drill } from './drill.ts'

/** A part is started again within seconds, a third time after a pause; Redis reads its file first. */
export const RESTART_SECONDS = 30
/** A stop loads everything, and a start looks whether all is well. */
export const STOP_AND_START_SECONDS = 60
/** Records a second that are made and loaded at least, on a machine that does everything at once. */
const BACKLOG_PER_SECOND = 6_000
const BACKLOG_AROUND_SECONDS = 60

/** Parts that end, stand still or are stopped. */
export const PROCESS_DRILLS = {
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
  'backlog-restart': {
    question:
      'The hub stood still until a million records waited; then the machine failed. Are they loaded, and do people notice while they are?',
    seconds: ({ backlog }) => BACKLOG_AROUND_SECONDS + Math.ceil(backlog / BACKLOG_PER_SECOND),
    backWithinSeconds: STOP_AND_START_SECONDS,
    act: async (stage, { backlog }) => {
      await stage.at(5)
      stage.hold('hub')
      await sendBacklog(stage, backlog)
      stage.note(`${backlog} records more wait for the warehouse`)
      await stage.installation.crash()
      stage.note('everything is killed')
      await stage.installation.start()
      stage.note('everything runs again')
      const from = performance.now()
      const few = Math.max(1_000, backlog / 1_000)
      await stage.until('the backlog is loaded', async () => ((await stage.waiting()) ?? backlog) < few, 600)
      const seconds = (performance.now() - from) / 1_000
      stage.hand.note(`the backlog is in the warehouse, ${Math.round(backlog / seconds)} records a second`, true)
    },
  },
} as const satisfies Readonly<Record<string, Drill>>
