import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { OwnInstallation } from '@zuil/load-tests/installation/own-installation'
import { type PlayedInstallation, played } from '@zuil/load-tests/installation/played-installation'
import { findK6, k6Places } from '@zuil/load-tests/k6/program'
import { machineFacts } from '@zuil/load-tests/machine'
import { SCENARIOS } from '@zuil/load-tests/scenarios/catalogue'
import { play } from '@zuil/load-tests/stage/play'
import type { Verdict } from '@zuil/load-tests/verdict/verdict'
import { type Command, CommandError, say } from '../command.ts'
import { readSettings } from '../config.ts'
import { type LoadOptions, parseLoadOptions } from '../load/load-options.ts'
import { readVerdict, report } from '../load/report.ts'
import { openTarget } from '../load/target.ts'
import { Progress } from '../progress.ts'

const NAME_WIDTH = Math.max(...Object.keys(SCENARIOS).map((name) => name.length))

export const load: Command = {
  help: [
    'Usage: npm run zuil -- load <scenario> [options]',
    '',
    'Plays a busy evening with k6 and says what it did to the installation, and whether anything was lost. Scenarios:',
    '',
    ...Object.entries(SCENARIOS).map(([name, { question }]) => `  ${name.padEnd(NAME_WIDTH)}  ${question}`),
    '',
    'By default against an installation of its own, in a fresh folder and on free ports, which is deleted afterwards.',
    '',
    '  --rate      requests a second at the peak (that of the scenario)',
    '  --duration  as in 30s, 5m, 1h (that of the scenario)',
    '  --holders   passholders in the registry (as many as the scenario needs)',
    '  --report    folder for verdict.html, verdict.json and junit.xml (load/<scenario> in the data folder)',
    '  --compare   verdict.json of an earlier run that was asked the same: says what got worse',
    '  --running   the installation that runs with these settings (ZUIL_DATA …), instead of one of its own',
    '  --url       address of the API of a target elsewhere; ZUIL_SECRET is that of the target',
    '',
    'A target keeps the simulated passholders and their check-ins: choose one that is for trying out.',
    '',
    'Exit codes: 0 every promise was kept, 1 one was not, 2 wrong use, 3 k6 or something else is missing.',
  ].join('\n'),
  async run(args) {
    const options = parseLoadOptions(args)
    const before = options.compare === undefined ? undefined : await readVerdict(options.compare)
    const settings = readSettings()
    const verdict = await playedVerdict(options)
    const folder = resolve(options.report ?? join(settings.data, 'load', options.name))
    return report(verdict, { folder, ...(before && { before }) })
  },
}

async function playedVerdict(options: LoadOptions): Promise<Verdict> {
  const program = findK6(k6Places(process.env))
  if (typeof program === 'string') throw new CommandError(program)
  const { name, scenario, rate, seconds, holders } = options
  say(`${name}: ${scenario.question}`)
  say(`Up to ${rate} requests a second for ${seconds} s, ${holders} passholders, k6 ${program.version}.`)
  const folder = await mkdtemp(join(tmpdir(), 'zuil-k6-'))
  const progress = new Progress()
  const wishes = { name, question: scenario.question, scenarioName: name, scenario, program, rate, seconds, holders, folder }
  const playOn = (installation: PlayedInstallation) =>
    play(installation, { ...wishes, machine: machineFacts(), onProgress: (text) => progress.show(text) })
  try {
    if (options.isRunning || options.url !== '') return await playOn(openTarget(options))
    progress.show('starting an installation')
    await using own = await OwnInstallation.create()
    return await playOn(played(own))
  } finally {
    progress.end()
    await rm(folder, { recursive: true, force: true })
  }
}
