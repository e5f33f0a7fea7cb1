import { readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { formatDay, parseDay } from '@zuil/core'
import { POPULATION_VERSION, type WorldOptions } from '@zuil/load-tests/population/world'
import { CommandError } from '../command.ts'

/** What a demo is of: stands in its data folder from its first start on, so that every later one goes on with the same people. */
export interface DemoRecord {
  /** {@link POPULATION_VERSION} that made its people. */
  readonly population: number
  readonly seed: number
  readonly holders: number
  /** First and last year of the world, as `zuil simulate --years` takes them. */
  readonly years: string
  readonly region: string
  /** First day that the history does not tell; `yyyy-mm-dd`. */
  readonly until: string
  /** Whether the history stands in the warehouse as a whole. */
  readonly isTold: boolean
}

/** App that people of the demo sign in through, and what each of them types; the doctor looks for the app. */
export const DEMO_APP = 'demo-app'
export const DEMO_PASSWORD = 'demo-password'

const FILE = 'demo.json'
/** UiTPAS Maasland: Maasmechelen alone from 2016, with Dilsen-Stokkem and Lanaken from September 2020. */
const REGION = 'UiTPAS Maasland'
/** In life there would be some 22,000 at the end of its last year (the facts of the population). */
const HOLDERS = 20_000
const SEED = 14
/** The year in which the second and third town joined. */
const YEAR_FIRST = 2020
/** People go on registering, and events taking place, until the end of the next year. */
const YEARS_AFTER = 1

/** @param today in Brussels, in days since 1 January 1970 */
export function newDemo(today: number, { holders = HOLDERS }: { readonly holders?: number | undefined } = {}): DemoRecord {
  const until = formatDay(today)
  const year = Number(until.slice(0, 4))
  return {
    population: POPULATION_VERSION,
    seed: SEED,
    holders,
    years: `${YEAR_FIRST}-${year + YEARS_AFTER}`,
    region: REGION,
    until,
    isTold: false,
  }
}

export function demoWorld({ seed, holders, years, region }: DemoRecord): WorldOptions {
  const [first, last] = years.split('-')
  const from = parseDay(`${first}-01-01`) ?? 0
  const until = parseDay(`${Number(last) + 1}-01-01`) ?? 0
  return { seed, holders, from, until, regions: [region] }
}

/** The same world, as options of `zuil simulate`. */
export function worldArguments({ seed, holders, years, region }: DemoRecord): readonly string[] {
  return ['--seed', String(seed), '--holders', String(holders), '--years', years, '--regions', region]
}

export async function isDemoFolder(folder: string): Promise<boolean> {
  return (await readdir(folder)).includes(FILE)
}

/** Undefined in an empty folder. @throws {CommandError} when it holds something else */
export async function readDemo(folder: string): Promise<DemoRecord | undefined> {
  const names = await readdir(folder)
  if (names.includes(FILE)) return parseDemo(await readFile(join(folder, FILE), 'utf8'), folder)
  if (names.length === 0) return undefined
  throw new CommandError(`${folder} holds something that is no demo (${names[0]}): choose an empty folder with ZUIL_DATA.`)
}

export async function writeDemo(folder: string, demo: DemoRecord): Promise<void> {
  const unfinished = join(folder, `${FILE}.unfinished`)
  await writeFile(unfinished, `${JSON.stringify(demo, null, 2)}\n`)
  await rename(unfinished, join(folder, FILE))
}

function parseDemo(text: string, folder: string): DemoRecord {
  let known: DemoRecord | undefined
  try {
    // Written by writeDemo; what else it may be is looked at right below.
    const { population, seed, holders, years, region, until, isTold } = JSON.parse(text) as DemoRecord
    const isWhole =
      Number.isInteger(seed) && Number.isInteger(holders) && /^\d{4}-\d{4}$/.test(years) && parseDay(until) !== undefined
    if (isWhole && typeof region === 'string' && typeof isTold === 'boolean')
      known = { population, seed, holders, years, region, until, isTold }
  } catch {
    // said below, as of any other file that is none
  }
  if (known?.population === POPULATION_VERSION) return known
  if (known) {
    throw new CommandError(
      `The people of this demo were made by another version of Zuil: delete ${folder}, and the next npm run demo makes a new one.`,
    )
  }
  throw new CommandError(`${join(folder, FILE)} cannot be read: delete the folder, and the next npm run demo makes a new one.`)
}
