import { DAY_MS, formatDay, missingAgreements, plannedOrders, REGION_AGREEMENT_IDS, REGION_AGREEMENTS } from '@zuil/core'
import type { InstalledKiosk } from '@zuil/warehouse'
import { WORKSPACE_PARTS } from '../../lib/workspace/workspace-view.ts'
import type { AnswerColumn, AnswerTable } from '../formats/answer-table.ts'
import { AHEAD_WEEKS, cardOutlook, useBetween } from './cards-section.ts'
import { venueDevices } from './devices-section.ts'
import { isMember } from './member-book.ts'
import { standingOf } from './onboarding-section.ts'
import type { WorkspaceSetting } from './workspace-setting.ts'

/** Tables of the data API: the parts of the page, and the orders that its cards need. */
export const WORKSPACE_TABLES = [...WORKSPACE_PARTS, 'orders'] as const
export type WorkspaceTable = (typeof WORKSPACE_TABLES)[number]

type Content = Pick<AnswerTable, 'columns' | 'rows'>

const text = (id: string, description: string): AnswerColumn => ({ id, kind: 'text', description })
const number = (id: string, description: string): AnswerColumn => ({ id, kind: 'number', description })
const yesNo = (id: string, description: string): AnswerColumn => ({ id, kind: 'yes-no', description })

/** One table of what a place keeps. */
export async function workspaceTable(
  part: WorkspaceTable,
  setting: WorkspaceSetting,
  kiosks: readonly InstalledKiosk[],
): Promise<AnswerTable> {
  const { place, region = '' } = setting
  return { name: `zuil-workspace-${part}`, ...(await contentOf(part, setting, kiosks)), facts: { place, region } }
}

async function contentOf(part: WorkspaceTable, setting: WorkspaceSetting, kiosks: readonly InstalledKiosk[]): Promise<Content> {
  switch (part) {
    case 'agreements':
      return agreements(setting)
    case 'members':
      return members(setting)
    case 'onboarding':
      return onboarding(setting)
    case 'devices':
      return devices(setting, kiosks)
    case 'cards':
      return cards(setting)
    case 'orders':
      return await orders(setting)
  }
}

function agreements({ workspace, region, words }: WorkspaceSetting): Content {
  const { scenario, agreements: kept } = region === undefined ? { agreements: [] } : workspace.collaboration.of(region)
  const agreed = kept.map(({ agreement }) => agreement)
  const missing = scenario ? missingAgreements(scenario.scenario, agreed) : []
  return {
    columns: [
      text('agreement', 'What regions agree on'),
      text('name', 'The same in words'),
      text('scenario', 'minimal, informal or formal; empty where nobody chose'),
      text('need', 'What the scenario asks: asked, welcome or none; empty without a scenario'),
      yesNo('is_missing', 'Whether the scenario asks it and it is not agreed'),
      text('agreed_on', 'yyyy-mm-dd; empty where it is not'),
      text('text', 'What exactly, in the words of who wrote it'),
    ],
    rows: REGION_AGREEMENT_IDS.map((id) => {
      const own = kept.find(({ agreement }) => agreement === id)
      const need = scenario ? REGION_AGREEMENTS[id][scenario.scenario] : ''
      const name = words.agreements.names[id]
      return [id, name, scenario?.scenario ?? '', need, missing.includes(id), own?.day ?? '', own?.text ?? '']
    }),
  }
}

/** Of a municipality its own membership. */
function members({ members: all, place, region, nameOf }: WorkspaceSetting): Content {
  const shown = place === region ? all : all.filter(({ municipality }) => municipality === place)
  return {
    columns: [
      text('region', 'Card system, as a place'),
      text('municipality', 'As a place'),
      text('name', 'Name of the municipality'),
      text('joined_on', 'yyyy-mm-dd, first day as a member; empty where it is not known'),
      text('left_on', 'yyyy-mm-dd, first day no more; empty while it is a member'),
      text('source', 'typed: somebody wrote it down; registry: what card systems named'),
      text('known_on', 'yyyy-mm-dd, first day on which the registry named it; empty where it was typed'),
    ],
    rows: shown.map(({ region: of, municipality, joinedOn, leftOn, knownOn, id }) => {
      const source = id === undefined ? 'registry' : 'typed'
      return [of, municipality, nameOf(municipality), joinedOn, leftOn, source, knownOn]
    }),
  }
}

function onboarding(setting: WorkspaceSetting): Content {
  const { members: all, place, region, now, nameOf, words } = setting
  const current = all.filter((member) => isMember(member, now)).map(({ municipality }) => municipality)
  const shown = [...new Set(place === region ? current : current.filter((municipality) => municipality === place))]
  const day = (days: number | undefined) => (days === undefined ? '' : formatDay(days))
  return {
    columns: [
      text('municipality', 'As a place'),
      text('name', 'Name of the municipality'),
      text('step', 'Step of joining'),
      text('step_name', 'The same in words'),
      text('by', 'Who sees to it'),
      text('planned_on', 'yyyy-mm-dd; empty where nobody knows'),
      yesNo('is_reckoned', 'Whether that day was reckoned back from the day of joining'),
      text('done_on', 'yyyy-mm-dd; empty where it is not done'),
      text('ticked_by', 'For which side somebody ticked it: publiq, region or municipality'),
      text('state', 'done, late, due, planned or open'),
    ],
    rows: shown.flatMap((municipality) => {
      const { steps, kept } = standingOf(municipality, region ?? '', setting)
      return steps.map(({ id, by, planned, isReckoned, done, state }) => {
        const tickedBy = kept.find(({ step }) => step === id)?.tickedBy ?? ''
        const name = words.onboarding.steps[id]
        return [municipality, nameOf(municipality), id, name, by, day(planned), isReckoned, day(done), tickedBy, state]
      })
    }),
  }
}

function devices(setting: WorkspaceSetting, kiosks: readonly InstalledKiosk[]): Content {
  const heardOf = (lastAt: number | undefined) => {
    if (lastAt === undefined) return ''
    if (lastAt === 0) return 'not'
    return setting.now - lastAt < DAY_MS ? 'day' : 'weeks'
  }
  return {
    columns: [
      text('place', 'Municipality; the region where the registry does not say which'),
      text('venue', 'Name of the building'),
      number('kiosks', 'Kiosks of the registry'),
      text('heard', 'When one of them was heard of last: day, weeks (four) or not; empty without kiosks'),
      number('readers', 'Typed in by hand'),
      number('peak', 'Check-ins of the busiest minute, counted at the door'),
      number('needed', 'Devices that the peak needs, with those that stand by'),
    ],
    rows: venueDevices(setting, kiosks).map(({ place, venue, kiosks: count, lastAt, readers, peak, needed }) => [
      place,
      venue,
      count,
      heardOf(lastAt),
      readers,
      peak,
      needed,
    ]),
  }
}

function cards({ workspace, place }: WorkspaceSetting): Content {
  const counts = workspace.cards.of(place)
  return {
    columns: [
      text('day', 'yyyy-mm-dd on which they were counted'),
      number('cards', 'Cards in stock'),
      number('received', 'Came in since the count before'),
      number('delivery_weeks', 'From order to counter'),
      number('used_a_week', 'Cards that went out a week since the count before'),
    ],
    rows: counts.map((count, index) => {
      const before = counts[index + 1]
      const used = before && useBetween(before, count)
      return [count.day, count.cards, count.received, count.deliveryWeeks, used]
    }),
  }
}

async function orders(setting: WorkspaceSetting): Promise<Content> {
  const outlook = await cardOutlook(setting)
  return {
    columns: [text('order_by', 'yyyy-mm-dd on which to order'), number('cards', 'How many, in whole packages')],
    rows: (outlook ? plannedOrders(outlook, AHEAD_WEEKS) : []).map(({ inWeeks, cards: count }) => [
      formatDay(setting.today + Math.floor(inWeeks * 7)),
      count,
    ]),
  }
}
