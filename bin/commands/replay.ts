import { replayDeadLetters } from '@zuil/pipeline'
import { type Command, CommandError, EXIT, say } from '../command.ts'
import { readSettings } from '../config.ts'
import { installationSecrets } from '../secrets.ts'
import { withStoppedInstallation } from '../stopped-installation.ts'

export const replay: Command = {
  help: [
    'Usage: npm run zuil -- replay',
    '',
    'Tries again to load what the warehouse refused (the dead letters), under its own identity. Stop Zuil first.',
    '',
    'Exit codes: 0 nothing waits any more, 1 some still wait, 3 it runs, or a part is missing.',
  ].join('\n'),
  async run(args) {
    if (args.length > 0) throw new CommandError('zuil replay takes no arguments.', EXIT.usage)
    const settings = readSettings()
    const idKey = installationSecrets(settings).idKey()
    const result = await withStoppedInstallation(settings, (installation) =>
      replayDeadLetters({ ...installation, idKey, clock: Date.now }),
    )
    for (const letter of result.waiting) {
      say(`lane ${letter.lane}, range ${letter.range}, position ${letter.position}: ${letter.reason}`)
    }
    say(`${result.replayed} replayed, ${result.waiting.length} still wait.`)
    return result.waiting.length === 0 ? EXIT.ok : EXIT.found
  },
}
