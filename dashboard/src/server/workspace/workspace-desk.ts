import { brusselsDay } from '@zuil/core'
import type { InstalledKiosk } from '@zuil/warehouse'
import { addressOf, choiceOf } from '../../lib/address.ts'
import { formatOf } from '../../lib/format.ts'
import { PLANNING_PATH } from '../../lib/planning-view.ts'
import {
  WORKSPACE_FIELDS as FIELDS,
  WORKSPACE_PATH,
  type WorkspaceSection,
  type WorkspaceView,
} from '../../lib/workspace/workspace-view.ts'
import { workspaceMessagesOf } from '../../messages/workspace/workspace-languages.ts'
import { type PageSources, settingOf } from '../figures/page-builder.ts'
import type { PageState } from '../pages/page-state.ts'
import type { Principal } from '../scope/principal.ts'
import { Shelf } from '../storage/shelf.ts'
import { cardsSection } from './cards-section.ts'
import { collaborationSection } from './collaboration-section.ts'
import { devicesSection } from './devices-section.ts'
import { isMember } from './member-book.ts'
import { membersSection } from './members-section.ts'
import { onboardingSection } from './onboarding-section.ts'
import { placeWriter } from './place-writer.ts'
import type { Workspace } from './workspace.ts'
import { sectionOf, type WorkspaceSetting } from './workspace-setting.ts'

/** Four weeks of check-ins are looked at for what was heard of kiosks; who looks again within this time sees the same. */
const KIOSKS_AGE_MAX_MS = 5 * 60_000
/** For so long they see what was looked at last, while it is looked at again behind them. */
const KIOSKS_TOLD_MAX_MS = 60 * 60_000

export interface WorkspaceDeskOptions {
  readonly workspace: Workspace
  readonly sources: PageSources
  /** Kiosks of the whole installation. */
  readonly kiosks: () => Promise<readonly InstalledKiosk[]>
  /** Epoch ms. */
  readonly clock: () => number
}

/** Who looks at the page, at what, with what was typed. */
export interface WorkspaceRequested {
  readonly state: Omit<PageState, 'periodKind'>
  readonly principal: Pick<Principal, 'scope' | 'roles'>
  readonly typed: URLSearchParams
}

/** The page "Werkruimte" for who looks at it. */
export class WorkspaceDesk {
  readonly #options: WorkspaceDeskOptions
  readonly #kiosks: Shelf<readonly InstalledKiosk[]>

  constructor(options: WorkspaceDeskOptions) {
    this.#options = options
    const believed = { ageMaxMs: KIOSKS_AGE_MAX_MS, toldMaxMs: KIOSKS_TOLD_MAX_MS, clock: options.clock }
    this.#kiosks = new Shelf({ weightMax: 1, believed })
  }

  async view(requested: WorkspaceRequested): Promise<WorkspaceView> {
    const setting = await this.setting(requested)
    const { language, words, place, region } = setting
    const sections = [
      await collaborationSection(setting),
      await membersSection(setting, this.#options.sources.places),
      onboardingSection(setting, (municipality) => stepsAddress(municipality, requested)),
      await devicesSection(setting, await this.kiosks()),
      await cardsSection(setting),
      ...(place === region ? [costSection(setting, requested)] : []),
    ]
    const { title, intro, remove } = words
    // a municipality of no region has no agreements and members
    const shown = region === undefined ? sections.filter(({ id }) => id === 'devices' || id === 'cards') : sections
    return { language, place, title, intro, remove, sections: shown }
  }

  async kiosks(): Promise<readonly InstalledKiosk[]> {
    return await this.#kiosks.take('', this.#options.kiosks)
  }

  /** What a look is about. The place is one that the reader reads; a municipality reads of its region what it is party to. */
  async setting({ state, principal, typed }: WorkspaceRequested): Promise<WorkspaceSetting> {
    const { workspace, sources, clock } = this.#options
    const { language, place } = state
    const now = clock()
    const region = place.startsWith('region:') ? place : await this.#regionOf(place, typed.get(FIELDS.region))
    const [nameOf, writer, members, figures] = await Promise.all([
      sources.places.namer(),
      placeWriter(principal.roles, sources.places),
      region === undefined ? [] : workspace.members.of(region),
      settingOf({ state, scope: principal.scope }, sources),
    ])
    return {
      language,
      words: workspaceMessagesOf(language),
      format: formatOf(language),
      workspace,
      place,
      region,
      nameOf,
      members,
      today: brusselsDay(now),
      now,
      writer,
      typed,
      figures,
    }
  }

  /** The region of a municipality: the asked one of those that it is in, or comes into. */
  async #regionOf(place: string, asked: string | null): Promise<string | undefined> {
    const { workspace, clock } = this.#options
    const all = await workspace.members.all()
    const own = all.filter((member) => member.municipality === place && isMember(member, clock())).map(({ region }) => region)
    return own.find((region) => region === asked) ?? own[0]
  }
}

function stepsAddress(municipality: string, { state, typed }: WorkspaceRequested): string {
  const { place, period } = state
  const address = new URL(addressOf(WORKSPACE_PATH, choiceOf(typed), { place, period }), 'http://zuil.invalid')
  address.searchParams.set(FIELDS.municipality, municipality)
  return `${address.pathname}${address.search.replaceAll('%3A', ':')}#onboarding`
}

function costSection(setting: WorkspaceSetting, { state, typed }: WorkspaceRequested): WorkspaceSection {
  const { place, period } = state
  const href = addressOf(PLANNING_PATH, choiceOf(typed), { place, period })
  return sectionOf('cost', setting, { links: [{ label: setting.words.cost.link, href }] })
}
