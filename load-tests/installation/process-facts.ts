import { readFileSync, writeFileSync } from 'node:fs'

/** Linux counts processor time in hundredths of a second (USER_HZ). */
const TICKS_PER_SECOND = 100
const MEBIBYTE = 2 ** 20
/** What the kernel takes for: the most so far is what there is now (proc(5), clear_refs). */
const RESET_PEAK = '5'

/** Resident memory of a process in MiB, from the kernel. @throws {Error} where there is no /proc. */
export function residentMebibytes(pid: number): number {
  const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return (Number(kibibytes) * 1024) / MEBIBYTE
}

/** The most that a process has had in MiB, from the kernel; 0 when it is gone. */
export function mostMebibytes(pid: number): number {
  try {
    const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return (Number(kibibytes ?? 0) * 1024) / MEBIBYTE
  } catch {
    return 0
  }
}

/** From here on {@link mostMebibytes} tells of what comes. */
export function forgetMostMemory(pid: number): void {
  writeFileSync(`/proc/${pid}/clear_refs`, RESET_PEAK)
}

/** Seconds of processor time that a process has had, all its threads together; 0 where there is no /proc. */
export function processorSeconds(pid: number): number {
  try {
    // the second field is the program's name, in brackets, and may hold spaces
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
    return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND
  } catch {
    return 0
  }
}
