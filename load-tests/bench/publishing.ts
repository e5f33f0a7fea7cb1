import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { freePorts } from '../installation/free-ports.ts'
import { mostMebibytes, processorSeconds } from '../installation/process-facts.ts'
import { PROGRAM } from './installation.ts'

const LOOK_EVERY_MS = 50

export interface PublishingCost {
  readonly seconds: number
  readonly megabytes: number
  /** Of all its threads. */
  readonly processorSeconds: number
  /** Whether it came to its end. */
  readonly isWhole: boolean
}

/** Publishes a period as an operator does, in a process of its own, whose memory is looked at. */
export async function published(warehouse: string, period: string, signal: AbortSignal): Promise<PublishingCost> {
  const data = await mkdtemp(join(tmpdir(), 'zuil-release-data-'))
  const [redis, internal] = await freePorts(2)
  try {
    await symlink(warehouse, join(data, 'warehouse'))
    // what tells the folder of an installation from one that was never started
    await mkdir(join(data, 'keys'), { mode: 0o700 })
    const ports = { ZUIL_REDIS_PORT: String(redis), ZUIL_INTERNAL_PORT: String(internal) }
    const started = performance.now()
    const child = fork(PROGRAM, ['publish', '--period', period], {
      env: { ...process.env, ...ports, ZUIL_DATA: data, UV_THREADPOOL_SIZE: '12' },
      execArgv: [],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    const exited = once(child, 'exit').then(([code]) => ({ code }))
    let [megabytes, ofProcessor] = [0, 0]
    for (;;) {
      const end = await Promise.race([exited, pause(LOOK_EVERY_MS)])
      const cost = { seconds: (performance.now() - started) / 1_000, megabytes, processorSeconds: ofProcessor }
      if (end && end.code !== 0) throw new Error(`The release of ${period} ended with exit code ${end.code}`)
      if (end) return { ...cost, isWhole: true }
      if (signal.aborted) {
        child.kill('SIGTERM')
        await exited
        return { ...cost, isWhole: false }
      }
      megabytes = Math.max(megabytes, mostMebibytes(child.pid ?? 0))
      ofProcessor = Math.max(ofProcessor, processorSeconds(child.pid ?? 0))
    }
  } finally {
    await rm(data, { recursive: true, force: true })
  }
}
