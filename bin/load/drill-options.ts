import { parseArgs } from 'node:util'
import { DRILL_WISHES, type DrillWishes } from '@zuil/load-tests/drills/drill'
import { DRILLS, type DrillName } from '@zuil/load-tests/drills/drills'
import { DRILL_TRAFFIC } from '@zuil/load-tests/scenarios/catalogue'
import { CommandError, EXIT } from '../command.ts'
import { durationSeconds, whole } from './option-values.ts'

export interface DrillOptions {
  readonly names: readonly DrillName[]
  readonly rate: number
  readonly times: number
  readonly wishes: DrillWishes
  /** Folder for what is written; undefined: the standard one. */
  readonly report: string | undefined
}

const RATE_MAX = 10_000
const TIMES_MAX = 100
const AWAY_SECONDS_MAX = 3_600
/** Imports are refused from 2.5 million records on that wait. */
const BACKLOG_MAX = 2_000_000

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
    wishes: {
      awaySeconds: values.away === undefined ? DRILL_WISHES.awaySeconds : durationSeconds('away', values.away, AWAY_SECONDS_MAX),
      backlog: whole('backlog', values.backlog ?? String(DRILL_WISHES.backlog), BACKLOG_MAX),
    },
    report: values.report,
  }
}

function isDrill(name: string): name is DrillName {
  return Object.hasOwn(DRILLS, name)
}

function parsed(args: readonly string[]) {
  try {
    const text = { type: 'string' } as const
    const options = { rate: text, times: text, away: text, backlog: text, report: text }
    return parseArgs({ args: [...args], allowPositionals: true, options })
  } catch (cause) {
    throw usage(cause instanceof Error ? cause.message.replace(/\.$/, '') : String(cause))
  }
}

function usage(problem: string): CommandError {
  return new CommandError(`${problem}: "npm run zuil -- drill --help" lists drills and options.`, EXIT.usage)
}
