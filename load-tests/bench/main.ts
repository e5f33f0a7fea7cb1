import { parseArgs } from 'node:util'
import { backlog } from './backlog.ts'
import { batches } from './batches.ts'
import { checkins } from './checkins.ts'
import { type Bench, Context, type LoneBench, type LoneOptions } from './context.ts'
import { type Figure, isMet, jsonLine, table } from './figure.ts'
import { freshness } from './freshness.ts'
import { history } from './history.ts'
import { hotReward } from './hot-reward.ts'
import { knee } from './knee.ts'
import { machineFacts } from './machine.ts'
import { measures } from './measures.ts'
import { memory } from './memory.ts'
import { patterns } from './patterns.ts'
import { redemptions } from './redemptions.ts'
import { registry } from './registry.ts'
import { release } from './release.ts'
import { report } from './report.ts'
import { tariffs } from './tariffs.ts'
import { ticketSales } from './ticket-sales.ts'

/** In the order they run: memory first, because it wants a Redis that has seen nothing yet; those that run alone at the end. */
const BENCHES: readonly (Bench | LoneBench)[] = [
  memory,
  checkins,
  ticketSales,
  redemptions,
  tariffs,
  hotReward,
  batches,
  freshness,
  knee,
  backlog,
  patterns,
  history,
  measures,
  release,
  report,
  registry,
]
const NAME_WIDTH = Math.max(...BENCHES.map(({ name }) => name.length))
const EXIT = { met: 0, missed: 1, usage: 2, failed: 3 } as const

const USAGE = `npm run bench [-- [options] [name …]]

${BENCHES.map(({ name, question }) => `  ${name.padEnd(NAME_WIDTH)} ${question}`).join('\n')}

  --passholders <n>  size of the registry, of registry the largest (500000)
  --seconds <n>      length of one measured load (10)
  --sizes <n,n>      of measures, release and report: millions of transactions, ascending (5,50; 1, of few passholders)
  --folder <path>    of measures, release and report: keeps their histories there for the next time
  --only <part>      of measures: answers, comparison or building; of release: 2025-11, 2025 or pages (all, one after the other)
  --help             this text

Everything runs on this machine, on free ports and in a temporary folder that is deleted at the end.
Ended early (Ctrl-C, SIGTERM, a time limit) it prints what it has measured until then.
Exit code: 0 all targets met, 1 one was missed, 2 wrong use, 3 something could not be measured, or not to its end.`

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      passholders: { type: 'string', default: '500000' },
      seconds: { type: 'string', default: '10' },
      sizes: { type: 'string' },
      folder: { type: 'string' },
      only: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return say(USAGE, EXIT.met)
  const unknown = positionals.find((name) => !BENCHES.some((bench) => bench.name === name))
  if (unknown !== undefined) return say(`There is no benchmark "${unknown}".\n\n${USAGE}`, EXIT.usage)
  const passholders = wholeNumber(values.passholders, 1_000, 5_000_000)
  const seconds = wholeNumber(values.seconds, 1, 120)
  const sizes = values.sizes?.split(',').map((size) => wholeNumber(size, 1, 200))
  if (passholders === undefined || seconds === undefined || (sizes && !sizes.every((size) => size !== undefined)))
    return say(`Give whole numbers within reason.\n\n${USAGE}`, EXIT.usage)
  const chosen = BENCHES.filter(({ name }) => positionals.length === 0 || positionals.includes(name))
  return measure(chosen, {
    passholders,
    seconds,
    ...(sizes && { sizes }),
    ...(values.folder !== undefined && { folder: values.folder }),
    ...(values.only !== undefined && { only: values.only }),
  })
}

interface Wishes extends Omit<LoneOptions, 'log' | 'signal'> {
  readonly seconds: number
}

async function measure(chosen: readonly (Bench | LoneBench)[], { passholders, seconds, ...alone }: Wishes): Promise<number> {
  for (const fact of machineFacts()) console.log(fact)
  const signal = endOfRun()
  const figures: Figure[] = []
  try {
    const shared = chosen.filter(isShared)
    if (shared.length > 0) await measureShared(shared, { passholders, seconds, signal, figures })
    for (const bench of chosen) {
      if (isShared(bench) || signal.aborted) continue
      console.log(`\n${bench.name}: ${bench.question}`)
      figures.push(...(await bench.run({ ...alone, passholders, log, signal })))
    }
  } finally {
    console.log(`\n${table(figures)}\n`)
    for (const figure of figures) console.log(jsonLine(figure))
  }
  if (signal.aborted) return say('Ended before all was measured.', EXIT.failed)
  return figures.every(isMet) ? EXIT.met : EXIT.missed
}

/** `timeout` sends its signal to the process and to its group: two, of which one is meant. */
const SAME_SIGNAL_MS = 1_000

/** Aborted by the first signal to end; another one ends at once. */
function endOfRun(): AbortSignal {
  const controller = new AbortController()
  let firstAt = Number.POSITIVE_INFINITY
  const end = () => {
    if (performance.now() - firstAt > SAME_SIGNAL_MS) process.exit(EXIT.failed)
    firstAt = Math.min(firstAt, performance.now())
    controller.abort()
  }
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, end)
  return controller.signal
}

function isShared(bench: Bench | LoneBench): bench is Bench {
  return !('isAlone' in bench)
}

interface SharedRun {
  readonly passholders: number
  readonly seconds: number
  readonly signal: AbortSignal
  /** What was measured is added here. */
  readonly figures: Figure[]
}

async function measureShared(chosen: readonly Bench[], { passholders, seconds, signal, figures }: SharedRun): Promise<void> {
  const population = { seed: 1, passholders, events: 200, organizers: 20 }
  await using context = await Context.create({ population, seconds, log })
  const ended = new Promise<readonly Figure[]>((resolve) => signal.addEventListener('abort', () => resolve([])))
  for (const bench of chosen) {
    if (signal.aborted) return
    console.log(`\n${bench.name}: ${bench.question}`)
    const measured = bench.run(context)
    // its processes are stopped under it when the run ends
    measured.catch(() => undefined)
    figures.push(...(await Promise.race([measured, ended])))
  }
}

function log(line: string): void {
  console.log(`           ${line}`)
}

function wholeNumber(text: string, least: number, most: number): number | undefined {
  const value = Number(text)
  return Number.isInteger(value) && value >= least && value <= most ? value : undefined
}

function say(text: string, code: number): number {
  console.log(text)
  return code
}

try {
  process.exitCode = await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = EXIT.failed
}
