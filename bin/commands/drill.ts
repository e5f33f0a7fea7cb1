import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { DrillStage } from '@zuil/load-tests/drills/drill'
import { DRILLS, type DrillName } from '@zuil/load-tests/drills/drills'
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
    '  --report  folder for a page, JSON and JUnit of each (drills in the data folder)',
    '',
    'Exit codes: 0 all of them were passed, 1 one was not, 2 wrong use, 3 k6 or something else is missing.',
  ].join('\n'),
  async run(args) {
    const options = parseDrillOptions(args)
    if (process.platform !== 'linux') throw new CommandError('A drill finds the processes below /proc, which Linux has.')
    const program = findK6(k6Places(process.env))
    if (typeof program === 'string') throw new CommandError(program)
    const folder = resolve(options.report ?? join(readSettings().data, 'drills'))
    let failed = 0
    for (const name of options.names) {
      for (let time = 1; time <= options.times; time++) {
        say(`\n${name}: ${DRILLS[name].question}`)
        const place = join(folder, options.times === 1 ? name : `${name}-${time}`)
        if (!(await isPassed(name, options, { program, folder: place }))) failed += 1
      }
    }
    const all = options.names.length * options.times
    say(`\n${all - failed} of ${all} drills passed.`)
    return failed === 0 ? EXIT.ok : EXIT.found
  },
}

/** A drill that breaks off is not passed, and the others go on. */
async function isPassed(
  name: DrillName,
  options: DrillOptions,
  { program, folder }: { readonly program: K6Program; readonly folder: string },
): Promise<boolean> {
  try {
    return (await report(await drilled(name, options, program), { folder })) === EXIT.ok
  } catch (error) {
    say(`The drill broke off: ${error instanceof Error ? error.message : String(error)}`)
    return false
  }
}

async function drilled(name: DrillName, { rate }: DrillOptions, program: K6Program): Promise<Verdict> {
  const { question, seconds, backWithinSeconds, act } = DRILLS[name]
  const folder = await mkdtemp(join(tmpdir(), 'zuil-k6-'))
  const progress = new Progress()
  try {
    progress.show('starting an installation')
    await using own = await OwnInstallation.create()
    return await play(played(own), {
      name: `drill ${name}`,
      question,
      scenarioName: 'drill-traffic',
      scenario: DRILL_TRAFFIC,
      program,
      rate,
      seconds,
      holders: Math.max(DRILL_TRAFFIC.holders, rate * seconds),
      folder,
      machine: machineFacts(),
      onProgress: (text) => progress.show(text),
      meanwhile: ({ door, note }) => act(new DrillStage(own, { door, note })),
      backWithinSeconds,
      patienceMs: PATIENCE_MS,
    })
  } finally {
    progress.end()
    await rm(folder, { recursive: true, force: true })
  }
}
