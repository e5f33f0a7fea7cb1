import { readFileSync } from 'node:fs'

/** The command line of a process; empty when it has ended. Linux only. */
export function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  } catch {
    return '' // it ended between the two looks
  }
}
