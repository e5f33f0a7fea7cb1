import { brusselsDay, formatDay, onboardingStandings, parseDay, type StepDays, type StepStanding } from '@zuil/core'
import type { TableView } from '../../lib/table-view.ts'
import { type EntryFormView, WORKSPACE_FIELDS as FIELDS, type WorkspaceSection } from '../../lib/workspace/workspace-view.ts'
import { isMember } from './member-book.ts'
import { type KeptStep, stepFields } from './onboarding-book.ts'
import {
  columnsOf,
  dayIn,
  formOf,
  hidden,
  plainGroup,
  sectionOf,
  typedField,
  type WorkspaceSetting,
} from './workspace-setting.ts'

export interface Standing {
  readonly municipality: string
  /** Days since 1970; absent while it is not known. */
  readonly launch: number | undefined
  readonly kept: readonly KeptStep[]
  readonly steps: readonly StepStanding[]
}

/**
 * How far municipalities are that join: of a region all of them, and the steps of the chosen one; of a municipality its own.
 * @param addressOf leads to the steps of a municipality
 */
export function onboardingSection(setting: WorkspaceSetting, addressOf: (municipality: string) => string): WorkspaceSection {
  const { words, place, region, members, typed, now } = setting
  if (region === undefined) return sectionOf('onboarding', setting, {})
  const isRegion = place === region
  const asked = isRegion ? typed.get(FIELDS.municipality) : place
  const current = [...new Set(members.filter((member) => isMember(member, now)).map(({ municipality }) => municipality))]
  const standings = current.map((municipality) => standingOf(municipality, region, setting))
  const chosen = standings.find(({ municipality }) => municipality === asked)
  const mayTick = chosen && setting.writer.sideOf(region, chosen.municipality) !== undefined
  return sectionOf('onboarding', setting, {
    tables: [
      ...(isRegion ? [overviewTable(standings, setting, addressOf)] : []),
      ...(chosen ? [stepsTable(chosen, setting)] : []),
    ],
    forms: chosen && mayTick ? [stepsForm(chosen, region, setting)] : [],
    explained: words.onboarding.explained,
  })
}

/** Where the steps of a municipality stand. */
export function standingOf(municipality: string, region: string, { workspace, members, today }: WorkspaceSetting): Standing {
  const kept = workspace.onboarding.of(region, municipality)
  const joinedOn = members.findLast((member) => member.municipality === municipality && member.joinedOn !== '')?.joinedOn
  const launch = joinedOn === undefined ? undefined : parseDay(joinedOn)
  const days = new Map(
    kept.map(({ step, planned, done }): [string, StepDays] => [step, { ...day('planned', planned), ...day('done', done) }]),
  )
  return { municipality, launch, kept, steps: onboardingStandings(days, { ...(launch !== undefined && { launch }), today }) }
}

/** One of a step's days, where it has one. */
function day(name: keyof StepDays, text: string): StepDays {
  const number = parseDay(text)
  return number === undefined ? {} : { [name]: number }
}

/** Those that somebody works on first, then by name. */
function overviewTable(
  standings: readonly Standing[],
  { words, format, nameOf, language }: WorkspaceSetting,
  addressOf: (municipality: string) => string,
): TableView {
  const { overview, overviewColumns, doneOf, steps: names } = words.onboarding
  const collator = new Intl.Collator(language)
  const isBusy = ({ kept, steps }: Standing) => kept.length > 0 && steps.some(({ state }) => state !== 'done')
  const sorted = standings.toSorted(
    (a, b) => Number(isBusy(b)) - Number(isBusy(a)) || collator.compare(nameOf(a.municipality), nameOf(b.municipality)),
  )
  const rows = sorted.map((standing) => {
    const { municipality, launch, steps } = standing
    const start = launch === undefined ? words.none : dayIn(format, launch)
    const done = doneOf({
      done: format.count(steps.filter(({ state }) => state === 'done').length),
      of: format.count(steps.length),
    })
    const next = steps.find(({ state }) => state !== 'done')
    // who was a member long before anybody kept steps is not late with all of them
    const isFollowed = standing.kept.length > 0
    const late = steps.filter(({ state }) => state === 'late').length
    const planned = next?.planned === undefined ? words.none : dayIn(format, next.planned)
    const cells = isFollowed
      ? [start, done, next ? names[next.id] : words.none, planned, format.count(late)]
      : [start, done, words.none, words.none, words.none]
    return { key: municipality, href: addressOf(municipality), cells: [nameOf(municipality), ...cells] }
  })
  return { caption: overview, columns: columnsOf(overviewColumns, [5]), rows }
}

function stepsTable({ municipality, steps, kept }: Standing, { words, format, nameOf }: WorkspaceSetting): TableView {
  const { caption, columns, steps: names, actors, states, reckoned, ticked, sides } = words.onboarding
  const rows = steps.map(({ id, by, planned, isReckoned, done, state }) => {
    const record = kept.find(({ step }) => step === id)
    const plannedText = planned === undefined ? words.none : dayIn(format, planned)
    const doneText =
      done === undefined
        ? words.none
        : record && record.tickedBy !== ''
          ? ticked({ day: dayIn(format, done), side: sides[record.tickedBy], at: dayIn(format, brusselsDay(record.at)) })
          : dayIn(format, done)
    return { key: id, cells: [names[id], actors[by], isReckoned ? reckoned(plannedText) : plannedText, doneText, states[state]] }
  })
  return { caption: caption(nameOf(municipality)), columns: columnsOf(columns), rows }
}

function stepsForm({ municipality, kept, steps }: Standing, region: string, setting: WorkspaceSetting): EntryFormView {
  const { form, planned, done, steps: names, reckoned } = setting.words.onboarding
  const groups = steps.map((step) => {
    const record = kept.find((one) => one.step === step.id)
    const fields = stepFields(step.id)
    const note = step.isReckoned && step.planned !== undefined ? reckoned(dayIn(setting.format, formatDay(step.planned))) : ''
    return {
      legend: names[step.id],
      note,
      fields: [
        typedField('day', { name: fields.planned, label: planned, value: record?.planned ?? '', isRequired: false }),
        typedField('day', { name: fields.done, label: done, value: record?.done ?? '', isRequired: false }),
      ],
    }
  })
  const about = plainGroup([hidden(FIELDS.region, region), hidden(FIELDS.member, municipality)])
  return formOf('onboarding', setting, {
    action: 'stappen',
    title: form(setting.nameOf(municipality)),
    groups: [about, ...groups],
  })
}
