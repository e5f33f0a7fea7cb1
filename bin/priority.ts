import { readdirSync, readFileSync } from 'node:fs'
import { setPriority } from 'node:os'

/**
 * Nice value of the hub. Behind ingest and Redis, who have somebody waiting for an answer: where all want the processor it gets a
 * quarter of what they get, and still loads what they accept. Everything it needs when nobody else does.
 */
const HUB_NICENESS = 5
/** Of the threads that merge what was loaded, which nobody waits for: where the hub wants the processor itself, they get a tenth of what it gets. */
const MERGE_NICENESS = 15
/** What the engine calls them. */
const MERGE_THREAD = 'MergeMutate'

/** Steps behind the other processes of the machine, with every thread: on Linux each has its own value, and inherits it when it starts. */
export function giveWay(): void {
  setPriority(HUB_NICENESS)
  if (process.platform !== 'linux') return
  for (const thread of threads()) lower(thread, HUB_NICENESS)
}

/**
 * The embedded engine's merges step behind everything else that this process does, once it has a table; docs/decisions/0040. Too many parts make the engine slow
 * down inserts, which gives the processor back to merges.
 */
export function mergesGiveWay(): void {
  if (process.platform !== 'linux') return
  for (const thread of threads()) if (nameOf(thread) === MERGE_THREAD) lower(thread, MERGE_NICENESS)
}

function threads(): number[] {
  return readdirSync('/proc/self/task').map(Number)
}

/** Empty when it has ended. */
function nameOf(thread: number): string {
  try {
    return readFileSync(`/proc/self/task/${thread}/comm`, 'utf8').trim()
  } catch {
    return ''
  }
}

function lower(thread: number, niceness: number): void {
  try {
    setPriority(thread, niceness)
  } catch {
    // it ended between the two calls
  }
}
