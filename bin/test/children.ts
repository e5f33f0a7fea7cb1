import { readdirSync, readFileSync } from 'node:fs'

/** Process ids of those that a process started. Linux only. */
export function childrenOf(parent: number): number[] {
  const tasks = readdirSync(`/proc/${parent}/task`)
  return tasks.flatMap((task) =>
    readFileSync(`/proc/${parent}/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  )
}

/** The command line of a process; empty when it has ended. Linux only. */
export function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  } catch {
    return '' // it ended between the two looks
  }
}
