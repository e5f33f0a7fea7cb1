import type { Unit } from '@zuil/warehouse'
import { unitOf } from '../figures/figure-data.ts'
import type { FigureWriting } from '../figures/figure-writing.ts'
import { type Difference, differenceOf, type Step, stepBeyond, stepOf } from './change-difference.ts'
import { type ChangeCells, countedAt } from './change-reading.ts'
import type { ChangeWords } from './change-words.ts'

/** What is said of a figure of a change, and how sure it is. */
export interface ChangeFinding {
  readonly title: string
  /** Whether enough is published to compare before and after. */
  readonly isCompared: boolean
  /** The bounds behind the title, and what else to know; each is one sentence. */
  readonly notes: readonly string[]
}

export interface ChangeWriting {
  readonly words: ChangeWords
  readonly writing: FigureWriting
  /** Name of the place beside, which may be several. */
  readonly besideName: string
}

interface Compared {
  readonly own: Difference | undefined
  readonly beside: Difference | undefined
  /** How much further the own place went. */
  readonly beyond: Difference | undefined
  /** Means of the own place over the pairs that were compared. */
  readonly before: number
  readonly after: number
  readonly pairs: number
  readonly decimals: number
}

/** The sentence over a figure: what its published values say, and no more. */
export function changeFinding(cells: ChangeCells, wording: ChangeWriting): ChangeFinding {
  const { described } = cells
  const { words } = wording
  const notes = notesOf(cells, wording)
  if (described.by) return { ...byMember(cells, wording), notes }
  const compared = compare(cells)
  const subject = words.subjects[described.id]
  const { own } = compared
  if (!own) return { title: words.findings.few({ subject }), isCompared: false, notes }
  const value = valueIn(cells, wording, compared.decimals)
  const facts = { subject, before: value(compared.before), after: value(compared.after), than: words.than[described.around] }
  const by = changeIn(cells, wording, compared.decimals)
  const clause = besideClause(compared, wording)
  const sentence = !own.isClear
    ? words.findings.alike(facts)
    : own.value > 0
      ? words.findings.rise({ ...facts, by: by(own.value) })
      : words.findings.fall({ ...facts, by: by(-own.value) })
  return { title: `${sentence}${clause}`, isCompared: true, notes: [...notes, ...boundsOf(cells, compared, wording)] }
}

/** Which of the kinds or groups changed clearly. */
function byMember(cells: ChangeCells, { words, writing }: ChangeWriting): Omit<ChangeFinding, 'notes'> {
  const { described, measure, members } = cells
  const subject = words.subjects[described.id]
  const compared = members.flatMap((member) => {
    const { own } = compare(cells, member)
    return own && described.by ? [{ own, label: writing.category(described.by, member, { measure }).spoken }] : []
  })
  if (compared.length === 0) return { title: words.findings.few({ subject }), isCompared: false }
  const named = (test: (difference: Difference) => boolean) => compared.filter(({ own }) => test(own)).map(({ label }) => label)
  const up = named((own) => own.isClear && own.value > 0)
  const down = named((own) => own.isClear && own.value < 0)
  const title = words.findings.members({ subject, up: writing.format.list(up), down: writing.format.list(down) })
  return { title, isCompared: true }
}

function compare(cells: ChangeCells, member = ''): Compared {
  const { window, place, beside, described } = cells
  const { chance } = described
  const steps = window.pairs.flatMap(({ before, after }) => {
    const [one, other] = [countedAt(cells, place, before, member), countedAt(cells, place, after, member)]
    const own = stepOf(one, other, chance)
    if (!own || !one || !other) return []
    const there = beside === undefined ? undefined : stepBetween(cells, beside, { before, after }, member)
    return [{ own, there, before: one.estimate, after: other.estimate }]
  })
  const both = steps.flatMap(({ own, there }) => (there ? [{ own, there }] : []))
  const mean = (of: (step: (typeof steps)[number]) => number) => steps.reduce((sum, step) => sum + of(step), 0) / steps.length
  return {
    own: differenceOf(
      steps.map(({ own }) => own),
      chance,
    ),
    beside: differenceOf(
      both.map(({ there }) => there),
      chance,
    ),
    beyond: differenceOf(
      both.map(({ own, there }) => stepBeyond(own, there)),
      chance,
    ),
    before: mean(({ before }) => before.value),
    after: mean(({ after }) => after.value),
    pairs: steps.length,
    decimals: Math.min(1, ...steps.flatMap(({ before, after }) => [before.decimals, after.decimals])),
  }
}

function stepBetween(
  cells: ChangeCells,
  place: string,
  { before, after }: ChangeCells['window']['pairs'][number],
  member: string,
): Step | undefined {
  return stepOf(countedAt(cells, place, before, member), countedAt(cells, place, after, member), cells.described.chance)
}

function besideClause({ beyond }: Compared, { words, besideName }: ChangeWriting): string {
  if (!beyond) return ''
  const { more, less, alike } = words.besides
  if (!beyond.isClear) return alike(besideName)
  return (beyond.value > 0 ? more : less)(besideName)
}

function boundsOf(cells: ChangeCells, compared: Compared, wording: ChangeWriting): readonly string[] {
  const { words, besideName } = wording
  const by = changeIn(cells, wording, compared.decimals)
  const bounds = ({ value, low, high }: Difference) => ({
    value: signed(value, by),
    low: signed(low, by),
    high: signed(high, by),
  })
  const { own, beside, beyond, pairs } = compared
  return [
    ...(own ? [words.bounds.own({ ...bounds(own), pairs })] : []),
    ...(beside && beyond
      ? [words.bounds.beside({ place: besideName, ...bounds(beside) }), words.bounds.beyond(bounds(beyond))]
      : []),
  ]
}

function notesOf(cells: ChangeCells, { words, writing, besideName }: ChangeWriting): readonly string[] {
  const { window, missing, described, beside } = cells
  const name = ({ key }: { readonly key: string }) => writing.period(key)
  const span = (periods: typeof window.before) => {
    const [first, last] = [periods[0], periods.at(-1)]
    return first && last ? (first === last ? name(first) : words.span(name(first), name(last))) : ''
  }
  const isAlone = described.isPerHead && besideName !== '' && beside === undefined
  return [
    words.periods({ before: span(window.before), after: span(window.after), during: window.during ? name(window.during) : '' }),
    words.paired[described.around],
    ...(missing.length > 0 ? [words.missing(writing.format.list(missing.map((key) => writing.period(key))))] : []),
    ...(isAlone ? [words.alone] : []),
  ]
}

function valueIn({ measure, described }: ChangeCells, { writing }: ChangeWriting, decimals: number): (value: number) => string {
  const unit = spokenUnit(unitOf({ measure }, described.figure))
  return (value) => writing.value(value, unit, decimalsOf(value, decimals))
}

/** A change of a percentage is in percentage points. */
function changeIn({ measure, described }: ChangeCells, { writing }: ChangeWriting, decimals: number): (value: number) => string {
  const own = unitOf({ measure }, described.figure)
  const unit = own === 'PERCENT' ? 'PERCENTAGE_POINTS' : spokenUnit(own)
  return (value) => writing.value(value, unit, decimalsOf(value, decimals))
}

/** The subject of the sentence says per what. */
function spokenUnit(unit: Unit): Unit {
  return unit === 'PER_1000' ? 'MEAN' : unit
}

/** From here on a tenth says nothing any more. */
const WHOLE_MIN = 100

function decimalsOf(value: number, decimals: number): number {
  return Math.abs(value) >= WHOLE_MIN ? 0 : decimals
}

function signed(value: number, write: (value: number) => string): string {
  return value > 0 ? `+${write(value)}` : write(value).replace('-', '−')
}
