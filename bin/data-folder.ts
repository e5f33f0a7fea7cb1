import { constants } from 'node:fs'
import { access, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { CommandError } from './command.ts'

/** What each installation has, with a secret of its own or without, from its first start or its first records on. */
const MARKS = ['keys', 'archive']

/** Makes the data folder when it is not there, and fails with one clear sentence when it cannot be used. */
export async function requireDataFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o750 })
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    throw new CommandError(
      `The data folder ${folder} cannot be used (${code}): give this account the rights, or choose another with ZUIL_DATA.`,
    )
  }
}

/** Claims the folder for this process; a second installation on the same folder is refused. */
export async function claimDataFolder(folder: string): Promise<() => Promise<void>> {
  const file = join(folder, 'zuil.pid')
  const owner = await runningOwner(folder)
  if (owner)
    throw new CommandError(
      `Zuil already runs on ${folder} (process ${owner}): stop it first, or choose another folder with ZUIL_DATA.`,
    )
  await writeFile(file, `${process.pid}\n`)
  return () => rm(file, { force: true })
}

/**
 * For a command about an installation that must be there: one that was never started, or another folder than was meant, is said
 * instead of being made.
 */
export async function requireInstallation(folder: string): Promise<void> {
  const names: readonly string[] = await readdir(folder).catch(() => []) // a folder that is not there holds nothing
  if (MARKS.some((mark) => names.includes(mark))) return
  throw new CommandError(
    `There is no installation in ${folder}: start one first (npm start), or name its folder with ZUIL_DATA.${await demoHint(folder)}`,
  )
}

/** For a command that only a running installation can carry out. */
export async function requireRunning(folder: string): Promise<void> {
  if (await runningOwner(folder)) return
  throw new CommandError(`Zuil does not run on ${folder}: start it first (npm start).${await demoHint(folder)}`)
}

/** How to reach the demo that runs beside an installation; empty when none does. */
export async function demoHint(folder: string): Promise<string> {
  const demo = join(folder, 'demo')
  return (await runningOwner(demo)) ? ` A demo runs: put ZUIL_DATA=${relative('.', demo)} before the command to mean that.` : ''
}

/** Process that holds the folder, or undefined. */
export async function runningOwner(folder: string): Promise<number | undefined> {
  const pid = Number(await readFile(join(folder, 'zuil.pid'), 'utf8').catch(() => '0'))
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return undefined
  // After a restart of the machine the number may belong to somebody else: only a process of ours holds the folder.
  const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => undefined)
  if (commandLine !== undefined) return commandLine.includes('zuil.ts') ? pid : undefined
  return isAlive(pid) ? pid : undefined
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
