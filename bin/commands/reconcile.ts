import { type ReconcileReport, reconcile as reconcileParts } from '@zuil/pipeline'
import { type Command, CommandError, EXIT, say } from '../command.ts'
import { readSettings, type Settings } from '../config.ts'
import { runningOwner } from '../data-folder.ts'
import { askHub } from '../hub-question.ts'
import { Progress } from '../progress.ts'
import { installationSecrets } from '../secrets.ts'
import { withStoppedInstallation } from '../stopped-installation.ts'

/** The hub compares some 100,000 rows a second; a year of a large installation takes minutes. */
const WITHIN_MS = 60 * 60_000
const FINDINGS_SHOWN_MAX = 50

export const reconcile: Command = {
  help: [
    'Usage: npm run zuil -- reconcile',
    '',
    'Compares journal, archive, warehouse, and the balances and limits in Redis, by content and not by count. Only reads.',
    'While Zuil runs the hub does it; otherwise the parts are opened here.',
    '',
    'Exit codes: 0 everything agrees, 1 something differs (each difference is named), 3 a part cannot be reached.',
  ].join('\n'),
  async run(args) {
    if (args.length > 0) throw new CommandError('zuil reconcile takes no arguments.', EXIT.usage)
    const settings = readSettings()
    const report = (await runningOwner(settings.data))
      ? await askHub<ReconcileReport>(settings, { path: 'reconcile', withinMs: WITHIN_MS })
      : await reconcileStopped(settings)
    return tell(report)
  },
}

async function reconcileStopped(settings: Settings): Promise<ReconcileReport> {
  const progress = new Progress()
  return withStoppedInstallation(settings, async (installation) => {
    const report = await reconcileParts({
      ...installation,
      idKey: installationSecrets(settings).idKey(),
      lanes: settings.lanes,
      clock: Date.now,
      onProgress: ({ check, lane, done }) => progress.show(`${check} of lane ${lane}: ${done}`),
    })
    progress.end()
    return report
  })
}

function tell(report: ReconcileReport): number {
  for (const finding of report.findings.slice(0, FINDINGS_SHOWN_MAX)) {
    const place = finding.range > 0 ? `lane ${finding.lane}, range ${finding.range}` : `lane ${finding.lane}`
    say(`${finding.check}: ${place}: ${finding.detail}`)
  }
  const more = report.findings.length - FINDINGS_SHOWN_MAX
  if (more > 0) say(`and ${more} more differences`)
  const letters = report.deadLetters.waiting > 0 ? ` ${report.deadLetters.waiting} records wait in the dead letters.` : ''
  say(
    report.ok
      ? `Everything agrees: ${report.ranges} ranges of journal, archive and warehouse, and the counters.${letters}`
      : `${report.findings.length} differences in ${report.ranges} ranges.${letters} docs/runbooks says what to do.`,
  )
  return report.ok ? EXIT.ok : EXIT.found
}
