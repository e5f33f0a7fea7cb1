import { readdirSync } from 'node:fs'
import { setPriority } from 'node:os'

/**
 * Nice value of the hub. Behind ingest and Redis, who have somebody waiting for an answer: where all want the processor it gets a
 * quarter of what they get, and still loads what they accept. Everything it needs when nobody else does.
 */
const HUB_NICENESS = 5

/** Steps behind the other processes of the machine, with every thread: on Linux each has its own value, and inherits it when it starts. */
export function giveWay(): void {
  setPriority(HUB_NICENESS)
  if (process.platform !== 'linux') return
  for (const thread of readdirSync('/proc/self/task')) lower(Number(thread))
}

function lower(thread: number): void {
  try {
    setPriority(thread, HUB_NICENESS)
  } catch {
    // it ended between the two calls
  }
}
