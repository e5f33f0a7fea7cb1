import { join } from 'node:path'
import { ANNOTATIONS_PATH } from '../../lib/annotation.ts'
import { TARGET_FIELDS, TARGET_NUMBERS, TARGETS_PATH, type TargetFault, type TargetNumber } from '../../lib/target.ts'
import type { PlaceBook } from '../scope/place-book.ts'
import { writablePlaces } from './annotation.ts'
import { backTo, type FormHandler } from './own-form.ts'
import { RecordFile } from './record-file.ts'

/** What a region agreed to reach by the end of a year: one for each number, the last one that was written down. */
export interface Target {
  /** `region:14 agreement-reach` */
  readonly id: string
  readonly place: string
  readonly number: TargetNumber
  /** In the unit of the number; of the gap the most that it may be, either way. */
  readonly value: number
  readonly year: number
  /** Id of the account that wrote it. */
  readonly by: string
}

/** Shares and participations per passholder alike stay below it. */
const VALUE_MAX = 1_000
const YEARS = { least: 2012, most: 2100 } as const
const NUMBER = /^\d{1,4}([.,]\d)?$/

export class Targets {
  readonly #file: RecordFile<Target>
  readonly #places: Pick<PlaceBook, 'regions'>

  private constructor(file: RecordFile<Target>, places: Pick<PlaceBook, 'regions'>) {
    this.#file = file
    this.#places = places
  }

  static async open(folder: string, places: Pick<PlaceBook, 'regions'>): Promise<Targets> {
    return new Targets(await RecordFile.open({ path: join(folder, 'targets.ndjson'), read: readTarget }), places)
  }

  of(places: readonly string[]): readonly Target[] {
    return this.#file.all.filter(({ place }) => places.includes(place))
  }

  get forms(): Readonly<Record<string, FormHandler>> {
    return {
      [`${TARGETS_PATH}/bewaar`]: async (form, { account, roles }) => {
        const target = targetOf(form, writablePlaces(roles, await this.#places.regions()))
        if (typeof target === 'string') return backTo(ANNOTATIONS_PATH, form, { [TARGET_FIELDS.fault]: target })
        await this.#file.put({ ...target, by: account })
        return backTo(ANNOTATIONS_PATH, form)
      },
      [`${TARGETS_PATH}/verwijder`]: async (form, { roles }) => {
        const target = this.#file.get(form.get(TARGET_FIELDS.id) ?? '')
        const mayWrite = writablePlaces(roles, await this.#places.regions())
        if (target && mayWrite(target.place)) await this.#file.remove(target.id)
        return backTo(ANNOTATIONS_PATH, form)
      },
    }
  }
}

/** A target as a form has it, or what is wrong with it. */
function targetOf(form: URLSearchParams, mayWrite: (place: string) => boolean): Omit<Target, 'by'> | TargetFault {
  const field = (name: keyof typeof TARGET_FIELDS) => (form.get(TARGET_FIELDS[name]) ?? '').trim()
  const place = field('place')
  const number = TARGET_NUMBERS.find((each) => each === field('number'))
  const value = Number(field('value').replace(',', '.'))
  const year = Number(field('year'))
  if (!place.startsWith('region:') || !mayWrite(place)) return 'region'
  if (!number) return 'number'
  if (!NUMBER.test(field('value')) || value > VALUE_MAX) return 'value'
  if (!Number.isInteger(year) || year < YEARS.least || year > YEARS.most) return 'year'
  return { id: `${place} ${number}`, place, number, value, year }
}

function readTarget(line: unknown): Target | undefined {
  if (typeof line !== 'object' || line === null) return undefined
  const { id, place, number, value, year, by }: Partial<Record<keyof Target, unknown>> = line
  const known = TARGET_NUMBERS.find((each) => each === number)
  const isWhole = [id, place, by].every((one) => typeof one === 'string') && [value, year].every((one) => typeof one === 'number')
  // `as` holds: the line before looked at each of them
  return known && isWhole ? ({ id, place, number: known, value, year, by } as Target) : undefined
}
