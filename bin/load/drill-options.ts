import { parseArgs } from 'node:util'
import { DRILLS, type DrillName } from '@zuil/load-tests/drills/drills'
import { DRILL_TRAFFIC } from '@zuil/load-tests/scenarios/catalogue'
import { CommandError, EXIT } from '../command.ts'

export interface DrillOptions {
  readonly names: readonly DrillName[]
  readonly rate: number
  readonly times: number
  /** Folder for what is written; undefined: the standard one. */
  readonly report: string | undefined
}

const RATE_MAX = 10_000
const TIMES_MAX = 100

/** @throws {CommandError} that says which option is wrong and what it may be */
export function parseDrillOptions(args: readonly string[]): DrillOptions {
  const { values, positionals } = parsed(args)
  const unknown = positionals.find((name) => name !== 'all' && !isDrill(name))
  if (unknown !== undefined) throw usage(`There is no drill "${unknown}"`)
  if (positionals.length === 0) throw usage('Name a drill, or all')
  // the table's own keys
  const names = positionals.includes('all') ? (Object.keys(DRILLS) as DrillName[]) : positionals.filter(isDrill)
  return {
    names,
    rate: whole('rate', values.rate ?? String(DRILL_TRAFFIC.rate), RATE_MAX),
    times: whole('times', values.times ?? '1', TIMES_MAX),
    report: values.report,
  }
}

function isDrill(name: string): name is DrillName {
  return Object.hasOwn(DRILLS, name)
}

function whole(name: string, text: string, most: number): number {
  const value = Number(text)
  if (/^\d+$/.test(text) && value >= 1 && value <= most) return value
  throw new CommandError(`--${name} is "${text}": give a whole number from 1 to ${most}.`, EXIT.usage)
}

function parsed(args: readonly string[]) {
  try {
    const options = { rate: { type: 'string' }, times: { type: 'string' }, report: { type: 'string' } } as const
    return parseArgs({ args: [...args], allowPositionals: true, options })
  } catch (cause) {
    throw usage(cause instanceof Error ? cause.message.replace(/\.$/, '') : String(cause))
  }
}

function usage(problem: string): CommandError {
  return new CommandError(`${problem}: "npm run zuil -- drill --help" lists drills and options.`, EXIT.usage)
}
