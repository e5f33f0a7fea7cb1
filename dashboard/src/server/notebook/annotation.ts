import type { Roles } from '@zuil/core/contracts/roles'
import {
  ANNOTATION_FIELDS,
  ANNOTATION_KINDS,
  ANNOTATION_TEXT_MAX,
  type AnnotationFault,
  type AnnotationKind,
} from '../../lib/annotation.ts'
import { ALL_PLACES, ownPlaceOf, type Regions } from '../scope/scope.ts'
import { fieldOf, isDay, lineOf, type Typed } from './entry-field.ts'

/** Something that happened in a place and that a reader of its figures should know: a campaign, works, a renewal round. */
export interface Annotation {
  readonly id: string
  /** `municipality:73107` */
  readonly place: string
  readonly kind: AnnotationKind
  /** `yyyy-mm-dd` in Brussels, both included. */
  readonly firstDay: string
  readonly lastDay: string
  /** In the words of who wrote it; may be empty. */
  readonly text: string
  /** Id of the account that wrote it. */
  readonly by: string
  /** Epoch ms. */
  readonly at: number
}

/** What of an annotation stands in a form. */
export type AnnotationDraft = Pick<Annotation, 'place' | 'kind' | 'firstDay' | 'lastDay' | 'text'>

/** An annotation as a form has it, or what is wrong with it. */
export function annotationOf(form: Typed, mayWrite: (place: string) => boolean): AnnotationDraft | AnnotationFault {
  const field = (name: keyof typeof ANNOTATION_FIELDS) => fieldOf(form, ANNOTATION_FIELDS[name])
  const place = field('place')
  const kind = ANNOTATION_KINDS.find((each) => each === field('kind'))
  const firstDay = field('first')
  const lastDay = field('last') === '' ? firstDay : field('last')
  const text = lineOf(form, ANNOTATION_FIELDS.text, ANNOTATION_TEXT_MAX)
  if (!mayWrite(place)) return 'place'
  if (!kind) return 'kind'
  if (!isDay(firstDay) || !isDay(lastDay)) return 'day'
  if (lastDay < firstDay) return 'order'
  if (text === undefined || (kind === 'other' && text === '')) return 'text'
  return { place, kind, firstDay, lastDay, text }
}

/** Places about which these roles may write: their own, and a region about its municipalities as well. */
export function writablePlaces(roles: Roles, regions: Regions): (place: string) => boolean {
  const isOperator = roles.some(({ role }) => role === 'publiq')
  const own = roles.flatMap((role) => {
    if (role.role === 'region') return [ownPlaceOf(role), ...regions(role.cardSystem).map((nis) => `municipality:${nis}`)]
    return role.role === 'municipality' || role.role === 'organizer' ? [ownPlaceOf(role)] : []
  })
  return (place) =>
    (isOperator && (place === ALL_PLACES || /^(region|municipality|organizer):./.test(place))) || own.includes(place)
}

/** A line of the file; undefined when it is none. */
export function readAnnotation(value: unknown): Annotation | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { id, place, kind, firstDay, lastDay, text, by, at }: Partial<Record<keyof Annotation, unknown>> = value
  const known = ANNOTATION_KINDS.find((each) => each === kind)
  const isWhole = [id, place, firstDay, lastDay, text, by].every((one) => typeof one === 'string') && typeof at === 'number'
  // `as` holds: the line before looked at each of them
  return known && isWhole ? ({ id, place, kind: known, firstDay, lastDay, text, by, at } as Annotation) : undefined
}
