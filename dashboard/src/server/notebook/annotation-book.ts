import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { ANNOTATION_FIELDS, ANNOTATIONS_PATH, type AnnotationFault } from '../../lib/annotation.ts'
import type { PlaceBook } from '../scope/place-book.ts'
import { type Annotation, type AnnotationDraft, annotationOf, readAnnotation, writablePlaces } from './annotation.ts'
import { backTo, type FormHandler } from './own-form.ts'
import { RecordFile } from './record-file.ts'

/** Of one place: five a year for a generation. */
const PLACE_ANNOTATIONS_MAX = 200
/** Of a field that comes back in the address. */
const TYPED_LENGTH_MAX = 200

export interface AnnotationBookOptions {
  readonly file: RecordFile<Annotation>
  readonly places: Pick<PlaceBook, 'regions'>
  /** Epoch ms. */
  readonly clock: () => number
}

/** What people noted about places, by whom it concerns. */
export class AnnotationBook {
  readonly #options: AnnotationBookOptions

  constructor(options: AnnotationBookOptions) {
    this.#options = options
  }

  static async open(folder: string, options: Omit<AnnotationBookOptions, 'file'>): Promise<AnnotationBook> {
    const file = await RecordFile.open({ path: join(folder, 'annotations.ndjson'), read: readAnnotation })
    return new AnnotationBook({ ...options, file })
  }

  /** Of some places, oldest first. */
  of(places: readonly string[]): readonly Annotation[] {
    const { file } = this.#options
    return file.all.filter(({ place }) => places.includes(place)).toSorted((a, b) => (a.firstDay < b.firstDay ? -1 : 1))
  }

  /** Handlers of its forms; each leads back to the page, which says what was wrong with fields as they were typed. */
  get forms(): Readonly<Record<string, FormHandler>> {
    return {
      [`${ANNOTATIONS_PATH}/bewaar`]: async (form, { account, roles }) => {
        const draft = annotationOf(form, writablePlaces(roles, await this.#options.places.regions()))
        const fault = typeof draft === 'string' ? draft : await this.#keep(draft, account)
        return fault === undefined ? pageAddress(form) : pageAddress(form, fault)
      },
      [`${ANNOTATIONS_PATH}/verwijder`]: async (form, { roles }) => {
        const { file, places } = this.#options
        const id = form.get(ANNOTATION_FIELDS.id) ?? ''
        const mayWrite = writablePlaces(roles, await places.regions())
        if (!mayWrite(file.get(id)?.place ?? '')) return pageAddress(form, 'place')
        await file.remove(id)
        return pageAddress(form)
      },
    }
  }

  async #keep(draft: AnnotationDraft, by: string): Promise<AnnotationFault | undefined> {
    const { file, clock } = this.#options
    if (this.of([draft.place]).length >= PLACE_ANNOTATIONS_MAX) return 'full'
    await file.put({ id: randomUUID(), ...draft, by, at: clock() })
    return undefined
  }
}

/** The page, with what was typed where something was wrong with it: it is no secret. */
function pageAddress(form: URLSearchParams, fault?: AnnotationFault): string {
  if (fault === undefined) return backTo(ANNOTATIONS_PATH, form)
  const { place, kind, first, last, text } = ANNOTATION_FIELDS
  const typed = [place, kind, first, last, text].map((name) => [name, (form.get(name) ?? '').slice(0, TYPED_LENGTH_MAX)])
  return backTo(ANNOTATIONS_PATH, form, { ...Object.fromEntries(typed), [ANNOTATION_FIELDS.fault]: fault })
}
