import { join } from 'node:path'
import { pageOf } from '../../lib/pages.ts'
import { VIEW_FIELDS, VIEW_NAME_MAX, VIEWS_PATH, type ViewFault } from '../../lib/saved-view.ts'
import { returnAddress } from '../sign-in/return-address.ts'
import { backTo, type FormHandler } from './own-form.ts'
import { RecordFile } from './record-file.ts'

/** A page with its choices, under a name that stands in an address: `/weergaven/wekelijks-overleg`. It holds no figures. */
export interface SavedView {
  /** As it stands in the address; of everybody, so that a link can be given away: whoever opens it sees what they may read. */
  readonly id: string
  readonly name: string
  /** Path and query of one of our pages. */
  readonly address: string
  /** Id of the account that keeps it. */
  readonly by: string
}

const ACCOUNT_VIEWS_MAX = 50
const ADDRESS_LENGTH_MAX = 500

export class SavedViews {
  readonly #file: RecordFile<SavedView>

  private constructor(file: RecordFile<SavedView>) {
    this.#file = file
  }

  static async open(folder: string): Promise<SavedViews> {
    return new SavedViews(await RecordFile.open({ path: join(folder, 'views.ndjson'), read: readView }))
  }

  /** Where a name leads; undefined when nothing has it. */
  addressOf(id: string): string | undefined {
    return this.#file.get(id)?.address
  }

  of(account: string): readonly SavedView[] {
    return this.#file.all.filter(({ by }) => by === account)
  }

  get forms(): Readonly<Record<string, FormHandler>> {
    return {
      [`${VIEWS_PATH}/bewaar`]: async (form, { account }) => {
        const fault = await this.#keep(form, account)
        return backTo(VIEWS_PATH, form, fault && { [VIEW_FIELDS.fault]: fault })
      },
      [`${VIEWS_PATH}/verwijder`]: async (form, { account }) => {
        const view = this.#file.get(form.get(VIEW_FIELDS.id) ?? '')
        if (view?.by === account) await this.#file.remove(view.id)
        return backTo(VIEWS_PATH, form)
      },
    }
  }

  async #keep(form: URLSearchParams, by: string): Promise<ViewFault | undefined> {
    const name = (form.get(VIEW_FIELDS.name) ?? '').trim().normalize('NFC')
    const id = slugOf(name)
    const address = form.get(VIEW_FIELDS.address) ?? ''
    if (id === '' || name.length > VIEW_NAME_MAX) return 'name'
    if (!isPageAddress(address)) return 'address'
    const holder = this.#file.get(id)
    if (holder && holder.by !== by) return 'taken'
    if (!holder && this.of(by).length >= ACCOUNT_VIEWS_MAX) return 'full'
    await this.#file.put({ id, name, address, by })
    return undefined
  }
}

/** One of our pages with figures: nothing else can be kept, so that a name never leads away from here. */
export function isPageAddress(address: string): boolean {
  if (address.length > ADDRESS_LENGTH_MAX || returnAddress(address) !== address) return false
  return pageOf(new URL(address, 'http://zuil.invalid').pathname) !== undefined
}

/** `Wekelijks overleg (Genk)` becomes `wekelijks-overleg-genk`. */
export function slugOf(name: string): string {
  const plain = name.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
  return plain.replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-|-$/g, '')
}

function readView(value: unknown): SavedView | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { id, name, address, by }: Partial<Record<keyof SavedView, unknown>> = value
  const isWhole = [id, name, address, by].every((one) => typeof one === 'string')
  // `as` holds: the line before looked at each of them
  return isWhole ? ({ id, name, address, by } as SavedView) : undefined
}
