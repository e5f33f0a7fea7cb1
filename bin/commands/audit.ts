import { parseArgs } from 'node:util'
import { RELEASE_ATTACKS } from '@zuil/warehouse'
import { type Command, CommandError, EXIT, say } from '../command.ts'
import { readSettings, type Settings } from '../config.ts'
import { runningOwner } from '../data-folder.ts'
import { type AuditedRelease, auditWanted, installationPublisher } from '../hub/publisher.ts'
import { askHub } from '../hub-question.ts'
import { Progress } from '../progress.ts'
import { withStoppedInstallation } from '../stopped-installation.ts'

const WITHIN_MS = 2 * 60 * 60_000

export const audit: Command = {
  help: [
    'Usage: npm run zuil -- audit --release latest|<number>',
    '',
    'Attacks a release as somebody would who has all of it: reads what is published, counts the true numbers anew, and says what can be',
    'worked out of groups that are too small. Only reads.',
    '',
    ...Object.entries(RELEASE_ATTACKS).map(([number, { en }]) => `  attack ${number.padStart(2)}  ${en}`),
    '',
    'The other attacks of docs/publication.md need no release and run with the tests.',
    'Exit codes: 0 nothing can be worked out, 1 something can (it is named), 2 wrong use, 3 not possible now.',
  ].join('\n'),
  async run(args) {
    const wanted = wantedRelease(args)
    const settings = readSettings()
    const audited = (await runningOwner(settings.data))
      ? await askHub<AuditedRelease>(settings, { path: 'audit', body: { release: wanted }, withinMs: WITHIN_MS })
      : await auditStopped(settings, wanted)
    return tell(audited)
  },
}

function wantedRelease(args: readonly string[]): string {
  const problem = new CommandError('Say which: npm run zuil -- audit --release latest, or its number.', EXIT.usage)
  try {
    const { release = '' } = parseArgs({ args: [...args], options: { release: { type: 'string' } } }).values
    if (release === 'latest' || /^[1-9]\d{0,8}$/.test(release)) return release
  } catch {
    throw problem
  }
  throw problem
}

async function auditStopped(settings: Settings, wanted: string): Promise<AuditedRelease> {
  const progress = new Progress()
  const onProgress = (done: number, total: number) => progress.show(`${done} of ${total} sets of cells counted`)
  return await withStoppedInstallation(settings, async ({ warehouse }) => {
    try {
      return await auditWanted(warehouse, installationPublisher(settings, warehouse, { onProgress }), wanted)
    } finally {
      progress.end()
    }
  })
}

function tell({ release, report }: AuditedRelease): number {
  const name = `Release ${release.release} of ${release.period}`
  for (const { attack, cell, detail } of report.recovered) say(`attack ${attack}: ${cell} ${detail}`)
  for (const [attack, count] of Object.entries(report.counts)) say(`attack ${attack} recovers ${count}`)
  if (!report.isIntact) say(`${name}: what is stored is not what was published`)
  const { small, hits, blind } = report.reconstruction
  say(`${name}: of ${small} small groups, reconstruction hits ${hits}; guessing blindly hits ${blind}.`)
  if (report.recovered.length > 0 || !report.isIntact) return EXIT.found
  say(`${name}: no attack recovers anything.`)
  return EXIT.ok
}
