import { type Command, CommandError, EXIT } from '../command.ts'
import { readSettings, type Settings } from '../config.ts'
import { claimDataFolder, requireDataFolder } from '../data-folder.ts'
import { isDemoFolder } from '../demo/demo-record.ts'
import { runInstallation } from '../run-installation.ts'

export const start: Command = {
  help: [
    'Usage: npm start',
    '',
    'Starts Redis (on a port and folder of its own), the UiTPAS API and the hub with the dashboard, and restarts',
    'what dies. Ctrl-C stops in order. Everything is kept in ZUIL_DATA (default: data). Settings: .env.example.',
    '',
    'Exit codes: 0 stopped on request, 2 a setting is wrong, 3 something is missing or in use.',
  ].join('\n'),
  async run(args) {
    if (args.length > 0) throw new CommandError(`zuil start takes no arguments, but got "${args.join(' ')}".`, EXIT.usage)
    const settings = readSettings()
    await requireDataFolder(settings.data)
    if (await isDemoFolder(settings.data)) {
      throw new CommandError(`${settings.data} holds a demo, with passwords that everybody knows: npm run demo goes on with it.`)
    }
    const release = await claimDataFolder(settings.data)
    try {
      return await runInstallation(settings, { whenRunning })
    } finally {
      await release()
    }
  },
}

async function whenRunning(settings: Settings): Promise<string> {
  if (settings.sample && settings.embeddedRedis) await loadSample(settings)
  return welcome(settings)
}

/** Loaded when it is needed: it brings the code of the registry along, which a supervisor has no use for. */
async function loadSample(settings: Settings): Promise<void> {
  const { loadSampleOnce } = await import('../sample-registry.ts')
  await loadSampleOnce(settings)
}

function welcome(settings: Settings): string {
  const api = `http://${settings.host}:${settings.ingestPort}`
  return [
    '',
    'Zuil runs.',
    `  Dashboard          http://${settings.host}:${settings.dashboardPort}`,
    `  UiTPAS API         ${api}   (try it: ${api}/docs)`,
    `  Data               ${settings.data}`,
    '',
    'Try a check-in at the kiosk of the sample registry:',
    `  curl -s ${api}/kiosk-devices/checkins -H 'x-custom-token: 516761df-0237-44ea-88f1-9d8b00dd836e' \\`,
    `       -H 'content-type: application/json' -d '{"chipNumber":"04CEE7528E6180"}'`,
    '',
    'README.md has more to try. Ctrl-C stops.',
  ].join('\n')
}
