import { type Estimate, type FigureRow, parsePlace, type Unit } from '@zuil/warehouse'
import type { KeyFigure } from '../../lib/key-figure.ts'
import { type Beside, comparisonOf } from './figure-comparison.ts'
import { definitionOf } from './figure-links.ts'
import { narrowed } from './figure-reading.ts'
import { type FigureSetting, type Published, publishedBefore, publishedFor } from './figure-setting.ts'
import type { KeyNumberDescription } from './page-description.ts'
import type { KeyNumberId } from './pages/described-pages.ts'
import { targetStanding } from './target-standing.ts'

/** A number at the top of a page, with its release and what it says in the page's sentence. */
export interface KeyNumber {
  readonly view: KeyFigure
  readonly published: Published
  readonly estimate: Estimate
  readonly unit: Unit
  readonly isShown: boolean
  /** What it stands beside, in words; empty where that is nothing. */
  readonly comparison: string
  /** Whether it is a difference between two groups. */
  readonly isGap: boolean
  /** Within a sentence: of a gap without its sign. */
  readonly spoken: string
}

/** Reads a key number; undefined where the chosen place has none or nothing is published. */
export async function readKeyNumber(
  { id, measure: measureId, figure, at = {}, of: about }: KeyNumberDescription & { readonly id: KeyNumberId },
  setting: FigureSetting,
): Promise<KeyNumber | undefined> {
  const measure = narrowed(measureId, [figure])
  const published = publishedFor(measure, setting)
  const unit = measure.figures[0]?.unit ?? measure.unit
  const { writing, place } = setting
  // `as` holds: the keys of `at` are dimensions of the measure
  const dimensions = Object.keys(at) as (keyof typeof at)[]
  const hasPlace = (of: string) => {
    if (about === 'organizers') return of === place && setting.organizers.length > 0
    const kind = parsePlace(of)?.kind
    return kind !== undefined && measure.places.includes(kind)
  }
  if (!published || !hasPlace(place)) return undefined
  const ask = async ({ release, period }: Published, of: string): Promise<FigureRow | undefined> => {
    const members = Object.fromEntries(Object.entries(at).map(([dimension, member]) => [dimension, [member]]))
    const places = about === 'organizers' ? setting.organizers : [of]
    const rows = await setting.reader.figures(setting.scope, measure, { dimensions, members, places, period, release })
    return rows[0]
  }
  const stands = standsBeside(published, setting)
  const [own, other] = await Promise.all([
    ask(published, place),
    stands && hasPlace(stands.place) ? ask(stands.published, stands.place) : undefined,
  ])
  // Of fewer than three organizers nothing is said; "fewer than ten persons" would be another reason.
  if (!own || own.status === 'na' || (about && own.status === 'withheld')) return undefined
  const { status } = writing.words
  const { threshold } = published.release
  // A number below ten would be read into "<10 %", so here the reason stands beside it.
  const isWithheld = own.status === 'withheld'
  const text = isWithheld ? status.hidden : writing.estimate(own, unit, threshold)
  const comparison = stands ? comparisonOf([own, other], { unit, beside: stands }, writing) : ''
  return {
    published,
    unit,
    estimate: own,
    comparison,
    isShown: own.status === 'ok',
    isGap: own.isClear !== undefined,
    spoken: spokenOf(own, unit === 'PERCENTAGE_POINTS' ? text.replace(/^[-−]/, '') : text, setting),
    view: {
      id,
      label: writing.words.keyNumbers[id],
      value: text,
      isWithheld,
      note: isWithheld
        ? status.reason(threshold)
        : [comparison, targetNote(id, own, { unit, setting })].filter(Boolean).join('; '),
      definition: definitionOf(measure, writing.language),
    },
  }
}

/** What a region agreed on this number, and how far that is; empty without an agreement. */
function targetNote(
  id: KeyNumberId,
  own: FigureRow,
  { unit, setting }: { readonly unit: Unit; readonly setting: FigureSetting },
): string {
  const { writing, targets } = setting
  const target = targets.find(({ number }) => number === id)
  if (!target || own.status !== 'ok') return ''
  const standing = targetStanding(own, { target: target.value, unit }, writing)
  return writing.words.target({ value: writing.value(target.value, unit, 1), year: String(target.year), standing })
}

/** What a key number stands beside, and where that is read. */
function standsBeside(
  published: Published,
  setting: FigureSetting,
): (Beside & { readonly published: Published; readonly place: string }) | undefined {
  const { beside, place, writing } = setting
  if (beside?.kind === 'place') return { kind: 'place', name: writing.place(beside.place), published, place: beside.place }
  if (beside?.kind !== 'previous') return undefined
  const earlier = publishedBefore(published, setting)
  return earlier && { kind: 'previous', name: writing.period(earlier.period.key), published: earlier, place }
}

/** A difference is above, below or neither; any other number is itself. */
function spokenOf(own: FigureRow, text: string, { writing }: FigureSetting): string {
  if (own.isClear === undefined) return text
  const { gap } = writing.words
  if (!own.isClear) return gap.alike
  return own.value < 0 ? gap.below(text) : gap.above(text)
}
