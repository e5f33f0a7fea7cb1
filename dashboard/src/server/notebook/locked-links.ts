import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto'
import { join } from 'node:path'
import { DAY_MS } from '@zuil/core'
import { FIGURE_PAGES, type FigurePageId } from '../../lib/figure/figure-view.ts'
import { COMPARISONS, type Comparison, mayOpen, pageOf } from '../../lib/pages.ts'
import { LINK_MONTHS, LOCKED_PATH, VIEW_FIELDS, VIEWS_PATH, type ViewFault } from '../../lib/saved-view.ts'
import { readPageState } from '../pages/page-state.ts'
import type { Principal } from '../scope/principal.ts'
import { backTo, type FormHandler } from './own-form.ts'
import { RecordFile } from './record-file.ts'
import { isPageAddress } from './saved-views.ts'

/**
 * One page of one place as it was published at one release, for somebody without an account: an annex of a council file. What it
 * says stands in the link, under a signature; its owner can withdraw it.
 */
export interface LockedLink {
  readonly id: string
  readonly page: FigurePageId
  /** `municipality:73107` */
  readonly place: string
  readonly period: string
  /** The last release that it sees: later ones change nothing. */
  readonly release: number
  readonly compareWith: Comparison
  /** Epoch ms of its making, and of its end. */
  readonly at: number
  readonly until: number
}

type KeptLink = LockedLink & { readonly by: string }

const ACCOUNT_LINKS_MAX = 50
const ID_BYTES = 12
const KEY_BYTES = 32
const TOKEN = /^([\w-]{16})\.([\w-]{43})$/
const MONTH_MS = 30.5 * DAY_MS

export interface LockedLinksOptions {
  readonly folder: string
  /** 32 bytes of the installation; a key of its own is made of them. */
  readonly key: Buffer
  /** Epoch ms. */
  readonly clock: () => number
}

/** Makes, reads and withdraws locked links. */
export class LockedLinks {
  readonly #file: RecordFile<KeptLink>
  readonly #key: Buffer
  readonly #clock: () => number

  private constructor(file: RecordFile<KeptLink>, { key, clock }: LockedLinksOptions) {
    this.#file = file
    this.#key = Buffer.from(hkdfSync('sha256', key, '', 'locked-link', KEY_BYTES))
    this.#clock = clock
  }

  static async open(options: LockedLinksOptions): Promise<LockedLinks> {
    const file = await RecordFile.open({ path: join(options.folder, 'locked-links.ndjson'), read: readLink })
    return new LockedLinks(file, options)
  }

  /** What a token opens; undefined when it was not signed here, was withdrawn, or is over. */
  read(token: string): LockedLink | undefined {
    const [, id = '', signature = ''] = TOKEN.exec(token) ?? []
    const link = this.#file.get(id)
    if (!link || link.until <= this.#clock()) return undefined
    return isSame(signature, this.#signatureOf(link)) ? link : undefined
  }

  /** Of an account, with the path of each. */
  of(account: string): readonly (LockedLink & { readonly path: string })[] {
    const own = this.#file.all.filter(({ by, until }) => by === account && until > this.#clock())
    return own.map((link) => ({ ...link, path: `${LOCKED_PATH}/${link.id}.${this.#signatureOf(link)}` }))
  }

  get forms(): Readonly<Record<string, FormHandler>> {
    return {
      [`${VIEWS_PATH}/vergrendel`]: async (form, principal) => {
        const fault = await this.#lock(form, principal)
        return backTo(VIEWS_PATH, form, fault && { [VIEW_FIELDS.fault]: fault })
      },
      [`${VIEWS_PATH}/trek-in`]: async (form, { account }) => {
        const link = this.#file.get(form.get(VIEW_FIELDS.id) ?? '')
        if (link?.by === account) await this.#file.remove(link.id)
        return backTo(VIEWS_PATH, form)
      },
    }
  }

  /** Locks the page as its reader sees it now: what they may not read cannot be locked. */
  async #lock(form: URLSearchParams, principal: Principal): Promise<ViewFault | undefined> {
    const address = form.get(VIEW_FIELDS.address) ?? ''
    const months = LINK_MONTHS.find((each) => String(each) === form.get(VIEW_FIELDS.months))
    if (months === undefined) return 'months'
    if (!isPageAddress(address)) return 'address'
    const url = new URL(address, 'http://zuil.invalid')
    const id = pageOf(url.pathname)
    const page = FIGURE_PAGES.find((each) => each === id)
    if (page === undefined || !mayOpen(page, principal.roles)) return 'address'
    const { place, period, compareWith } = readPageState(url, principal)
    if (period === '') return 'nothing'
    if (this.of(principal.account).length >= ACCOUNT_LINKS_MAX) return 'full'
    const release = Math.max(...principal.periods.map((each) => each.release))
    const at = this.#clock()
    const until = at + months * MONTH_MS
    const by = principal.account
    await this.#file.put({
      id: randomBytes(ID_BYTES).toString('base64url'),
      page,
      place,
      period,
      release,
      compareWith,
      at,
      until,
      by,
    })
    return undefined
  }

  /** Over all that the link says, so that no line of the file can be made to say more. */
  #signatureOf({ id, page, place, period, release, compareWith, at, until }: LockedLink): string {
    const said = JSON.stringify([id, page, place, period, release, compareWith, at, until])
    return createHmac('sha256', this.#key).update(said).digest('base64url')
  }
}

function isSame(given: string, own: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(own)]
  return one.length === other.length && timingSafeEqual(one, other)
}

function readLink(value: unknown): KeptLink | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { id, page, place, period, release, compareWith, at, until, by }: Partial<Record<keyof KeptLink, unknown>> = value
  const known = FIGURE_PAGES.find((each) => each === page)
  const compared = COMPARISONS.find((each) => each === compareWith)
  const texts = [id, place, period, by].every((one) => typeof one === 'string')
  const isWhole = texts && [release, at, until].every((one) => typeof one === 'number')
  // `as` holds: the lines before looked at each of them
  return known && compared && isWhole
    ? ({ id, page: known, place, period, release, compareWith: compared, at, until, by } as KeptLink)
    : undefined
}
