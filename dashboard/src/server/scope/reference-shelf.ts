import type { MeasureCells, ReferenceCell } from '@zuil/warehouse'
import { Gathering } from '../storage/gathering.ts'
import { Shelf } from '../storage/shelf.ts'

/** Inhabitants and the like come once a year; who joined a region shows within this time. */
const AGE_MAX_MS = 60_000
/** Of a place that nobody looked at for a while the first one is told what was read last. */
const TOLD_MAX_MS = 60 * 60_000
/** Places times periods that people look at in a minute; a handful of rows each. */
const PLACES_KEPT_MAX = 5_000
/** Of one read: all municipalities of Flanders for some periods. */
const ASKED_MAX = 1_000

type Reference = MeasureCells['reference']
type Asked = Parameters<Reference>[1]

/** A count of one place. */
interface PlaceAsked extends Pick<Asked, 'period'> {
  readonly id: Parameters<Reference>[0]
  readonly place: string
}

/**
 * Counts that others publish, read once a minute for each place. They are of no person, and the same for everybody. Figures of a page ask
 * for those of the same period, so they are read together.
 */
export class ReferenceShelf {
  readonly #kept: Shelf<readonly ReferenceCell[]>
  readonly #reading: Gathering<PlaceAsked, readonly ReferenceCell[]>

  /** @param read asks for them anew @param clock epoch ms */
  constructor(read: Reference, clock: () => number) {
    this.#kept = new Shelf({ weightMax: PLACES_KEPT_MAX, believed: { ageMaxMs: AGE_MAX_MS, toldMaxMs: TOLD_MAX_MS, clock } })
    this.#reading = new Gathering((asked) => readTogether(read, asked), ASKED_MAX)
  }

  async cells(...[id, { places, period }]: Parameters<Reference>): Promise<readonly ReferenceCell[]> {
    const found = await Promise.all(
      places.map((place) => this.#kept.take([id, period.key, place].join('\n'), () => this.#reading.ask({ id, period, place }))),
    )
    return found.flat()
  }
}

/** One read for each count and period, of all places that are asked for. */
async function readTogether(read: Reference, asked: readonly PlaceAsked[]): Promise<readonly (readonly ReferenceCell[])[]> {
  const questions = Map.groupBy(asked, questionOf)
  const answers = new Map<string, readonly ReferenceCell[]>()
  await Promise.all(
    [...questions].map(async ([name, same]) => {
      const [first] = same
      if (first) answers.set(name, await read(first.id, { period: first.period, places: same.map(({ place }) => place) }))
    }),
  )
  return asked.map((one) => answers.get(questionOf(one))?.filter(({ place }) => place === one.place) ?? [])
}

function questionOf({ id, period }: PlaceAsked): string {
  return `${id} ${period.key}`
}
