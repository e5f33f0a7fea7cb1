import { join } from 'node:path'
import { brusselsDay, formatDay } from '@zuil/core'
import { type Static, Type } from 'typebox'
import { WORKSPACE_FIELDS as FIELDS, type WorkspaceFault } from '../../lib/workspace/workspace-view.ts'
import { countOf, fieldOf, isDay } from '../notebook/entry-field.ts'
import type { FormHandler } from '../notebook/own-form.ts'
import { RecordFile } from '../notebook/record-file.ts'
import type { PlaceBook } from '../scope/place-book.ts'
import type { Principal } from '../scope/principal.ts'
import { mayWriteAbout } from './place-writer.ts'
import { recordOf, removal, WRITTEN, workspaceForms } from './workspace-form.ts'

/** Of one place: once a week for ten years. */
const PLACE_COUNTS_MAX = 520
const CARDS_MAX = 1_000_000
const DELIVERY_WEEKS_MAX = 52

const CountShape = Type.Object({
  /** `municipality:73107 2026-11-22`: the last word counts. */
  id: Type.String(),
  place: Type.String(),
  day: Type.String(),
  cards: Type.Number(),
  /** Came in since the count before. */
  received: Type.Number(),
  deliveryWeeks: Type.Number(),
  ...WRITTEN,
})
export type KeptCount = Static<typeof CountShape>

export interface CardBookOptions {
  readonly folder: string
  readonly places: Pick<PlaceBook, 'regions'>
  /** Epoch ms. */
  readonly clock: () => number
}

/** Cards in stock, as they were counted by hand. */
export class CardBook {
  readonly #file: RecordFile<KeptCount>
  readonly #options: CardBookOptions

  private constructor(file: RecordFile<KeptCount>, options: CardBookOptions) {
    this.#file = file
    this.#options = options
  }

  static async open(options: CardBookOptions): Promise<CardBook> {
    const file = await RecordFile.open({ path: join(options.folder, 'card-stock.ndjson'), read: recordOf(CountShape) })
    return new CardBook(file, options)
  }

  /** Of a place, newest first. */
  of(place: string): readonly KeptCount[] {
    return this.#file.all.filter((count) => count.place === place).toSorted((a, b) => b.day.localeCompare(a.day))
  }

  get forms(): Readonly<Record<string, FormHandler>> {
    const { region, day, cards, received, deliveryWeeks } = FIELDS
    const { places } = this.#options
    const mayWrite = (place: string, { roles }: Principal) => mayWriteAbout(place, ['region', 'municipality'], { roles, places })
    return workspaceForms('cards', {
      voorraad: {
        fields: [day, cards, received, deliveryWeeks],
        keep: async (form, principal) => {
          const place = fieldOf(form, region) || fieldOf(form, FIELDS.member)
          return (await mayWrite(place, principal)) ? await this.#keep(form, place, principal) : 'place'
        },
      },
      'voorraad/verwijder': removal(this.#file, ({ place }, principal) => mayWrite(place, principal)),
    })
  }

  async #keep(form: URLSearchParams, place: string, { account }: Principal): Promise<WorkspaceFault | undefined> {
    const { clock } = this.#options
    const day = fieldOf(form, FIELDS.day)
    const cards = countOf(form, FIELDS.cards, CARDS_MAX)
    const received = fieldOf(form, FIELDS.received) === '' ? 0 : countOf(form, FIELDS.received, CARDS_MAX)
    const deliveryWeeks = countOf(form, FIELDS.deliveryWeeks, DELIVERY_WEEKS_MAX)
    if (!isDay(day)) return 'day'
    if (day > formatDay(brusselsDay(clock()))) return 'future'
    if (cards === undefined || received === undefined || deliveryWeeks === undefined) return 'number'
    const id = `${place} ${day}`
    if (!this.#file.get(id) && this.of(place).length >= PLACE_COUNTS_MAX) return 'full'
    await this.#file.put({ id, place, day, cards, received, deliveryWeeks, by: account, at: clock() })
    return undefined
  }
}
