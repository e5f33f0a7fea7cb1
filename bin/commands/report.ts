import { writeFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { parseArgs } from 'node:util'
import { isReportFormat } from '@zuil/dashboard/server'
import { LANGUAGES } from '@zuil/warehouse'
import { type Command, CommandError, EXIT, say } from '../command.ts'
import { readSettings } from '../config.ts'
import { requireRunning } from '../data-folder.ts'
import type { ReportAnswer, ReportCommand } from '../hub/reports.ts'
import { askHub } from '../hub-question.ts'

const WITHIN_MS = 5 * 60_000
const KINDS = ['region', 'municipality', 'organizer'] as const

export const report: Command = {
  help: [
    'Usage: npm run zuil -- report --region <region> --period <period> --to <file> [--lang nl|fr|en] [--chapters <chapters>]',
    '',
    'The report of a place and period from its release, with the foreword and comments that were written on the page "Verslag".',
    '',
    '--region        name or id of the card system, e.g. "UiTPAS Maasland" or 14',
    '--municipality  or: name or NIS code of a municipality',
    '--organizer     or: name or id of an organizer',
    '--period        2025, a season as 2024-2025, or 2025-Q4',
    '--to            the file: .pdf (tagged, PDF/UA-1) or .xlsx (a sheet for each table)',
    '--chapters      some of summary, reach, gap, frequency, flows, points, welcome, costs, municipalities, organizers, public,',
    '                change, agreements, annotations, coverage, withheld; with commas. All that the place has by default',
    '',
    'Zuil has to run. The same release gives the same bytes.',
    'Exit codes: 0 written, 1 refused (it says why and what to do), 2 wrong use, 3 Zuil does not run.',
  ].join('\n'),
  async run(args) {
    const { to, command } = orderOf(args)
    const settings = readSettings()
    await requireRunning(settings.data)
    const answer = await askHub<ReportAnswer>(settings, { path: 'report', body: { ...command }, withinMs: WITHIN_MS })
    if ('refusal' in answer) {
      say(`${answer.refusal}.`)
      return EXIT.found
    }
    const bytes = Buffer.from(answer.base64, 'base64')
    await writeFile(to, bytes)
    say(`${to}: ${Math.ceil(bytes.length / 1_000)} kB.`)
    return EXIT.ok
  },
}

function orderOf(args: readonly string[]): { readonly to: string; readonly command: ReportCommand } {
  const text = { type: 'string' } as const
  const options = { region: text, municipality: text, organizer: text, period: text, to: text, lang: text, chapters: text }
  const { values } = parsed(() => parseArgs({ args: [...args], options }))
  const { period = '', to = '', lang: language = 'nl', chapters = '' } = values
  const [kind, second] = KINDS.filter((one) => values[one] !== undefined)
  if (!kind || second) throw usage('Say of which place: --region, --municipality or --organizer.')
  if (period === '' || to === '') throw usage('Say which and where to: --period 2025 --to report.pdf.')
  const format = extname(to).slice(1).toLowerCase()
  if (!isReportFormat(format)) throw usage('--to is a file that ends with .pdf or .xlsx.')
  if (!LANGUAGES.some((known) => known === language)) throw usage(`--lang is one of ${LANGUAGES.join(', ')}.`)
  return { to, command: { kind, name: values[kind] ?? '', period, language, format, chapters } }
}

function parsed<Values>(parse: () => Values): Values {
  try {
    return parse()
  } catch (error) {
    throw usage(error instanceof Error ? error.message : String(error))
  }
}

function usage(reason: string): CommandError {
  return new CommandError(`${reason} "npm run zuil -- report --help" says what there is.`, EXIT.usage)
}
