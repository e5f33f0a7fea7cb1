import { parseArgs } from 'node:util'
import { HOLDERS_MAX, HOLDERS_MIN } from '@zuil/load-tests/population/world'
import { CommandError, EXIT } from '../command.ts'
import type { Settings } from '../config.ts'

export interface DemoOptions {
  /** Actions a second. */
  readonly rate: number
  /** Undefined: as many as the demo has, or the standard. */
  readonly holders: number | undefined
}

const RATE_MAX = 100
const USAGE = 'npm run demo -- [--rate <actions a second>] [--holders <number>]'
const LOOPBACK: readonly string[] = ['127.0.0.1', 'localhost', '::1']

/** @throws {CommandError} that says which option is wrong and what it may be */
export function parseDemoOptions(args: readonly string[]): DemoOptions {
  const { rate, holders } = parsed(args)
  return {
    rate: whole('rate', rate ?? '1', { least: 1, most: RATE_MAX }),
    holders: holders === undefined ? undefined : whole('holders', holders, { least: HOLDERS_MIN, most: HOLDERS_MAX }),
  }
}

/** Its passwords are known to everybody, so it stays on this machine, in a Redis and a warehouse of its own. @throws {CommandError} */
export function requireDemoSettings(settings: Settings, environment: NodeJS.ProcessEnv): void {
  const wrong =
    (!settings.embeddedRedis && 'ZUIL_REDIS_URL') ||
    (settings.clickhouseUrl !== '' && 'ZUIL_CLICKHOUSE_URL') ||
    (environment.ZUIL_ISSUER && 'ZUIL_ISSUER') ||
    (environment.ZUIL_PUBLIC_URL && 'ZUIL_PUBLIC_URL') ||
    (environment.ZUIL_DASHBOARD_URL && 'ZUIL_DASHBOARD_URL') ||
    (settings.lanes !== 1 && 'ZUIL_LANES') ||
    (!LOOPBACK.includes(settings.host) && 'ZUIL_HOST')
  if (!wrong) return
  throw new CommandError(`A demo has passwords that everybody knows and stays on this machine: leave ${wrong} out.`, EXIT.usage)
}

function parsed(args: readonly string[]): { readonly rate?: string; readonly holders?: string } {
  try {
    return parseArgs({ args: [...args], options: { rate: { type: 'string' }, holders: { type: 'string' } } }).values
  } catch (cause) {
    throw new CommandError(`${cause instanceof Error ? cause.message : String(cause)} Usage: ${USAGE}`, EXIT.usage)
  }
}

function whole(name: string, text: string, { least, most }: { readonly least: number; readonly most: number }): number {
  const value = Number(text)
  if (/^\d+$/.test(text) && value >= least && value <= most) return value
  throw new CommandError(`--${name} is "${text}": give a whole number from ${least} to ${most}.`, EXIT.usage)
}
