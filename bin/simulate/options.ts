import { formatDay, parseDay } from '@zuil/core'
import { HOLDERS_MAX, HOLDERS_MIN, type WorldOptions } from '@zuil/load-tests/population/world'
import { CommandError, EXIT } from '../command.ts'

/** What `zuil simulate` was asked for. */
export interface SimulateOptions {
  readonly world: WorldOptions
  /** First day that is not told; days since 1 January 1970, within the years of the world. */
  readonly until: number
  /** A file, or the warehouse; undefined: only what else was asked for. */
  readonly to: string | undefined
  /** File for the true answers. */
  readonly truth: string | undefined
  /** Whether the fit to the published figures is printed. */
  readonly fit: boolean
}

const NAMES = ['seed', 'holders', 'years', 'until', 'regions', 'to', 'truth', 'fit'] as const
type OptionName = (typeof NAMES)[number]

/** The pass began in 2012, and holidays are known until 2030. */
const YEAR_FIRST = 2012
const YEAR_LAST = 2030
const SEED_MAX = 0xffff_ffff

/** @throws {CommandError} that says which option is wrong and what it may be. */
export function parseOptions(args: readonly string[]): SimulateOptions {
  const given = new Map<OptionName, string>()
  for (let i = 0; i < args.length; i++) {
    const name = NAMES.find((known) => args[i] === `--${known}`)
    if (!name)
      throw new CommandError(`There is no option ${args[i]}: ${NAMES.map((known) => `--${known}`).join(', ')}.`, EXIT.usage)
    const value = name === 'fit' ? 'yes' : args[++i]
    if (value === undefined || value.startsWith('--')) throw new CommandError(`--${name} needs a value.`, EXIT.usage)
    given.set(name, value)
  }
  const [to, truth, fit] = [given.get('to'), given.get('truth'), given.has('fit')]
  if (to === undefined && truth === undefined && !fit)
    throw new CommandError('Say where to: --to transactions.ndjson, --to warehouse, --truth truth.ndjson, or --fit.', EXIT.usage)
  const world = {
    seed: whole(given, 'seed', { standard: 1, least: 0, most: SEED_MAX }),
    holders: whole(given, 'holders', { standard: 2_000, least: HOLDERS_MIN, most: HOLDERS_MAX }),
    ...years(given.get('years') ?? '2024-2025'),
    regions: (given.get('regions') ?? '').split(',').filter((text) => text !== ''),
  }
  return { world, until: untilOf(given.get('until'), world), to, truth, fit }
}

function untilOf(text: string | undefined, { from, until }: Pick<WorldOptions, 'from' | 'until'>): number {
  if (text === undefined) return until
  const day = parseDay(text)
  if (day !== undefined && day > from && day <= until) return day
  throw new CommandError(
    `--until is "${text}": give a day as in ${formatDay(until)}, after ${formatDay(from)} and not after ${formatDay(until)}.`,
    EXIT.usage,
  )
}

interface Bounds {
  readonly standard: number
  readonly least: number
  readonly most: number
}

function whole(given: ReadonlyMap<OptionName, string>, name: OptionName, { standard, least, most }: Bounds): number {
  const text = given.get(name)
  if (text === undefined) return standard
  const value = Number(text)
  if (/^\d+$/.test(text) && value >= least && value <= most) return value
  throw new CommandError(`--${name} is "${text}": give a whole number from ${least} to ${most}.`, EXIT.usage)
}

/** `2025`, or `2024-2025`: from 1 January of the first to 31 December of the last. */
function years(text: string): { readonly from: number; readonly until: number } {
  const match = /^(\d{4})(?:-(\d{4}))?$/.exec(text)
  const first = Number(match?.[1])
  const last = Number(match?.[2] ?? match?.[1])
  if (!match || first < YEAR_FIRST || last > YEAR_LAST || last < first)
    throw new CommandError(
      `--years is "${text}": give a year, or two as in 2024-2025, from ${YEAR_FIRST} to ${YEAR_LAST}.`,
      EXIT.usage,
    )
  return { from: parseDay(`${first}-01-01`) ?? 0, until: parseDay(`${last + 1}-01-01`) ?? 0 }
}
