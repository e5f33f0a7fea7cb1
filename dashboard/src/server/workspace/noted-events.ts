import type { Annotation } from '../notebook/annotation.ts'
import type { AnnotationBook } from '../notebook/annotation-book.ts'
import type { PlaceBook } from '../scope/place-book.ts'
import type { MemberBook } from './member-book.ts'

/** What is known to have happened in places, oldest first. */
export interface Noted {
  of(places: readonly string[]): Promise<readonly Annotation[]>
}

export interface NotedEventsOptions {
  readonly annotations: Pick<AnnotationBook, 'of'>
  readonly members: Pick<MemberBook, 'all'>
  readonly places: Pick<PlaceBook, 'namer'>
}

/**
 * What people noted, and who joined a region when: at figures of the region by the names of its municipalities, at figures of a
 * municipality by the name of its region. Joining on one day is said once; where it was noted by hand, that counts.
 */
export class NotedEvents implements Noted {
  readonly #options: NotedEventsOptions

  constructor(options: NotedEventsOptions) {
    this.#options = options
  }

  async of(places: readonly string[]): Promise<readonly Annotation[]> {
    const { annotations, members } = this.#options
    const noted = annotations.of(places)
    const joined = (await members.all()).filter(({ joinedOn }) => joinedOn !== '')
    if (joined.length === 0) return noted
    const nameOf = await this.#options.places.namer()
    const events = joined.flatMap(({ region, municipality, joinedOn }) => {
      if (places.includes(region)) return [{ place: region, day: joinedOn, name: nameOf(municipality) }]
      return places.includes(municipality) ? [{ place: municipality, day: joinedOn, name: nameOf(region) }] : []
    })
    const isNoted = (place: string, day: string) =>
      noted.some((one) => one.kind === 'joined' && one.place === place && one.firstDay === day)
    const said = [...Map.groupBy(events, ({ place, day }) => `${place} ${day}`)].flatMap(([id, same]): Annotation[] => {
      const [first] = same
      if (!first || isNoted(first.place, first.day)) return []
      const { place, day } = first
      const text = same.map(({ name }) => name).join(', ')
      return [{ id, place, kind: 'joined', firstDay: day, lastDay: day, text, by: '', at: 0 }]
    })
    return [...noted, ...said].toSorted((a, b) => a.firstDay.localeCompare(b.firstDay))
  }
}
