import {
  ANSWER_BOUNDS_MS,
  ANSWER_TARGET_MS,
  type AnswerTimes,
  REFUSED_CAUSES,
  type RefusedCause,
  type RefusedKind,
} from '@zuil/core/contracts/intake'
import type { Format } from '../../lib/format.ts'
import type { Language } from '../../lib/language.ts'
import type { OperationsSection } from '../../lib/operations-view.ts'
import { intakeWords } from './intake-words.ts'
import type { IntakeFacts, JournalState } from './operations-source.ts'

const MEGABYTE = 1_000_000
const PERCENTILES = [50, 95, 99] as const

interface Made {
  readonly language: Language
  readonly format: Format
}

/** How quickly the API answers, and how far the journal may run ahead of the warehouse: of the last 24 hours. */
export function intakeSections(intake: IntakeFacts | undefined, made: Made): readonly OperationsSection[] {
  return [answersSection(intake, made), journalSection(intake, made)]
}

function answersSection(intake: IntakeFacts | undefined, { language, format }: Made): OperationsSection {
  const { answers: words, away } = intakeWords(language)
  const target = `${format.count(ANSWER_TARGET_MS)} ms`
  const asked = (intake?.answers ?? []).filter(({ counts }) => totalOf(counts) > 0)
  const within = (ms: number | undefined) =>
    ms === undefined ? words.above(`${format.count(ANSWER_BOUNDS_MS.at(-1) ?? 0)} ms`) : `${format.count(ms)} ms`
  const rows = asked.map(({ group, counts }) => {
    const [half = '', ...others] = PERCENTILES.map((percent) => within(timeWithin(counts, percent)))
    const total = totalOf(counts)
    return {
      key: group,
      cells: [words.groups[group], format.count(total), half, ...others, format.share(quickOf(counts), total)],
    }
  })
  const [first] = asked
  const title = first
    ? words.title({
        group: words.groups[first.group],
        half: within(timeWithin(first.counts, 50)),
        most: within(timeWithin(first.counts, 99)),
      })
    : words.none
  return {
    id: 'D3',
    title,
    note: intake ? words.note(target) : away,
    table: { caption: words.caption, columns: numeric(words.columns(target)), rows },
  }
}

function journalSection(intake: IntakeFacts | undefined, { language, format }: Made): OperationsSection {
  const { journal: words, away } = intakeWords(language)
  const table = { caption: words.caption, columns: numeric(words.columns) }
  if (!intake) return { id: 'journal', title: words.caption, note: away, table: { ...table, rows: [] } }
  const { load, bounds, refused } = intake
  const isAbove = (kind: RefusedKind) => REFUSED_CAUSES.some((cause) => (at(load, cause) ?? 0) > (at(bounds[kind], cause) ?? 0))
  const countOf = (cause: RefusedCause, kind: RefusedKind) =>
    format.count(refused.find((one) => one.cause === cause && one.kind === kind)?.count ?? 0)
  const isRefused = (cause: RefusedCause) => refused.some((one) => one.cause === cause)
  // What is no bound of the journal is a row only when something was refused for it.
  const shown = REFUSED_CAUSES.filter((cause) => at(load, cause) !== undefined || isRefused(cause))
  const textOf = (state: JournalState, cause: RefusedCause) => boundText(cause, at(state, cause), { language, format })
  return {
    id: 'journal',
    title: isAbove('live') ? words.liveRefused : isAbove('imports') ? words.importsRefused : words.calm,
    note: words.note,
    table: {
      ...table,
      rows: shown.map((cause) => ({
        key: cause,
        cells: [
          words.bounds[cause],
          textOf(load, cause),
          textOf(bounds.imports, cause),
          textOf(bounds.live, cause),
          isRefused(cause)
            ? words.refused({ live: countOf(cause, 'live'), imports: countOf(cause, 'imports') })
            : format.count(0),
        ],
      })),
    },
  }
}

function at({ records, bytes, oldestMs, memory }: JournalState, cause: RefusedCause): number | undefined {
  switch (cause) {
    case 'records':
      return records
    case 'bytes':
      return bytes
    case 'age':
      return oldestMs
    case 'memory':
      return memory
    case 'registry':
    case 'ledger':
      return undefined
  }
}

function boundText(cause: RefusedCause, value: number | undefined, { language, format }: Made): string {
  if (value === undefined) return '–'
  if (!Number.isFinite(value)) return intakeWords(language).journal.unbounded
  if (cause === 'bytes') return `${format.count(value / MEGABYTE)} MB`
  if (cause === 'age') return format.duration(value)
  return cause === 'memory' ? format.share(value, 1) : format.count(value)
}

/** End of the class within which so many of a hundred were answered; undefined beyond the last one. */
function timeWithin(counts: AnswerTimes['counts'], percent: number): number | undefined {
  const wanted = (totalOf(counts) * percent) / 100
  let sum = 0
  const place = counts.findIndex((count) => {
    sum += count
    return sum >= wanted
  })
  return ANSWER_BOUNDS_MS[place]
}

function quickOf(counts: AnswerTimes['counts']): number {
  return totalOf(counts.slice(0, ANSWER_BOUNDS_MS.indexOf(ANSWER_TARGET_MS) + 1))
}

function totalOf(counts: AnswerTimes['counts']): number {
  return counts.reduce((sum, count) => sum + count, 0)
}

/** The first column names its row. */
function numeric(labels: readonly string[]) {
  return labels.map((label, index) => ({ label, numeric: index > 0 }))
}
