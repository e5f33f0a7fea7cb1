import type { OperationsFigures } from '@zuil/warehouse'
import type { Format } from '../../lib/format.ts'
import type { KeyFigure } from '../../lib/key-figure.ts'
import type { Language } from '../../lib/language.ts'
import type { OperationsSection, OperationsView } from '../../lib/operations-view.ts'
import { periodName } from '../../lib/period-name.ts'
import { messagesOf } from '../../messages/languages.ts'
import type { AccessEntry } from '../access-log/access-log.ts'
import type { FigureWriting } from '../figures/figure-writing.ts'
import { auditsSection } from './audits-section.ts'
import { intakeSections } from './intake-sections.ts'
import { type MeasureAnswer, measureSection } from './measure-section.ts'
import type { IntakeFacts, PipelineFacts } from './operations-source.ts'
import { type OperationsWords, operationsWords } from './operations-words.ts'

/** Accounts are people where nothing else is said; what is none says what it is (`token/…`). */
const PERSON = /^person\//

const GIGABYTE = 1_000_000_000
/** Last digits of a content hash, enough to compare by eye. */
const CODE_DIGITS = 8

export interface OperationsFacts {
  readonly pipeline: PipelineFacts
  /** Undefined while Redis does not answer. */
  readonly intake: IntakeFacts | undefined
  readonly figures: OperationsFigures
  /** Newest first. */
  readonly access: readonly AccessEntry[]
  /** Measures of the last weeks. */
  readonly measures: readonly MeasureAnswer[]
}

/** Who runs the platform sees all of it; an auditor what was published, and who took figures along. */
export type OperationsAudience = 'operator' | 'auditor'

interface Made {
  readonly language: Language
  readonly words: OperationsWords
  readonly format: Format
}

/** The page "Beheer", in the language of the writing. */
export function operationsView(facts: OperationsFacts, audience: OperationsAudience, writing: FigureWriting): OperationsView {
  const { language, format } = writing
  const made: Made = { language, words: operationsWords(language), format }
  const audits = [releasesSection(facts.figures, made), auditsSection(facts.figures, made), accessSection(facts.access, made)]
  const { pipeline, figures } = facts
  const isOperator = audience === 'operator'
  const running = [
    peaksSection(figures, made),
    ...intakeSections(facts.intake, made),
    refusalsSection(figures, made),
    kiosksSection(figures, made),
    queuesSection(pipeline, made),
    ...facts.measures.map((answer) => measureSection(answer, writing)),
  ]
  return {
    language,
    title: made.words.title,
    finding: isOperator ? findingOf(pipeline, made) : (audits[0]?.title ?? ''),
    keyFiguresLabel: made.words.keyFigures,
    keyFigures: isOperator ? keyFiguresOf(pipeline, made) : [],
    sections: isOperator ? [...running, ...audits] : audits,
    ...(isOperator && { roles: made.words.roles }),
  }
}

function findingOf({ problems, freshUntil, deadLetters }: PipelineFacts, { words, format }: Made): string {
  const codes = [...problems, ...(deadLetters.waiting > 0 ? ['dead-letters'] : [])]
  return codes.length === 0 ? words.finding.calm(format.second(freshUntil)) : words.finding.problems(codes.join(', '))
}

function keyFiguresOf({ at, freshUntil, waiting, ...facts }: PipelineFacts, { words, format }: Made): readonly KeyFigure[] {
  const { lag, deadLetters, freeSpace } = words
  const free = facts.freeBytes
  return [
    { id: 'lag', label: lag.label, value: format.duration(Math.max(0, at - freshUntil)), note: lag.note },
    {
      id: 'waiting',
      label: words.waiting.label,
      value: format.count(waiting),
      note: words.waiting.note(format.count(facts.rowsPerSecond)),
    },
    {
      id: 'dead-letters',
      label: deadLetters.label,
      value: format.count(facts.deadLetters.waiting),
      note: facts.deadLetters.waiting > 0 ? deadLetters.some : deadLetters.none,
    },
    {
      id: 'free-space',
      label: freeSpace.label,
      value: free === undefined ? '–' : `${format.count(free / GIGABYTE)} GB`,
      note: free === undefined ? freeSpace.unknown : freeSpace.note,
    },
  ]
}

function queuesSection({ queues }: PipelineFacts, { words, format }: Made): OperationsSection {
  const failed = queues.reduce((sum, queue) => sum + queue.failed, 0)
  return {
    id: 'queues',
    title: failed === 0 ? words.queues.calm : words.queues.failed(format.count(failed)),
    note: words.queues.note,
    table: {
      caption: words.queues.caption,
      columns: words.queues.columns.map((label, index) => ({ label, numeric: index > 0 })),
      rows: queues.map(({ name, ...counts }) => ({
        key: name,
        cells: [
          words.queues.names[name] ?? name,
          ...[counts.waiting, counts.active, counts.delayed, counts.failed].map((count) => format.count(count)),
        ],
      })),
    },
  }
}

function peaksSection({ days }: OperationsFigures, { words, format }: Made): OperationsSection {
  const [highest] = days.toSorted((a, b) => b.peak - a.peak)
  const title = highest && words.peaks.title({ peak: format.count(highest.peak), moment: format.moment(highest.peakAt) })
  return {
    id: 'peaks',
    title: title ?? words.peaks.none,
    note: words.peaks.note,
    table: {
      caption: words.peaks.caption,
      columns: words.peaks.columns.map((label, index) => ({ label, numeric: index > 0 })),
      rows: days.map(({ day, checkins, peak, peakAt }) => ({
        key: day,
        cells: [format.day(day), format.count(checkins), format.count(peak), format.minute(peakAt)],
      })),
    },
  }
}

function refusalsSection({ refusals }: OperationsFigures, { language, words, format }: Made): OperationsSection {
  const { reasons, unknown } = messagesOf(language).refusals
  const nameOf = (reason: string) => reasons[reason] ?? unknown(reason)
  const [most] = refusals
  return {
    id: 'refusals',
    title: most ? words.refusals.title({ count: format.count(most.refusals), reason: nameOf(most.reason) }) : words.refusals.none,
    note: words.refusals.note,
    table: {
      caption: words.refusals.caption,
      columns: words.refusals.columns.map((label, index) => ({ label, numeric: index > 0 })),
      rows: refusals.map((refusal) => ({
        key: refusal.reason,
        cells: [nameOf(refusal.reason), format.count(refusal.refusals)],
      })),
    },
  }
}

function kiosksSection({ silentKiosks }: OperationsFigures, { words, format }: Made): OperationsSection {
  return {
    id: 'kiosks',
    title: words.kiosks.title(silentKiosks.length),
    note: words.kiosks.note,
    table: {
      caption: words.kiosks.caption,
      columns: words.kiosks.columns.map((label) => ({ label, numeric: false })),
      rows: silentKiosks.map(({ kiosk, name, region, lastAt }) => ({
        key: kiosk,
        cells: [name || kiosk, region || '–', format.moment(lastAt)],
      })),
    },
  }
}

function releasesSection({ releases }: OperationsFigures, { language, words, format }: Made): OperationsSection {
  const failed = releases.filter(({ state }) => state === 'FAILED').length
  const { states, columns } = words.releases
  const stateOf = ({ state, provisional }: OperationsFigures['releases'][number]) =>
    state === 'FAILED' ? states.failed : provisional === 1 ? states.provisional : states.published
  const title = words.releases.title({ published: releases.length - failed, failed })
  return {
    id: 'releases',
    title: releases.length === 0 ? words.releases.none : title,
    note: words.releases.note,
    table: {
      caption: words.releases.caption,
      columns: columns.map((label, index) => ({ label, numeric: index === 4 || index === 5 })),
      rows: releases.map((release) => ({
        key: String(release.release),
        cells: [
          String(release.release),
          periodName(release.period, language),
          stateOf(release),
          format.moment(release.publishedAt),
          format.count(release.cells),
          words.releases.share(format.count(release.withheld), format.share(release.withheld, release.cells + release.withheld)),
          BigInt(release.contentHash).toString(16).padStart(CODE_DIGITS, '0').slice(-CODE_DIGITS),
        ],
      })),
    },
  }
}

function accessSection(access: readonly AccessEntry[], { words, format }: Made): OperationsSection {
  const countOf = (kind: AccessEntry['kind']) => access.filter((entry) => entry.kind === kind).length
  return {
    id: 'access',
    title: words.access.title({ signIns: countOf('sign-in'), exports: countOf('export') }),
    note: words.access.note,
    table: {
      caption: words.access.caption,
      columns: words.access.columns.map((label) => ({ label, numeric: false })),
      rows: access.map(({ at, kind, account, what }, index) => ({
        key: `${at}-${index}`,
        cells: [format.moment(at), words.access.kinds[kind], account.replace(PERSON, ''), what],
      })),
    },
  }
}
