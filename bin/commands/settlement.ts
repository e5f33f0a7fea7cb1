import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import {
  type CostParts,
  municipalityStatements,
  type OrganizersPaidBy,
  priceShares,
  type SettlementDocument,
  transfersOf,
  type WhatIf,
} from '@zuil/core'
import {
  type FormatName,
  PaperError,
  PaperPress,
  settlementPaper,
  settlementPapers,
  settlementTables,
  settlementWordsOf,
  writtenIn,
} from '@zuil/dashboard/server'
import { LANGUAGES, type Language } from '@zuil/warehouse'
import { type Command, CommandError, EXIT, say } from '../command.ts'
import { readSettings } from '../config.ts'
import { requireRunning } from '../data-folder.ts'
import type { SettlementAnswer } from '../hub/settlements.ts'
import { askHub } from '../hub-question.ts'
import { Progress } from '../progress.ts'

const WITHIN_MS = 10 * 60_000
/** What is written of each statement, and the end of its name: two kinds of CSV have one ending. */
const FORMATS: readonly (readonly [format: FormatName, ending: string])[] = [
  ['xlsx', '.xlsx'],
  ['csv', '.csv'],
  ['csv-excel-nl', '-excel.csv'],
]

export const settlement: Command = {
  help: [
    'Usage: npm run zuil -- settlement --region <region> --period <period> [--what-if <percentages>] [--to <folder>] [--lang nl|fr|en]',
    '       npm run zuil -- settlement close --region <region> --period <period> --by <account> [--accept] [--to <folder>]',
    '',
    'Who owes whom for the tickets of a period, exact to the cent: a statement for each municipality, an expense note for each organizer.',
    '',
    '--region   name or id of the card system, e.g. "UiTPAS Maasland" or 14',
    '--period   2025-03, 2025-Q1 or 2025; the periods of a region follow each other without a gap',
    '--what-if  the tickets that were sold, by other percentages: "use=60" is borne by use, the rest by inhabitants; "paid-by=home" or',
    '           "paid-by=host"; "participant=20,local=40,flemish=0" are shares of the price, the organizer bears the rest',
    '--to       writes PDF, workbooks (.xlsx) and CSV into this folder, for your eyes only: small amounts may be about one person',
    'close      closes the period for good; what is taken back or arrives later becomes a correction of the next period',
    '--by       id of an account with the role settlement of the region; it stands in the closing',
    '--accept   what was found is known and right (docs/settlement.md)',
    '',
    'Zuil has to run. Who read exact amounts stands in data/settlements/access.ndjson.',
    'Exit codes: 0 done, 1 refused (it says why and what to do), 2 wrong use, 3 Zuil does not run.',
  ].join('\n'),
  async run(args) {
    const { isClosing, values } = parsed(args)
    const { region = '', period = '', by = '', lang = 'nl', accept = false, to } = values
    if (region === '' || period === '') throw usage('Say which: --region "UiTPAS Maasland" --period 2025-Q1.')
    if (isClosing && by === '') throw usage('Say who closes: --by <account>.')
    const language = LANGUAGES.find((known) => known === lang)
    if (!language) throw usage(`--lang is one of ${LANGUAGES.join(', ')}.`)
    const whatIf = values['what-if'] === undefined ? undefined : whatIfOf(values['what-if'])
    const body = isClosing ? { region, period, by, accepted: accept } : { region, period, ...(whatIf && { whatIf }) }
    const path = isClosing ? 'settlement-closing' : 'settlement'
    const settings = readSettings()
    await requireRunning(settings.data)
    const answer = await askHub<SettlementAnswer>(settings, { path, body, withinMs: WITHIN_MS })
    if ('refusal' in answer) {
      say(`${answer.refusal.message}.`)
      return EXIT.found
    }
    tell(answer.document)
    if (to !== undefined) await writeAll(answer.document, to, language)
    return EXIT.ok
  },
}

function parsed(args: readonly string[]) {
  const text = { type: 'string' } as const
  const flag = { type: 'boolean' } as const
  const options = { region: text, period: text, by: text, lang: text, to: text, 'what-if': text, accept: flag }
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
    const [verb, ...rest] = positionals
    if (rest.length > 0 || (verb !== undefined && verb !== 'close')) throw new Error(`"${positionals.join(' ')}" is not known.`)
    const isClosing = verb === 'close'
    if (isClosing && values['what-if'] !== undefined) throw new Error('What would be is never closed: leave --what-if out.')
    if (!isClosing && (values.by !== undefined || values.accept)) throw new Error('--by and --accept are for "settlement close".')
    return { isClosing, values }
  } catch (error) {
    throw usage(error instanceof Error ? error.message : String(error))
  }
}

/** `use=60,paid-by=host,participant=20,local=40,flemish=0`. */
function whatIfOf(text: string): WhatIf {
  const shares = new Map<string, number>()
  let organizersPaidBy: OrganizersPaidBy | undefined
  for (const [name = '', value = ''] of text.split(',').map((each) => each.trim().split('='))) {
    if (name === 'paid-by' && (value === 'home' || value === 'host')) organizersPaidBy = value === 'home' ? 'HOME' : 'HOST'
    else if (
      !['use', 'participant', 'local', 'flemish'].includes(name) ||
      !/^\d{1,3}(\.\d{1,2})?$/.test(value) ||
      Number(value) > 100
    )
      throw usage(`"${name}=${value}" is no percentage of --what-if.`)
    else shares.set(name, Math.round(Number(value) * 100))
  }
  const use = shares.get('use')
  return {
    ...(use !== undefined && { useBasisPoints: use }),
    ...(organizersPaidBy && { organizersPaidBy }),
    ...partsOf(shares),
  }
}

function partsOf(shares: ReadonlyMap<string, number>): { readonly parts?: CostParts } {
  const [participant, local, flemish = 0] = ['participant', 'local', 'flemish'].map((name) => shares.get(name))
  if (participant === undefined && local === undefined && !shares.has('flemish')) return {}
  if (participant === undefined || local === undefined) throw usage('Other shares of the price name participant and local.')
  const parts = priceShares({ participant, localGovernment: local, flemishGovernment: flemish })
  if (!parts) throw usage('Shares of the price are 100 % together at most.')
  return { parts }
}

function tell(document: SettlementDocument): void {
  const { region, period, closing, whatIf, findings } = document
  const state = whatIf ? 'what would have been' : closing ? `closed, number ${closing.number}` : 'not closed'
  say(`${region}, ${period}: ${state}.`)
  const nameOf = (nis: number) => document.municipalities[String(nis)] ?? (nis === 0 ? 'unknown' : String(nis))
  const statements = municipalityStatements(document)
  for (const { nis, paid, received, borne, balance } of statements)
    say(
      `  ${nameOf(nis).padEnd(24)} paid ${euro(paid)}  received ${euro(received)}  bears ${euro(borne)}  balance ${euro(balance)}`,
    )
  for (const { from, to, cents } of transfersOf(statements)) say(`  ${nameOf(from)} pays ${nameOf(to)} ${euro(cents).trim()}`)
  const { findings: words } = settlementWordsOf('en')
  for (const { code, subject, tickets, cents, detail } of findings)
    say(`  ${words[code]} ${subject} (${[code, detail || `${tickets} tickets, ${euro(cents).trim()}`].join(': ')})`)
}

function euro(cents: number): string {
  return `€ ${(cents / 100).toFixed(2)}`.padStart(12)
}

/** One folder for municipalities and one for organizers; the lists of the region beside them. */
async function writeAll(document: SettlementDocument, folder: string, language: Language): Promise<void> {
  const tables = settlementTables(document, language)
  const places = municipalityStatements(document).map(({ nis }) => nis)
  const organizers = [...new Set(document.lines.map(({ organizer }) => organizer))]
  const parts = [
    { name: '.', tables: [tables.overview(), tables.transfers(), tables.findings()] },
    { name: 'municipalities', tables: places.map((nis) => tables.municipality(nis)) },
    { name: 'organizers', tables: organizers.map((organizer) => tables.organizer(organizer)) },
  ]
  let files = await writePapers(document, folder, language)
  for (const part of parts) {
    const path = join(folder, part.name)
    await mkdir(path, { recursive: true, mode: 0o700 })
    for (const table of part.tables) {
      for (const [format, ending] of FORMATS) {
        const { bytes } = await writtenIn({ format, language }, table)
        await writeFile(join(path, `${table.name}${ending}`), bytes, { mode: 0o600 })
        files += 1
      }
    }
  }
  say(`${files} files are in ${folder}.`)
}

/** The same for people, one paper after the other. */
async function writePapers(document: SettlementDocument, folder: string, language: Language): Promise<number> {
  const papers = settlementPapers(document, language)
  const press = new PaperPress()
  const progress = new Progress()
  try {
    const set = press.pressAll(
      papers.map(
        ({ part }) =>
          () =>
            settlementPaper(document, part, language),
      ),
    )
    for (const [index, { path }] of papers.entries()) {
      const { value: bytes } = await set.next()
      if (!bytes) break
      await mkdir(join(folder, dirname(path)), { recursive: true, mode: 0o700 })
      await writeFile(join(folder, `${path}.pdf`), bytes, { mode: 0o600 })
      progress.show(`paper ${index + 1} of ${papers.length}`)
    }
    return papers.length
  } catch (error) {
    if (!(error instanceof PaperError)) throw error
    say(`No PDF: ${error.message}.`)
    return 0
  } finally {
    progress.end()
    await press.close()
  }
}

function usage(reason: string): CommandError {
  return new CommandError(`${reason} "npm run zuil -- settlement --help" says what there is.`, EXIT.usage)
}
