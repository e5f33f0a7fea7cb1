import { join } from 'node:path'
import { REGION_AGREEMENT_IDS, SCENARIOS } from '@zuil/core'
import { type Static, Type } from 'typebox'
import { WORKSPACE_FIELDS as FIELDS, WORKSPACE_TEXT_MAX, type WorkspaceFault } from '../../lib/workspace/workspace-view.ts'
import { fieldOf, isDay, lineOf } from '../notebook/entry-field.ts'
import type { FormHandler } from '../notebook/own-form.ts'
import { RecordFile } from '../notebook/record-file.ts'
import type { PlaceBook } from '../scope/place-book.ts'
import type { Principal } from '../scope/principal.ts'
import { mayWriteAbout } from './place-writer.ts'
import { recordOf, removal, WRITTEN, workspaceForms } from './workspace-form.ts'

const ScenarioShape = Type.Object({
  /** `region:14`: a region works by one scenario at a time. */
  id: Type.String(),
  scenario: Type.Enum([...SCENARIOS]),
  /** `yyyy-mm-dd` from which it holds. */
  since: Type.String(),
  ...WRITTEN,
})
export type KeptScenario = Static<typeof ScenarioShape>

const AgreementShape = Type.Object({
  /** `region:14 cost-sharing`: the last word counts. */
  id: Type.String(),
  place: Type.String(),
  agreement: Type.Enum([...REGION_AGREEMENT_IDS]),
  /** `yyyy-mm-dd` on which it was agreed. */
  day: Type.String(),
  /** What exactly, in the words of who wrote it; may be empty. */
  text: Type.String(),
  ...WRITTEN,
})
export type KeptAgreement = Static<typeof AgreementShape>

/** How a region works together. */
export interface Collaboration {
  /** Absent: nobody wrote it down. */
  readonly scenario?: KeptScenario
  readonly agreements: readonly KeptAgreement[]
}

export interface CollaborationBookOptions {
  readonly folder: string
  readonly places: Pick<PlaceBook, 'regions'>
  /** Epoch ms. */
  readonly clock: () => number
}

/** By which scenario regions work together, and what each agreed. */
export class CollaborationBook {
  readonly #scenarios: RecordFile<KeptScenario>
  readonly #agreements: RecordFile<KeptAgreement>
  readonly #options: CollaborationBookOptions

  private constructor(
    scenarios: RecordFile<KeptScenario>,
    agreements: RecordFile<KeptAgreement>,
    options: CollaborationBookOptions,
  ) {
    this.#scenarios = scenarios
    this.#agreements = agreements
    this.#options = options
  }

  static async open(options: CollaborationBookOptions): Promise<CollaborationBook> {
    const [scenarios, agreements] = await Promise.all([
      RecordFile.open({ path: join(options.folder, 'scenarios.ndjson'), read: recordOf(ScenarioShape) }),
      RecordFile.open({ path: join(options.folder, 'agreements.ndjson'), read: recordOf(AgreementShape) }),
    ])
    return new CollaborationBook(scenarios, agreements, options)
  }

  of(region: string): Collaboration {
    const scenario = this.#scenarios.get(region)
    const agreements = this.#agreements.all.filter(({ place }) => place === region)
    return { ...(scenario && { scenario }), agreements }
  }

  get forms(): Readonly<Record<string, FormHandler>> {
    const { region, scenario, since, agreement, day, text } = FIELDS
    const { places } = this.#options
    const mayWrite = (place: string, { roles }: Principal) => mayWriteAbout(place, ['region'], { roles, places })
    return workspaceForms('agreements', {
      scenario: {
        fields: [scenario, since],
        keep: async (form, principal) => {
          const place = fieldOf(form, region)
          return (await mayWrite(place, principal)) ? await this.#keepScenario(form, place, principal) : 'place'
        },
      },
      afspraken: {
        fields: [agreement, day, text],
        keep: async (form, principal) => {
          const place = fieldOf(form, region)
          return (await mayWrite(place, principal)) ? await this.#keepAgreement(form, place, principal) : 'place'
        },
      },
      'afspraken/verwijder': removal(this.#agreements, ({ place }, principal) => mayWrite(place, principal)),
    })
  }

  async #keepScenario(form: URLSearchParams, place: string, { account }: Principal): Promise<WorkspaceFault | undefined> {
    const scenario = SCENARIOS.find((each) => each === fieldOf(form, FIELDS.scenario))
    const since = fieldOf(form, FIELDS.since)
    if (!scenario) return 'scenario'
    if (!isDay(since)) return 'day'
    await this.#scenarios.put({ id: place, scenario, since, by: account, at: this.#options.clock() })
    return undefined
  }

  async #keepAgreement(form: URLSearchParams, place: string, { account }: Principal): Promise<WorkspaceFault | undefined> {
    const agreement = REGION_AGREEMENT_IDS.find((each) => each === fieldOf(form, FIELDS.agreement))
    const day = fieldOf(form, FIELDS.day)
    const text = lineOf(form, FIELDS.text, WORKSPACE_TEXT_MAX)
    if (!agreement) return 'agreement'
    if (!isDay(day)) return 'day'
    if (text === undefined) return 'text'
    const id = `${place} ${agreement}`
    await this.#agreements.put({ id, place, agreement, day, text, by: account, at: this.#options.clock() })
    return undefined
  }
}
