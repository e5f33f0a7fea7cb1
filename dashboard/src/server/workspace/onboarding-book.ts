import { join } from 'node:path'
import { brusselsDay, formatDay, ONBOARDING_STEPS, type OnboardingStepId } from '@zuil/core'
import { type Static, Type } from 'typebox'
import { WORKSPACE_FIELDS as FIELDS, SIDES, type Side, type WorkspaceFault } from '../../lib/workspace/workspace-view.ts'
import { fieldOf, isDay } from '../notebook/entry-field.ts'
import type { FormHandler } from '../notebook/own-form.ts'
import { RecordFile } from '../notebook/record-file.ts'
import type { PlaceBook } from '../scope/place-book.ts'
import type { Principal } from '../scope/principal.ts'
import type { MemberBook } from './member-book.ts'
import { placeWriter } from './place-writer.ts'
import { recordOf, WRITTEN, workspaceForms } from './workspace-form.ts'

const StepShape = Type.Object({
  /** `region:14 municipality:73107 council`: the last word counts. */
  id: Type.String(),
  region: Type.String(),
  municipality: Type.String(),
  step: Type.Enum(ONBOARDING_STEPS.map(({ id }) => id)),
  /** `yyyy-mm-dd`; empty: reckoned back from the day of joining. */
  planned: Type.String(),
  /** `yyyy-mm-dd` on which it was done; empty: it is not. */
  done: Type.String(),
  /** For which side somebody ticked it; empty while nobody did. */
  tickedBy: Type.Union([Type.Enum([...SIDES]), Type.Literal('')]),
  ...WRITTEN,
})
export type KeptStep = Static<typeof StepShape>

/** Names of the two fields of a step. */
export function stepFields(step: OnboardingStepId): { readonly planned: string; readonly done: string } {
  return { planned: `plan-${step}`, done: `klaar-${step}` }
}

export interface OnboardingBookOptions {
  readonly folder: string
  readonly places: Pick<PlaceBook, 'regions'>
  readonly members: Pick<MemberBook, 'of'>
  /** Epoch ms. */
  readonly clock: () => number
}

/** How far municipalities are that join. */
export class OnboardingBook {
  readonly #file: RecordFile<KeptStep>
  readonly #options: OnboardingBookOptions

  private constructor(file: RecordFile<KeptStep>, options: OnboardingBookOptions) {
    this.#file = file
    this.#options = options
  }

  static async open(options: OnboardingBookOptions): Promise<OnboardingBook> {
    const file = await RecordFile.open({ path: join(options.folder, 'onboarding.ndjson'), read: recordOf(StepShape) })
    return new OnboardingBook(file, options)
  }

  of(region: string, municipality: string): readonly KeptStep[] {
    return ONBOARDING_STEPS.flatMap(({ id }) => this.#file.get(`${region} ${municipality} ${id}`) ?? [])
  }

  get forms(): Readonly<Record<string, FormHandler>> {
    const fields = ONBOARDING_STEPS.flatMap(({ id }) => Object.values(stepFields(id)))
    return workspaceForms('onboarding', { stappen: { fields, keep: (form, principal) => this.#keep(form, principal) } })
  }

  /** All steps of one municipality at once; only those that changed are written. */
  async #keep(form: URLSearchParams, { account, roles }: Principal): Promise<WorkspaceFault | undefined> {
    const { places, members, clock } = this.#options
    const [region, municipality] = [fieldOf(form, FIELDS.region), fieldOf(form, FIELDS.member)]
    const side = (await placeWriter(roles, places)).sideOf(region, municipality)
    const isKnown = (await members.of(region)).some((member) => member.municipality === municipality)
    if (!side || !isKnown) return 'place'
    const today = formatDay(brusselsDay(clock()))
    const changed: KeptStep[] = []
    for (const { id: step } of ONBOARDING_STEPS) {
      const names = stepFields(step)
      const [planned, done] = [fieldOf(form, names.planned), fieldOf(form, names.done)]
      if ((planned !== '' && !isDay(planned)) || (done !== '' && !isDay(done))) return 'day'
      if (done > today) return 'future'
      const before = this.#file.get(`${region} ${municipality} ${step}`)
      if ((before?.planned ?? '') === planned && (before?.done ?? '') === done) continue
      const tickedBy = tickedFor(done, { before, side })
      const id = `${region} ${municipality} ${step}`
      changed.push({ id, region, municipality, step, planned, done, tickedBy, by: account, at: clock() })
    }
    for (const step of changed) await this.#file.put(step)
    return undefined
  }
}

/** Who moves only the planned day of a step did not tick it. */
function tickedFor(done: string, { before, side }: { readonly before: KeptStep | undefined; readonly side: Side }): Side | '' {
  if (done === '') return ''
  return before?.done === done ? before.tickedBy : side
}
