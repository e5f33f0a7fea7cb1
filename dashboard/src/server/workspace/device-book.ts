import { join } from 'node:path'
import { type Static, Type } from 'typebox'
import { WORKSPACE_FIELDS as FIELDS, VENUE_NAME_MAX, type WorkspaceFault } from '../../lib/workspace/workspace-view.ts'
import { countOf, fieldOf, lineOf } from '../notebook/entry-field.ts'
import type { FormHandler } from '../notebook/own-form.ts'
import { RecordFile } from '../notebook/record-file.ts'
import { slugOf } from '../notebook/saved-views.ts'
import type { PlaceBook } from '../scope/place-book.ts'
import type { Principal } from '../scope/principal.ts'
import { mayWriteAbout } from './place-writer.ts'
import { recordOf, removal, WRITTEN, workspaceForms } from './workspace-form.ts'

/** Buildings of a municipality that use the pass; a large city has some two hundred organizers. */
const MUNICIPALITY_VENUES_MAX = 300
/** At one building. */
const READERS_MAX = 500
const PEAK_MAX = 5_000

const VenueShape = Type.Object({
  /** `municipality:73107 cultuurcentrum`: the last word counts. */
  id: Type.String(),
  place: Type.String(),
  venue: Type.String(),
  readers: Type.Number(),
  /** Check-ins of its busiest minute, counted at the door; absent: nobody counted. */
  peak: Type.Optional(Type.Number()),
  ...WRITTEN,
})
export type KeptVenue = Static<typeof VenueShape>

export interface DeviceBookOptions {
  readonly folder: string
  readonly places: Pick<PlaceBook, 'regions'>
  /** Epoch ms. */
  readonly clock: () => number
}

/** Buildings with their readers, which the registry does not know, and their busiest minute. */
export class DeviceBook {
  readonly #file: RecordFile<KeptVenue>
  readonly #options: DeviceBookOptions

  private constructor(file: RecordFile<KeptVenue>, options: DeviceBookOptions) {
    this.#file = file
    this.#options = options
  }

  static async open(options: DeviceBookOptions): Promise<DeviceBook> {
    const file = await RecordFile.open({ path: join(options.folder, 'devices.ndjson'), read: recordOf(VenueShape) })
    return new DeviceBook(file, options)
  }

  of(municipalities: readonly string[]): readonly KeptVenue[] {
    return this.#file.all.filter(({ place }) => municipalities.includes(place))
  }

  get forms(): Readonly<Record<string, FormHandler>> {
    const { member, venue, readers, peak } = FIELDS
    const { places } = this.#options
    const mayWrite = (place: string, { roles }: Principal) => mayWriteAbout(place, ['municipality'], { roles, places })
    return workspaceForms('devices', {
      toestellen: {
        fields: [member, venue, readers, peak],
        keep: async (form, principal) =>
          (await mayWrite(fieldOf(form, member), principal)) ? await this.#keep(form, principal) : 'place',
      },
      'toestellen/verwijder': removal(this.#file, ({ place }, principal) => mayWrite(place, principal)),
    })
  }

  async #keep(form: URLSearchParams, { account }: Principal): Promise<WorkspaceFault | undefined> {
    const place = fieldOf(form, FIELDS.member)
    const venue = lineOf(form, FIELDS.venue, VENUE_NAME_MAX)
    const slug = slugOf(venue ?? '')
    const readers = countOf(form, FIELDS.readers, READERS_MAX)
    const isCounted = fieldOf(form, FIELDS.peak) !== ''
    const peak = countOf(form, FIELDS.peak, PEAK_MAX)
    if (venue === undefined || slug === '') return 'text'
    if (readers === undefined || (isCounted && peak === undefined)) return 'number'
    const id = `${place} ${slug}`
    if (!this.#file.get(id) && this.of([place]).length >= MUNICIPALITY_VENUES_MAX) return 'full'
    const counted = peak === undefined ? {} : { peak }
    await this.#file.put({ id, place, venue, readers, ...counted, by: account, at: this.#options.clock() })
    return undefined
  }
}
