import { parseArgs } from 'node:util'
import { parseReportingPeriod, type ReportingPeriod, THRESHOLD_DEFAULT, THRESHOLD_MIN } from '@zuil/core'
import { type PublishOutcome, PublishRefusal } from '@zuil/pipeline'
import { type Command, CommandError, EXIT, say } from '../command.ts'
import { readSettings, type Settings } from '../config.ts'
import { runningOwner } from '../data-folder.ts'
import { installationPublisher } from '../hub/publisher.ts'
import { askHub } from '../hub-question.ts'
import { Progress } from '../progress.ts'
import { withStoppedInstallation } from '../stopped-installation.ts'

/** A release of everything takes minutes. */
const WITHIN_MS = 2 * 60 * 60_000
const NAMED_MAX = 20

export const publish: Command = {
  help: [
    'Usage: npm run zuil -- publish --period <period> [--threshold <people>] [--provisional]',
    '',
    'Makes a release of a period that is over: counts all cells, withholds and rounds, attacks the result, and publishes it when',
    'nothing can be worked out. The same period again is a revision: values stand until ten people at least moved them.',
    '',
    '--period       2025-11, 2025-Q4, 2025, or a season as 2025-2026',
    `--threshold    people that a figure needs (${THRESHOLD_DEFAULT}); ${THRESHOLD_MIN} at least. Who answers for the figures decides, see docs/publication.md`,
    '--provisional  a period that is not over yet',
    '',
    'The hub does this by itself when a period closes. While Zuil runs the hub does it; otherwise the parts are opened here.',
    'Exit codes: 0 published, 1 the audit failed and nothing was published (what was found is named), 2 wrong use, 3 not possible now.',
  ].join('\n'),
  async run(args) {
    const order = orderOf(args)
    const settings = readSettings()
    const outcome = (await runningOwner(settings.data))
      ? await askHub<PublishOutcome>(settings, {
          path: 'publish',
          body: { ...order, period: order.period.key },
          withinMs: WITHIN_MS,
        })
      : await publishStopped(settings, order)
    return tell(outcome)
  },
}

interface Order {
  readonly period: ReportingPeriod
  readonly threshold: number
  readonly provisional: boolean
}

function orderOf(args: readonly string[]): Order {
  const options = { period: { type: 'string' }, threshold: { type: 'string' }, provisional: { type: 'boolean' } } as const
  const { values } = parsed(() => parseArgs({ args: [...args], options }))
  const period = parseReportingPeriod(values.period ?? '')
  if (!period) throw new CommandError('Say which period: --period 2025-11, 2025-Q4, 2025 or 2025-2026.', EXIT.usage)
  const threshold = Number(values.threshold ?? THRESHOLD_DEFAULT)
  if (!Number.isSafeInteger(threshold) || threshold < THRESHOLD_MIN)
    throw new CommandError(`--threshold is a whole number of people, ${THRESHOLD_MIN} at least.`, EXIT.usage)
  return { period, threshold, provisional: values.provisional ?? false }
}

function parsed<Result>(parse: () => Result): Result {
  try {
    return parse()
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new CommandError(`${reason} "npm run zuil -- publish --help" says what there is.`, EXIT.usage)
  }
}

async function publishStopped(settings: Settings, { period, ...options }: Order): Promise<PublishOutcome> {
  const progress = new Progress()
  const onProgress = (done: number, total: number) => progress.show(`${period.key}: ${done} of ${total} sets of cells counted`)
  return await withStoppedInstallation(settings, async ({ warehouse }) => {
    try {
      return await installationPublisher(settings, warehouse, { onProgress }).publish(period, options)
    } catch (error) {
      if (error instanceof PublishRefusal) throw new CommandError(`${error.message}.`)
      throw error
    } finally {
      progress.end()
    }
  })
}

function tell(outcome: PublishOutcome): number {
  const { release, period, cells, withheld, secondary, kept, report } = outcome
  if (outcome.state === 'PUBLISHED') {
    const stood = kept > 0 ? ` ${kept} values stand from the release before.` : ''
    say(
      `Release ${release} of ${period}: ${cells} cells are published, ${withheld} withheld (${secondary} to protect others).${stood}`,
    )
    return EXIT.ok
  }
  for (const { attack, cell, detail } of report.recovered.slice(0, NAMED_MAX)) say(`attack ${attack}: ${cell} ${detail}`)
  say(`Release ${release} of ${period} failed its audit. Nothing was published; docs/publication.md says what to do.`)
  return EXIT.found
}
