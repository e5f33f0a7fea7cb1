import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { brusselsDay } from '@zuil/core'
import { type Command, CommandError, EXIT, say } from '../command.ts'
import { readSettings, type Settings } from '../config.ts'
import { claimDataFolder, requireDataFolder } from '../data-folder.ts'
import { type DemoOptions, parseDemoOptions, requireDemoSettings } from '../demo/demo-options.ts'
import { DEMO_PASSWORD, type DemoRecord, demoWorld, newDemo, readDemo, worldArguments, writeDemo } from '../demo/demo-record.ts'
import { requirePorts, runInstallation } from '../run-installation.ts'
import { type Supervised, supervise } from '../supervisor.ts'

const LIVE_STOP_MS = 15_000
const PROGRAM = join(import.meta.dirname, '..', 'zuil.ts')

export const demo: Command = {
  help: [
    'Usage: npm run demo',
    '',
    'A platform with life in it: the history of a simulated region (from 2020 until yesterday), people',
    'who check in while you look, and somebody to sign in for each kind of user. It has a data folder of its own (data/demo, or',
    'ZUIL_DATA) and the ports of npm start. The first start tells the history, which takes a minute; later ones go on.',
    '',
    '  --rate     actions a second (1)',
    '  --holders  passholders at the end of the next year, at the first start (20000)',
    '',
    'Exit codes: 0 stopped on request, 2 an option or setting is wrong, 3 something is missing or in use.',
  ].join('\n'),
  async run(args) {
    const options = parseDemoOptions(args)
    const settings = { ...readSettings({ ...process.env, ZUIL_DATA: process.env.ZUIL_DATA || 'data/demo' }), sample: false }
    requireDemoSettings(settings, process.env)
    await requireDataFolder(settings.data)
    const record = await demoOf(settings, options)
    // Said now, and not after the minute that the history takes: that it runs already, that a port is in use.
    await (await claimDataFolder(settings.data))()
    await requirePorts(settings)
    // People remember their own past while the history is told, or while everything starts, and then wait at the door.
    const live = new LiveTraffic(settings, record, options)
    try {
      return record.isTold || (await tell(settings, record)) ? await run(settings, record, live) : EXIT.ok
    } finally {
      await live.stop()
    }
  },
}

async function run(settings: Settings, record: DemoRecord, live: LiveTraffic): Promise<number> {
  const release = await claimDataFolder(settings.data)
  try {
    return await runInstallation(settings, { whenRunning: () => whenRunning(settings, record, live), stop: () => live.stop() })
  } finally {
    await release()
  }
}

/** The demo of the folder; a new one in an empty folder. */
async function demoOf(settings: Settings, { holders }: DemoOptions): Promise<DemoRecord> {
  const today = brusselsDay(Date.now())
  const known = await readDemo(settings.data)
  const record = known ?? newDemo(today, { holders })
  if (known && holders !== undefined && holders !== known.holders) {
    throw new CommandError(
      `This demo has ${known.holders} holders: leave --holders out, or choose an empty folder with ZUIL_DATA.`,
      EXIT.usage,
    )
  }
  if (today < demoWorld(record).until) return record
  throw new CommandError(
    `The world of this demo ended with ${record.years.slice(5)}: delete ${settings.data}, and the next start makes a new one.`,
  )
}

/**
 * Tells the history, in a process of its own, whose memory is gone afterwards; false when it was interrupted: the next start goes
 * on behind it.
 */
async function tell(settings: Settings, record: DemoRecord): Promise<boolean> {
  await writeDemo(settings.data, record)
  say(`Making the history of ${record.region}, from ${record.years.slice(0, 4)} until yesterday. This takes a minute, once.`)
  const args = ['simulate', ...worldArguments(record), '--until', record.until, '--to', 'warehouse']
  const child = fork(PROGRAM, args, { env: { ...process.env, ZUIL_DATA: settings.data }, stdio: 'inherit' })
  let isInterrupted = false
  const interrupt = () => {
    isInterrupted = true
    child.kill('SIGTERM')
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, interrupt)
  const [code] = await once(child, 'exit')
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, interrupt)
  if (isInterrupted) {
    say('Stopped. The next npm run demo goes on where this one was.')
    return false
  }
  if (code === 0) {
    await writeDemo(settings.data, { ...record, isTold: true })
    return true
  }
  throw new CommandError(`The history could not be made (exit code ${code}); its reason stands above.`)
}

async function whenRunning(settings: Settings, record: DemoRecord, live: LiveTraffic): Promise<string> {
  // Loaded when it is needed: it brings the population along, which a supervisor has no use for.
  const { bringAgreement, bringPeople } = await import('../demo/demo-registry.ts')
  await bringAgreement(settings, record)
  const people = await bringPeople(settings, record)
  const isLive = await live.acts()
  const api = `http://${settings.host}:${settings.ingestPort}`
  const width = Math.max(...people.map(({ email }) => email.length))
  return [
    '',
    `Zuil runs, with a demo of ${record.region}: nobody in it exists.`,
    `  Dashboard          http://${settings.host}:${settings.dashboardPort}`,
    `  UiTPAS API         ${api}   (try it: ${api}/docs)`,
    `  Data               ${settings.data}`,
    '',
    `People who can sign in, all with the password ${DEMO_PASSWORD} (docs/people.md):`,
    ...people.map(({ email, who }) => `  ${email.padEnd(width)}  ${who}`),
    '',
    isLive ? 'People check in now: look at the dashboard.' : 'Nobody checks in: the reason stands above.',
    'Figures of the past come in the first minutes, the newest month first.',
    'Ctrl-C stops; npm run demo goes on.',
  ].join('\n')
}

/** The population as it comes to the API, in a process of its own that is started again when it dies. */
class LiveTraffic {
  readonly #process: Supervised

  constructor(settings: Settings, record: DemoRecord, { rate }: DemoOptions) {
    this.#process = supervise({
      name: 'live traffic',
      args: ['simulate', ...worldArguments(record), '--to', 'api', '--rate', String(rate), '--known', record.until, '--wait'],
      environment: { ZUIL_DATA: settings.data },
      onDeath: (name, reason) => say(`${name} ended (${reason}) and is started again.`),
      onHopeless: (name) => say(`${name} cannot run; its reason stands above. Everything else goes on.`),
    })
  }

  /** Whether people come; false when they cannot, which was said. */
  async acts(): Promise<boolean> {
    return await this.#process.ready.then(
      () => true,
      () => false,
    )
  }

  async stop(): Promise<void> {
    await this.#process.stop(LIVE_STOP_MS)
  }
}
