import { type ChildProcess, spawn } from 'node:child_process'
import { setPriority } from 'node:os'
import { childrenOf } from './children.ts'

/** A rewrite takes seconds, and for as long as this at most it takes its turns like everybody. */
const LOOK_EVERY_MS = 100
/** Until it ends what Redis changes is held twice and its file only grows, so on a machine that is full for longer it is no longer last. */
const BEHIND_MS_MAX = 60_000
const LAST_NICENESS = 19

/**
 * Has the processes with which a Redis rewrites its append-only file take the processor only when nobody else wants it (docs/decisions/0041): on Linux, until the
 * server ends. Redis itself has no setting for it.
 */
export function rewriteBehind(server: ChildProcess, { behindMsMax = BEHIND_MS_MAX } = {}): void {
  if (process.platform !== 'linux') return
  /** When each was first seen; infinite for one that came forward again. */
  const seen = new Map<number, number>()
  const look = () => {
    const now = performance.now()
    const children = childrenOf(server.pid ?? 0)
    for (const child of seen.keys()) if (!children.includes(child)) seen.delete(child)
    for (const child of children) {
      const since = seen.get(child)
      if (since === undefined) {
        standBack(child)
        seen.set(child, now)
      } else if (now - since >= behindMsMax) {
        setPolicy(child, '--other')
        seen.set(child, Number.POSITIVE_INFINITY)
      }
    }
  }
  const timer = setInterval(look, LOOK_EVERY_MS).unref()
  server.once('exit', () => clearInterval(timer))
}

function standBack(child: number): void {
  setPolicy(child, '--idle', () => {
    try {
      // without chrt this is next to it
      setPriority(child, LAST_NICENESS)
    } catch {
      // it has ended
    }
  })
}

/** With `chrt` of util-linux, as Node cannot. Coming forward takes a right (0039); who has none stays behind. */
function setPolicy(child: number, policy: '--idle' | '--other', onMissing: () => void = () => undefined): void {
  spawn('chrt', [policy, '--pid', '0', String(child)], { stdio: 'ignore' }).once('error', onMissing)
}
