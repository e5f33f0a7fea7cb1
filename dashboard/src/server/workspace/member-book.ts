import { join } from 'node:path'
import { brusselsDay, formatDay } from '@zuil/core'
import type { RegionMember } from '@zuil/warehouse'
import { type Static, Type } from 'typebox'
import { WORKSPACE_FIELDS as FIELDS, type WorkspaceFault } from '../../lib/workspace/workspace-view.ts'
import { fieldOf, isDay } from '../notebook/entry-field.ts'
import type { FormHandler } from '../notebook/own-form.ts'
import { RecordFile } from '../notebook/record-file.ts'
import type { PlaceBook } from '../scope/place-book.ts'
import type { Principal } from '../scope/principal.ts'
import { Shelf } from '../storage/shelf.ts'
import { mayWriteAbout } from './place-writer.ts'
import { recordOf, removal, WRITTEN, workspaceForms } from './workspace-form.ts'

/** Stretches of a region: each of forty municipalities twice. */
const REGION_MEMBERS_MAX = 100
/** What the registry tells shows within this time. */
const REGISTRY_AGE_MAX_MS = 60_000
/** The first one who looks after a while is told what was read last: the registry names a municipality a few times in ten years. */
const REGISTRY_TOLD_MAX_MS = 60 * 60_000

const MemberShape = Type.Object({
  /** `region:14 municipality:73107 2020-09-01`: one may leave and join again. */
  id: Type.String(),
  region: Type.String(),
  municipality: Type.String(),
  /** `yyyy-mm-dd`, the first day as a member; may be to come. */
  joinedOn: Type.String(),
  /** The first day as no member any more; empty while it is one. */
  leftOn: Type.String(),
  ...WRITTEN,
})
type KeptMember = Static<typeof MemberShape>

/** A stretch of time in which a municipality is in a region. Days are `yyyy-mm-dd`. */
export interface Membership {
  readonly region: string
  readonly municipality: string
  /** Empty where only is known that it was there already on `knownOn`. */
  readonly joinedOn: string
  readonly leftOn: string
  /** First day on which the registry named it; empty where it was typed in. */
  readonly knownOn: string
  /** Of one that was typed in: its id, to take it away. */
  readonly id?: string
}

export interface MemberBookOptions {
  readonly folder: string
  readonly places: Pick<PlaceBook, 'regions' | 'namer'>
  /** What the registry tells of card systems. */
  readonly registry: () => Promise<readonly RegionMember[]>
  /** Epoch ms. */
  readonly clock: () => number
}

/** From when until when municipalities are in regions: as typed in, and where nobody did, as the registry tells. */
export class MemberBook {
  readonly #file: RecordFile<KeptMember>
  readonly #registry: Shelf<readonly Membership[]>
  readonly #options: MemberBookOptions

  private constructor(file: RecordFile<KeptMember>, options: MemberBookOptions) {
    this.#file = file
    this.#options = options
    const believed = { ageMaxMs: REGISTRY_AGE_MAX_MS, toldMaxMs: REGISTRY_TOLD_MAX_MS, clock: options.clock }
    this.#registry = new Shelf({ weightMax: 1, believed })
  }

  static async open(options: MemberBookOptions): Promise<MemberBook> {
    const file = await RecordFile.open({ path: join(options.folder, 'members.ndjson'), read: recordOf(MemberShape) })
    return new MemberBook(file, options)
  }

  /** Of all regions, by the day of joining; those of which it is not known first. */
  async all(): Promise<readonly Membership[]> {
    const typed = this.#file.all.map(
      ({ id, region, municipality, joinedOn, leftOn }): Membership => ({
        id,
        region,
        municipality,
        joinedOn,
        leftOn,
        knownOn: '',
      }),
    )
    const isTyped = new Set(typed.map(({ region, municipality }) => `${region} ${municipality}`))
    const told = await this.#registry.take('', async () => (await this.#options.registry()).map(membershipOf))
    const others = told.filter(({ region, municipality }) => !isTyped.has(`${region} ${municipality}`))
    return [...typed, ...others].toSorted(byJoining)
  }

  async of(region: string): Promise<readonly Membership[]> {
    return (await this.all()).filter((member) => member.region === region)
  }

  get forms(): Readonly<Record<string, FormHandler>> {
    const { region, member, joined, left } = FIELDS
    const { places } = this.#options
    const mayWrite = (place: string, { roles }: Principal) => mayWriteAbout(place, ['region'], { roles, places })
    return workspaceForms('members', {
      leden: {
        fields: [member, joined, left],
        keep: async (form, principal) =>
          (await mayWrite(fieldOf(form, region), principal)) ? await this.#keep(form, principal) : 'place',
      },
      'leden/verwijder': removal(this.#file, (record, principal) => mayWrite(record.region, principal)),
    })
  }

  async #keep(form: URLSearchParams, { account }: Principal): Promise<WorkspaceFault | undefined> {
    const [region, municipality] = [fieldOf(form, FIELDS.region), fieldOf(form, FIELDS.member)]
    const [joinedOn, leftOn] = [fieldOf(form, FIELDS.joined), fieldOf(form, FIELDS.left)]
    const { places, clock } = this.#options
    const nameOf = await places.namer()
    if (!municipality.startsWith('municipality:') || nameOf(municipality) === municipality) return 'municipality'
    if (!isDay(joinedOn) || (leftOn !== '' && !isDay(leftOn))) return 'day'
    if (leftOn !== '' && leftOn <= joinedOn) return 'order'
    const ofRegion = this.#file.all.filter((one) => one.region === region)
    const id = `${region} ${municipality} ${joinedOn}`
    const others = ofRegion.filter((one) => one.id !== id && one.municipality === municipality)
    const isApart = (one: KeptMember) =>
      (one.leftOn !== '' && one.leftOn <= joinedOn) || (leftOn !== '' && leftOn <= one.joinedOn)
    if (!others.every(isApart)) return 'overlap'
    if (ofRegion.length >= REGION_MEMBERS_MAX && !this.#file.get(id)) return 'full'
    await this.#file.put({ id, region, municipality, joinedOn, leftOn, by: account, at: clock() })
    return undefined
  }
}

/** Whether a municipality is in the region on some day, or comes into it later. */
export function isMember({ leftOn }: Membership, now: number): boolean {
  return leftOn === '' || leftOn > formatDay(brusselsDay(now))
}

function membershipOf({ cardSystem, nis, firstDay, hasJoined, leftDay }: RegionMember): Membership {
  const joinedOn = hasJoined ? firstDay : ''
  return { region: `region:${cardSystem}`, municipality: `municipality:${nis}`, joinedOn, leftOn: leftDay, knownOn: firstDay }
}

function byJoining(one: Membership, other: Membership): number {
  return one.joinedOn.localeCompare(other.joinedOn) || one.municipality.localeCompare(other.municipality)
}
