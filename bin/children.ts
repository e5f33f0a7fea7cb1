import { readdirSync, readFileSync } from 'node:fs'

/** Process ids of those that a process started, from the kernel; none when it has ended, and where there is no /proc. */
export function childrenOf(parent: number): number[] {
  try {
    return readdirSync(`/proc/${parent}/task`).flatMap((task) =>
      readFileSync(`/proc/${parent}/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
    )
  } catch {
    return []
  }
}
