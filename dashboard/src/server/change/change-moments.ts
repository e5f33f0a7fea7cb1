import { formatDay, parseDay } from '@zuil/core'
import type { JoiningDay } from '@zuil/warehouse'
import { PLACE_PARAMETER } from '../../lib/address.ts'
import type { AnnotationKind } from '../../lib/annotation.ts'
import { CHANGE_FIELDS, CHANGE_KIND_WORDS, CHANGE_PATH, type ChangeKind } from '../../lib/change-view.ts'
import type { Link } from '../../lib/link.ts'
import { nisOf } from '../figures/figure-data.ts'
import type { FigureSetting } from '../figures/figure-setting.ts'
import { capital } from '../figures/figure-writing.ts'
import type { ChangeWords } from './change-words.ts'

/** Which change an annotation is of; what else happened is looked at like a campaign: who came then. */
const KIND_OF: Readonly<Record<AnnotationKind, ChangeKind>> = {
  campaign: 'campaign',
  joined: 'joined',
  renewal: 'campaign',
  closed: 'campaign',
  other: 'campaign',
}
/** Links of a page: the newest ones. */
const MOMENTS_MAX = 12

/** A known day on which something changed. */
export interface Moment {
  readonly kind: ChangeKind
  readonly day: number
  readonly place: string
  readonly label: string
}

/** Days that somebody need not look up, as links. @param search of the page, which links carry on */
export function momentLinks(
  setting: FigureSetting,
  joined: readonly JoiningDay[],
  { words, search }: { readonly words: ChangeWords; readonly search: URLSearchParams },
): readonly Link[] {
  return knownMoments(setting, joined, words)
    .slice(0, MOMENTS_MAX)
    .map(({ label, ...moment }) => ({ label, href: addressWith(search, moment) }))
}

/** What the registry and people's annotations know of a place and its municipalities, the newest first. */
export function knownMoments(
  { writing, annotations, municipalities }: Pick<FigureSetting, 'writing' | 'annotations' | 'municipalities'>,
  joined: readonly JoiningDay[],
  words: ChangeWords,
): readonly Moment[] {
  const date = (day: number) => writing.format.date(Date.parse(`${formatDay(day)}T12:00:00Z`))
  const moments: Moment[] = [
    ...joined.flatMap(({ nis, day }): readonly Moment[] => {
      const number = parseDay(day)
      if (number === undefined || !municipalities.includes(`municipality:${nis}`)) return []
      const place = `municipality:${nis}`
      const label = words.moments.joined({ place: writing.place(place), date: date(number) })
      return [{ kind: 'joined', day: number, place, label }]
    }),
    ...annotations.flatMap(({ kind, firstDay, lastDay, text, place }): readonly Moment[] => {
      const [first, last] = [parseDay(firstDay), parseDay(lastDay)]
      if (first === undefined || last === undefined) return []
      const facts = { kind: writing.words.annotations.kinds[kind], first: date(first), last: date(last), text }
      return [
        {
          kind: KIND_OF[kind],
          day: first,
          place,
          label: `${capital(writing.place(place))}: ${writing.words.annotations.line(facts)}`,
        },
      ]
    }),
  ]
  return moments.sort((one, other) => other.day - one.day)
}

/** Municipalities that joined within some days: nobody to stand beside what changed then. */
export function joinedBetween(joined: readonly JoiningDay[], firstDay: number, lastDay: number): ReadonlySet<number> {
  return new Set(
    joined.flatMap(({ nis, day }) => {
      const number = parseDay(day) ?? 0
      return number >= firstDay && number <= lastDay ? [nis] : []
    }),
  )
}

/** Municipalities that may stand beside a place, of those around it: those that are no part of it and joined at no time that is looked at. */
export function unchangedAround(
  { place, municipalities }: Pick<FigureSetting, 'place' | 'municipalities'>,
  around: readonly string[],
  changed: ReadonlySet<number>,
): readonly string[] {
  return around.filter((one) => one !== place && !municipalities.includes(one) && !changed.has(nisOf(one) ?? 0))
}

function addressWith(search: URLSearchParams, { kind, day, place }: Omit<Moment, 'label'>): string {
  const parameters = new URLSearchParams(search)
  parameters.set(PLACE_PARAMETER, place)
  parameters.set(CHANGE_FIELDS.kind, CHANGE_KIND_WORDS[kind])
  parameters.set(CHANGE_FIELDS.day, formatDay(day))
  parameters.delete(CHANGE_FIELDS.beside)
  return `${CHANGE_PATH}?${parameters.toString().replaceAll('%3A', ':')}`
}
