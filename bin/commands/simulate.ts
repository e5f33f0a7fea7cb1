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
import { OutputFile } from '../simulate/output-file.ts'
import type { SimulationTarget } from '../simulate/simulation-target.ts'
import { openTruthFile, type TruthFile } from '../simulate/truth-file.ts'
import { openWarehouseTarget } from '../simulate/warehouse-target.ts'
import { stopRequest } from '../stop-request.ts'
import { withStoppedInstallation } from '../stopped-installation.ts'

/** Characters that are written at once. */
const TEXT_AT_ONCE = 4_000_000

export const simulate: Command = {
  help: [
    'Usage: npm run zuil -- simulate [--to <where>] [--registry <file>] [--truth <file>] [--fit] [options]',
    '',
    'Makes the history of a simulated population: transactions that obey every rule, in the order in which they were',
    'committed. The same options give the same bytes.',
    '',
    '  --to        a file that ends with .ndjson, .csv or .parquet: the rows of the table transactions (one of that name is replaced);',
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
    'Exit codes: 0 done, 1 the fit is off, a refusal was not foreseen, or it was stopped, 2 wrong use, 3 the file cannot be written, or nobody answers.',
  ].join('\n'),
  async run(args) {
    const today = brusselsDay(Date.now())
    const options = parseOptions(args, today)
    using stop = stopRequest()
    const history = new History(worldOf(options), options.until)
    let registry: OutputFile | undefined
    let truth: TruthFile | undefined
    const known = new KnownEntries(history, options.live.knownUntil)
    const fit = options.fit ? new Fit(history.world) : undefined
    try {
      if (options.registry !== undefined) registry = await OutputFile.open(options.registry)
      if (options.truth !== undefined) truth = await openTruthFile(options.truth, history, options.measures)
      const observe: Observe = async (day) => {
        await truth?.observe(day)
        fit?.observe(day)
        known.observe(day)
      }
      const told = await tellTo(options.to, history, { observe, signal: stop.signal })
      // who comes to the API has a past, which nobody asked for
      if (options.to !== 'api') say(told)
    } catch (error) {
      await truth?.discard()
      await registry?.discard()
      if (error instanceof StoppedError && options.to === 'api') return EXIT.ok
      throw error
    }
    await truth?.finish()
    if (registry) say(`${await writeRegistry(registry, history)} entries of the registry: ${options.registry}`)
    const isFit = fit ? printed(fit) : true
    const isForeseen = options.to === 'api' ? await act(history, { live: options.live, known, today, signal: stop.signal }) : true
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

function worldOf({ world }: SimulateOptions): World {
  try {
    return makeWorld(world)
  } catch (error) {
    if (error instanceof RangeError)
      throw new CommandError(`${error.message}: choose other --regions, --years or --holders.`, EXIT.usage)
    throw error
  }
}

/** Somebody asked to stop while the history was told. */
class StoppedError extends CommandError {}

type Observe = (day: HistoryDay) => Promise<void>

interface Telling {
  readonly observe: Observe
  /** Asks to stop. */
  readonly signal: AbortSignal
}

async function tellTo(to: string | undefined, history: History, telling: Telling): Promise<string> {
  if (to === undefined || to === 'api') return await tell(history, undefined, telling)
  if (to !== 'warehouse') return await tell(history, await openFileTarget(to, history.world), telling)
  const settings = readSettings()
  return await withStoppedInstallation(
    settings,
    async (installation) => tell(history, await openWarehouseTarget(settings, installation, history), telling),
    { mayBeNew: true },
  )
}

/** Tells the history to whoever was asked for; gives how much it was and how long it took. */
async function tell(history: History, target: SimulationTarget | undefined, { observe, signal }: Telling): Promise<string> {
  const progress = new Progress()
  const started = performance.now()
  let transactions = 0
  try {
    for (const day of history.days()) {
      await target?.write(day)
      // what is archived and loaded meanwhile, and a signal to stop, get their turn
      await setImmediate()
      if (signal.aborted) throw new StoppedError('Stopped before the history was told to its end.', EXIT.found)
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

/** As at the end of the last day that was told; gives the number of entries. */
async function writeRegistry(file: OutputFile, { world, state, until }: History): Promise<number> {
  let entries = 0
  let text = ''
  for (const entry of registryEntries(world, state, until - 1)) {
    entries += 1
    text += `${JSON.stringify(entry)}\n`
    if (text.length < TEXT_AT_ONCE) continue
    await file.write(text)
    text = ''
  }
  await file.write(text)
  await file.finish()
  return entries
}
