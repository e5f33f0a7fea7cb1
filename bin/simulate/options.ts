import { formatDay, parseDay } from '@zuil/core'
import { HOLDERS_MAX, HOLDERS_MIN, type WorldOptions } from '@zuil/load-tests/population/world'
import { CommandError, EXIT } from '../command.ts'
import type { LiveOptions } from './live-options.ts'

/** What `zuil simulate` was asked for. */
export interface SimulateOptions {
  readonly world: WorldOptions
  /** First day that is not told; days since 1 January 1970, within the years of the world. */
  readonly until: number
  /** A file, the warehouse or the API; undefined: only what else was asked for. */
  readonly to: string | undefined
  /** How people come to the API. */
  readonly live: LiveOptions
  /** File for the registry of the population. */
  readonly registry: string | undefined
  /** File for the true answers. */
  readonly truth: string | undefined
  /** Ids of the measures that are answered; none: all of them. */
  readonly measures: readonly string[]
  /** Whether the fit to the published figures is printed. */
  readonly fit: boolean
}

const NAMES = [
  'seed',
  'holders',
  'years',
  'until',
  'regions',
  'to',
  'url',
  'rate',
  'speed',
  'for',
  'imported',
  'known',
  'wait',
  'registry',
  'truth',
  'measures',
  'fit',
] as const
type OptionName = (typeof NAMES)[number]
/** These have no value. */
const FLAGS: readonly OptionName[] = ['fit', 'imported', 'wait']
/** These say how people come to the API. */
const LIVE_NAMES: readonly OptionName[] = ['url', 'rate', 'speed', 'for', 'imported', 'known', 'wait']

/** The pass began in 2012, and holidays are known until 2030. */
const YEAR_FIRST = 2012
const YEAR_LAST = 2030
const SEED_MAX = 0xffff_ffff
/** One process that simulates does not do more. */
const RATE_MAX = 1_000
const RATE_STANDARD = 20
const SPEED_MAX = 1_000_000
const SECONDS_MAX = 31_536_000

type Given = ReadonlyMap<OptionName, string>

/**
 * @param today in Brussels, in days since 1 January 1970: the history of those who come to the API ends with yesterday
 * @throws {CommandError} that says which option is wrong and what it may be
 */
export function parseOptions(args: readonly string[], today: number): SimulateOptions {
  const given = givenIn(args)
  const [to, truth, registry, fit] = [given.get('to'), given.get('truth'), given.get('registry'), given.has('fit')]
  if (to === undefined && truth === undefined && registry === undefined && !fit) {
    throw new CommandError(
      'Say where to: --to transactions.ndjson, --to warehouse, --to api, --registry registry.ndjson, --truth truth.ndjson, or --fit.',
      EXIT.usage,
    )
  }
  const misplaced = to === 'api' ? undefined : LIVE_NAMES.find((name) => given.has(name))
  if (misplaced) throw new CommandError(`--${misplaced} needs --to api.`, EXIT.usage)
  const year = Number(formatDay(today).slice(0, 4))
  const world = {
    seed: whole(given, 'seed', { standard: 1, least: 0, most: SEED_MAX }),
    holders: whole(given, 'holders', { standard: 2_000, least: HOLDERS_MIN, most: HOLDERS_MAX }),
    ...years(given.get('years') ?? (to === 'api' ? `${year - 1}-${year + 1}` : '2024-2025')),
    regions: (given.get('regions') ?? '').split(',').filter((text) => text !== ''),
  }
  const measures = (given.get('measures') ?? '').split(',').filter((id) => id !== '')
  if (measures.length > 0 && truth === undefined) throw new CommandError('--measures needs --truth.', EXIT.usage)
  const wrong = measures.find((id) => !/^[A-D]\d{1,2}$/.test(id))
  if (wrong !== undefined) throw new CommandError(`--measures has "${wrong}": give ids as in A5,B2.`, EXIT.usage)
  const until = to === 'api' ? untilToday(given, world, today) : untilOf(given.get('until'), world)
  return { world, until, to, live: liveOf(given), registry, truth, measures, fit }
}

function givenIn(args: readonly string[]): Given {
  const given = new Map<OptionName, string>()
  for (let i = 0; i < args.length; i++) {
    const name = NAMES.find((known) => args[i] === `--${known}`)
    if (!name)
      throw new CommandError(`There is no option ${args[i]}: ${NAMES.map((known) => `--${known}`).join(', ')}.`, EXIT.usage)
    const value = FLAGS.includes(name) ? 'yes' : args[++i]
    if (value === undefined || value.startsWith('--')) throw new CommandError(`--${name} needs a value.`, EXIT.usage)
    given.set(name, value)
  }
  return given
}

function liveOf(given: Given): LiveOptions {
  const url = given.get('url')
  if (url !== undefined && !/^https?:\/\/[^/\s?#]+(\/[^\s?#]*)?$/.test(url))
    throw new CommandError(`--url is "${url}": give an address as http://127.0.0.1:8081.`, EXIT.usage)
  const optional = (name: OptionName, most: number) =>
    given.has(name) ? whole(given, name, { standard: 1, least: 1, most }) : undefined
  return {
    url: url?.replace(/\/$/, ''),
    rate: whole(given, 'rate', { standard: RATE_STANDARD, least: 1, most: RATE_MAX }),
    speed: optional('speed', SPEED_MAX),
    seconds: optional('for', SECONDS_MAX),
    isImported: given.has('imported'),
    waits: given.has('wait'),
    knownUntil: knownUntil(given.get('known')),
  }
}

function knownUntil(text: string | undefined): number | undefined {
  const day = parseDay(text ?? '')
  if (text === undefined || day !== undefined) return day
  throw new CommandError(`--known is "${text}": give a day as in 2026-01-31.`, EXIT.usage)
}

/** Who comes to the API has a history until now; a world that is over has one until its end. */
function untilToday(given: Given, world: Pick<WorldOptions, 'from' | 'until'>, today: number): number {
  if (given.has('until')) throw new CommandError('--to api goes on today: leave --until out.', EXIT.usage)
  if (today > world.from) return Math.min(today, world.until)
  throw new CommandError(`--to api goes on today: give --years that begin before ${formatDay(today)}.`, EXIT.usage)
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

function whole(given: Given, name: OptionName, { standard, least, most }: Bounds): number {
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
