import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { DRILL_WISHES, type Drill, type DrillHand, DrillStage, type Standing } from '@zuil/load-tests/drills/drill'
import { DRILLS, type DrillName } from '@zuil/load-tests/drills/drills'
import { GroundMissing } from '@zuil/load-tests/drills/ground'
import { OwnInstallation } from '@zuil/load-tests/installation/own-installation'
import { played } from '@zuil/load-tests/installation/played-installation'
import { findK6, type K6Program, k6Places } from '@zuil/load-tests/k6/program'
import { machineFacts } from '@zuil/load-tests/machine'
import { DRILL_TRAFFIC } from '@zuil/load-tests/scenarios/catalogue'
import { play } from '@zuil/load-tests/stage/play'
import type { Verdict } from '@zuil/load-tests/verdict/verdict'
import { type Command, CommandError, EXIT, say } from '../command.ts'
import { readSettings } from '../config.ts'
import { type DrillOptions, parseDrillOptions } from '../load/drill-options.ts'
import { report } from '../load/report.ts'
import { Progress } from '../progress.ts'

const NAME_WIDTH = Math.max(...Object.keys(DRILLS).map((name) => name.length))
/** Longer than any drill keeps people waiting. */
const PATIENCE_MS = 90_000
type Outcome = 'passed' | 'failed' | 'missing'

export const drill: Command = {
  help: [
    'Usage: npm run zuil -- drill <name …|all> [options]',
    '',
    'Does something to an installation while people check in, and says whether anything was lost and how long the way back took:',
    '',
    ...Object.entries(DRILLS).map(([name, { question }]) => `  ${name.padEnd(NAME_WIDTH)}  ${question}`),
    '',
    'Each has an installation of its own, in a fresh folder and on free ports, which is deleted afterwards. Linux only.',
    '',
    `  --rate    requests a second (${DRILL_TRAFFIC.rate})`,
    '  --times   how often each of them, in a row (1)',
    `  --away     how long the warehouse refuses in warehouse-refuses (${DRILL_WISHES.awaySeconds / 60}m)`,
    `  --backlog  records that wait in backlog-restart (${DRILL_WISHES.backlog})`,
    '  --report  folder for a page, JSON and JUnit of each (drills in the data folder)',
    '',
    'A disk that is full has to be mounted, which root may do only, and a clock that is set needs a C compiler; without them such a',
    'drill says so.',
    '',
    'Exit codes: 0 all of them were passed, 1 one was not, 2 wrong use, 3 k6 or something else that one of them needs is missing.',
  ].join('\n'),
  async run(args) {
    const options = parseDrillOptions(args)
    if (process.platform !== 'linux') throw new CommandError('A drill finds the processes below /proc, which Linux has.')
    const program = findK6(k6Places(process.env))
    if (typeof program === 'string') throw new CommandError(program)
    const folder = resolve(options.report ?? join(readSettings().data, 'drills'))
    const outcomes: Outcome[] = []
    for (const name of options.names) {
      for (let time = 1; time <= options.times; time++) {
        say(`\n${name}: ${DRILLS[name].question}`)
        const place = join(folder, options.times === 1 ? name : `${name}-${time}`)
        outcomes.push(await outcomeOf(name, options, { program, folder: place }))
      }
    }
    const count = (of: Outcome) => outcomes.filter((outcome) => outcome === of).length
    const missing = count('missing') > 0 ? ` ${count('missing')} could not be done here.` : ''
    say(`\n${count('passed')} of ${outcomes.length} drills passed.${missing}`)
    if (count('failed') > 0) return EXIT.found
    return count('missing') > 0 ? EXIT.unavailable : EXIT.ok
  },
}

/** A drill that breaks off is not passed, and the others go on. */
async function outcomeOf(
  name: DrillName,
  options: DrillOptions,
  { program, folder }: { readonly program: K6Program; readonly folder: string },
): Promise<Outcome> {
  try {
    return (await report(await drilled(name, options, program), { folder })) === EXIT.ok ? 'passed' : 'failed'
  } catch (error) {
    const isMissing = error instanceof GroundMissing
    say(`The drill ${isMissing ? 'was not done' : 'broke off'}: ${error instanceof Error ? error.message : String(error)}.`)
    return isMissing ? 'missing' : 'failed'
  }
}

async function drilled(name: DrillName, options: DrillOptions, program: K6Program): Promise<Verdict> {
  const drill: Drill = DRILLS[name]
  if (!('stand' in drill)) return await drilledOn(undefined, { name, drill, options, program, act: drill.act })
  const { ground, act } = await drill.stand()
  try {
    return await drilledOn(ground, { name, drill, options, program, act })
  } finally {
    await ground.close?.()
  }
}

interface DrillRun {
  readonly name: DrillName
  readonly drill: Drill
  readonly options: DrillOptions
  readonly program: K6Program
  readonly act: Standing['act']
}

async function drilledOn(ground: Standing['ground'] | undefined, run: DrillRun): Promise<Verdict> {
  const { name, drill, options, program, act } = run
  const { rate, wishes } = options
  const { question, backWithinSeconds, traffic, deadLetters } = drill
  const seconds = typeof drill.seconds === 'number' ? drill.seconds : drill.seconds(wishes)
  const scenario = { ...DRILL_TRAFFIC, ...traffic }
  const aheadMs = (ground?.aheadSeconds ?? 0) * 1_000
  const folder = await mkdtemp(join(tmpdir(), 'zuil-k6-'))
  const progress = new Progress()
  try {
    progress.show('starting an installation')
    await using own = await OwnInstallation.create({
      ...(ground && { settings: ground.settings }),
      ...(ground?.prepare && { prepare: ground.prepare }),
    })
    return await play(played(own), {
      name: `drill ${name}`,
      question,
      scenarioName: 'drill-traffic',
      scenario,
      program,
      rate,
      seconds,
      holders: traffic?.holders ?? Math.max(scenario.holders, rate * seconds),
      folder,
      machine: machineFacts(),
      onProgress: (text) => progress.show(text),
      meanwhile: (hand: DrillHand) => act(new DrillStage(own, hand), wishes),
      clock: () => Date.now() + aheadMs,
      backWithinSeconds,
      ...(deadLetters !== undefined && { deadLetters }),
      patienceMs: PATIENCE_MS,
    })
  } finally {
    progress.end()
    await rm(folder, { recursive: true, force: true })
  }
}
