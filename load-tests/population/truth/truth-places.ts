import type { History } from '../history/history.ts'
import type { PlaceKind } from './cell.ts'

/** Nowhere that is known. */
export const NOWHERE = 0xffff

/** Municipalities as they are today, the regions they are in, and organizers: by numbers, and with their ids. */
export class TruthPlaces {
  /** NIS codes by index. */
  readonly municipalities: readonly string[]
  readonly organizers: readonly string[]
  readonly #byNis = new Map<number, number>()
  readonly #regions: readonly number[]
  readonly #numbers: ReadonlyMap<string, number>

  constructor({ world: { geography, hosts }, until }: Pick<History, 'world' | 'until'>) {
    const { places } = geography
    this.municipalities = places.map(({ nis }) => String(nis))
    this.organizers = hosts.map(({ organizer }) => organizer.id)
    this.#numbers = new Map(this.organizers.map((id, index) => [id, index]))
    for (const [index, { mergedFrom }] of places.entries()) for (const nis of mergedFrom) this.#byNis.set(nis, index)
    for (const [index, { nis }] of places.entries()) this.#byNis.set(nis, index)
    // who has not joined by the end of the history is in no region of it
    this.#regions = places.map(({ cardSystem, since }) => (since < until ? cardSystem : 0))
  }

  /** Index of a municipality by a NIS code of any time. */
  municipalityOf(nis: number): number {
    return this.#byNis.get(nis) ?? NOWHERE
  }

  isNowhere(municipality: number): boolean {
    return municipality === NOWHERE
  }

  organizerOf(id: string): number {
    return this.#numbers.get(id) ?? -1
  }

  /** Number of the card system; -1 for none. */
  regionOf(municipality: number): number {
    return this.#regions[municipality] || -1
  }

  idOf(kind: PlaceKind, number: number): string {
    switch (kind) {
      case 'ALL':
        return ''
      case 'REGION':
        return String(number)
      case 'MUNICIPALITY':
        return this.municipalities[number] ?? '0'
      case 'ORGANIZER':
        return this.organizers[number] ?? ''
    }
  }
}
