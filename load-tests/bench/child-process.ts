import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { childrenOf } from '../installation/process-tree.ts'
import { RedisLine } from '../installation/redis-line.ts'

export const READY_WITHIN_MS = 120_000
const STOP_WITHIN_MS = 60_000
const REWRITE_LOOK_MS = 100

/** Runs `begin` and waits until it resolves, but not for ever. */
export async function within<Result = void>(
  limitMs: number,
  what: string,
  begin: (resolve: (result: Result) => void, reject: (error: Error) => void) => void,
): Promise<Result> {
  const { promise, resolve, reject } = Promise.withResolvers<Result>()
  const timer = setTimeout(() => reject(new Error(`Waited ${limitMs / 1000} s for ${what}`)), limitMs)
  begin(resolve, reject)
  try {
    return await promise
  } finally {
    clearTimeout(timer)
  }
}

/** Resolves when the process ended; SIGKILL when it does not of the given signal. */
export async function ended(child: ChildProcess, name: string, signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exit = within(STOP_WITHIN_MS, `${name} to stop`, (resolve) => child.once('exit', () => resolve()))
  child.kill(signal)
  try {
    await exit
  } catch (error) {
    child.kill('SIGKILL')
    throw error
  }
}

/** A Redis that keeps an append-only file in a folder, which is made when it is missing; resolves when it answers. */
export async function startRedis(port: number, folder: string, settings: readonly string[]): Promise<ChildProcess> {
  mkdirSync(folder, { recursive: true })
  const own = ['--bind 127.0.0.1', `--port ${port}`, `--dir ${folder}`, '--appendonly yes', ...settings]
  const child = spawn('redis-server', [...own.join(' ').split(' '), '--save', ''], { stdio: ['ignore', 'ignore', 'inherit'] })
  await within(READY_WITHIN_MS, 'Redis to answer', (resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`redis-server ended with code ${code}`)))
    const ask = async (): Promise<void> => {
      while (child.exitCode === null && !(await isAnswering(port))) {
        await new Promise((resolvePause) => setTimeout(resolvePause, 50))
      }
      resolve()
    }
    ask().catch(reject)
  })
  rewriteBehind(child)
  return child
}

/** What `zuil start` does for its Redis (bin/rewrite-behind.ts), spelled out: a rewrite of the file takes what nobody else wants of the processor. */
function rewriteBehind(server: ChildProcess): void {
  const seen = new Set<number>()
  const look = () => {
    for (const child of childrenOf(server.pid ?? 0)) {
      if (!seen.has(child))
        spawn('chrt', ['--idle', '--pid', '0', String(child)], { stdio: 'ignore' }).once('error', () => undefined)
      seen.add(child)
    }
  }
  const timer = setInterval(look, REWRITE_LOOK_MS).unref()
  server.once('exit', () => clearInterval(timer))
}

async function isAnswering(port: number): Promise<boolean> {
  try {
    const redis = await RedisLine.open(port)
    const answer = await redis.ask('PING')
    redis.close()
    return answer === 'PONG'
  } catch {
    return false
  }
}
