import { writeFile } from 'node:fs/promises'
import { setImmediate } from 'node:timers/promises'
import { brusselsDay, formatDay } from '@zuil/core'
import { History, type HistoryDay } from '@zuil/load-tests/population/history/history'
import { registryEntries } from '@zuil/load-tests/population/registry/registry'
import { Fit, fitTable } from '@zuil/load-tests/population/targets/fit'
import { makeWorld, type World } from '@zuil/load-tests/population/world'
import { type Command, CommandError, EXIT, say } from '../command.ts'
import { readSettings } from '../config.ts'
import { Progress } from '../progress.ts'
import { actLive, liveReport } from '../simulate/api-target.ts'
import { openFileTarget } from '../simulate/file-target.ts'
import { KnownEntries } from '../simulate/known-entries.ts'
import type { LiveOptions } from '../simulate/live-options.ts'
import { parseOptions, type SimulateOptions } from '../simulate/options.ts'
import type { SimulationTarget } from '../simulate/simulation-target.ts'
import { openTruthFile } from '../simulate/truth-file.ts'
import { openWarehouseTarget } from '../simulate/warehouse-target.ts'
import { untilStopRequested } from '../stop-request.ts'
import { withStoppedInstallation } from '../stopped-installation.ts'

export const simulate: Command = {
  help: [
    'Usage: npm run zuil -- simulate [--to <where>] [--registry <file>] [--truth <file>] [--fit] [options]',
    '',
    'Makes the history of a simulated population: transactions that obey every rule, in the order in which they were',
    'committed. The same options give the same bytes.',
    '',
    '  --to        a file that ends with .ndjson, .csv or .parquet: the rows of the table transactions;',
    '              or warehouse: a new installation in an empty ZUIL_DATA; interrupted, the same command goes on;',
    '              or api: the population comes to a running installation, as it is today, until Ctrl-C',
    '  --registry  a file for everybody and everything there is, as "zuil import" takes it',
    '  --truth     a file for the true answers of the measures, a line of JSON each',
    '  --measures  only these of them, as in A5,B2 (all; many millions of lines for a large population)',
    '  --fit       prints how near the history comes to the published figures',
    '  --seed      a number; another seed, another world (1)',
    '  --holders   passholders at the end of the last year (2000; Flanders has some 500000)',
    '  --years     one year or two as in 2024-2025 (2024-2025)',
    '  --until     first day that is not told, as in 2025-11-21, although the world goes on (the end of the years)',
    '  --regions   card systems, by number or part of a name, with commas in between (all)',
    '',
    'With --to api:',
    '  --url       address of the API (that of the settings)',
    '  --rate      actions a second at most (20)',
    '  --speed     how many times as many people come as in life, by day and by hour (as many as the rate says)',
    '  --for       seconds until it ends by itself (never)',
    '  --imported  the registry got the file of --registry by "zuil import": it is left alone',
    '  --known     the registry has the population as it was before this day: only what changed since is put',
    '  --wait      until the API answers, ten minutes at most, instead of saying at once that nobody does',
    '',
    'For example: npm run zuil -- simulate --seed 7 --holders 2000 --years 2024-2025 --to transactions.ndjson',
    '',
    'Exit codes: 0 done, 1 the fit is off or a refusal was not foreseen, 2 wrong use, 3 the file cannot be written, or nobody answers.',
  ].join('\n'),
  async run(args) {
    const today = brusselsDay(Date.now())
    const options = parseOptions(args, today)
    const signal = options.to === 'api' ? stopSignal() : undefined
    const history = new History(worldOf(options), options.until)
    const truth = options.truth === undefined ? undefined : await openTruthFile(options.truth, history, options.measures)
    const known = new KnownEntries(history, options.live.knownUntil)
    const fit = options.fit ? new Fit(history.world) : undefined
    const told = await tellTo(options.to, history, async (day) => {
      await truth?.observe(day)
      fit?.observe(day)
      known.observe(day)
    })
    // who comes to the API has a past, which nobody asked for
    if (options.to !== 'api') say(told)
    await truth?.finish()
    if (options.registry) await writeRegistry(options.registry, history)
    const isFit = fit ? printed(fit) : true
    const isForeseen = signal ? await act(history, { live: options.live, known, today, signal }) : true
    return isFit && isForeseen ? EXIT.ok : EXIT.found
  },
}

function printed(fit: Fit): boolean {
  const rows = fit.rows()
  say(fitTable(rows))
  return rows.every(({ isOk }) => isOk)
}

/** Lets the population come to the API until it is told to stop; says whether nothing happened that nobody foresaw. */
async function act(history: History, { live, known, today, signal }: Acting): Promise<boolean> {
  const population = { world: history.world, state: history.state, today, known }
  const tally = await actLive(readSettings(), population, { live, signal })
  say(liveReport(tally))
  return tally.unforeseen.length === 0 && tally.total('unanswered') === 0
}

interface Acting {
  readonly live: LiveOptions
  readonly known: KnownEntries
  readonly today: number
  /** Asks it to end. */
  readonly signal: AbortSignal
}

function stopSignal(): AbortSignal {
  const stop = new AbortController()
  void untilStopRequested().then(() => stop.abort())
  return stop.signal
}

function worldOf({ world }: SimulateOptions): World {
  try {
    return makeWorld(world)
  } catch (error) {
    if (error instanceof RangeError) throw new CommandError(`${error.message}.`, EXIT.usage)
    throw error
  }
}

type Observe = (day: HistoryDay) => Promise<void>

async function tellTo(to: string | undefined, history: History, observe: Observe): Promise<string> {
  if (to === undefined || to === 'api') return await tell(history, undefined, observe)
  if (to !== 'warehouse') return await tell(history, await openFileTarget(to, history.world), observe)
  const settings = readSettings()
  return await withStoppedInstallation(settings, async (installation) =>
    tell(history, await openWarehouseTarget(settings, installation, history), observe),
  )
}

/** Tells the history to whoever was asked for; gives how much it was and how long it took. */
async function tell(history: History, target: SimulationTarget | undefined, observe: Observe): Promise<string> {
  const progress = new Progress()
  const started = performance.now()
  let transactions = 0
  try {
    for (const day of history.days()) {
      await target?.write(day)
      // a signal to stop comes between two days
      if (day.isOver) await setImmediate()
      await observe(day)
      for (const { record } of day.records) if (record.kind === 'transaction') transactions += 1
      progress.show(`${formatDay(day.day)}: ${transactions} transactions`)
    }
    await target?.finish()
  } catch (error) {
    await target?.discard()
    throw error
  } finally {
    progress.end()
  }
  const seconds = (performance.now() - started) / 1_000
  const { maxRSS } = process.resourceUsage() // kilobytes
  const size = `${transactions} transactions of ${history.world.people.count} holders`
  return `${size} in ${seconds.toFixed(1)} s, ${Math.round(maxRSS / 1_000)} MB of memory at most`
}

/** As at the end of the last day that was told. */
async function writeRegistry(path: string, { world, state, until }: History): Promise<void> {
  const lines = Array.from(registryEntries(world, state, until - 1), (entry) => `${JSON.stringify(entry)}\n`)
  await writeLines(path, lines)
  say(`${lines.length} entries of the registry: ${path}`)
}

async function writeLines(path: string, lines: readonly string[]): Promise<void> {
  try {
    await writeFile(path, lines)
  } catch (error) {
    throw new CommandError(`Cannot write ${path} (${error instanceof Error && 'code' in error ? error.code : error}).`)
  }
}
