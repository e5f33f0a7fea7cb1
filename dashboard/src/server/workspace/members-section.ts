import { formatDay, parseDay } from '@zuil/core'
import type { TableView } from '../../lib/table-view.ts'
import {
  type EntryFormView,
  WORKSPACE_FIELDS as FIELDS,
  type TimelineView,
  type WorkspaceSection,
} from '../../lib/workspace/workspace-view.ts'
import type { PlaceBook } from '../scope/place-book.ts'
import { isMember, type Membership } from './member-book.ts'
import {
  byLabel,
  choiceField,
  columnsOf,
  dayIn,
  hidden,
  keptOf,
  plainFormOf,
  sectionOf,
  typedField,
  type WorkspaceSetting,
} from './workspace-setting.ts'

/** The axis begins so many days before the first day that it has, and ends so many after the last. */
const MARGIN_DAYS = 90
/** Years on the axis that still have room for their names on a telephone. */
const TICKS_MAX = 6

/** Who is in the region since when; of a municipality its own membership. */
export async function membersSection(
  setting: WorkspaceSetting,
  places: Pick<PlaceBook, 'municipalities'>,
): Promise<WorkspaceSection> {
  const { words, region, place, members, writer, today, now, format } = setting
  if (region === undefined) return sectionOf('members', setting, {})
  const shown = place === region ? members : members.filter(({ municipality }) => municipality === place)
  const day = formatDay(today)
  const isComing = ({ joinedOn }: Membership) => joinedOn > day
  const count = (id: string, label: string, chosen: (member: Membership) => boolean) => ({
    id,
    label,
    value: format.count(members.filter(chosen).length),
    note: '',
  })
  const mayWrite = writer.mayWrite(region)
  const removable = members.flatMap((member) =>
    member.id === undefined ? [] : [{ id: member.id, text: sentenceOf(member, setting) }],
  )
  return sectionOf('members', setting, {
    keyFigures: [
      count('members', words.members.now, (member) => isMember(member, now) && !isComing(member)),
      count('coming', words.members.coming, isComing),
      count('left', words.members.left, (member) => !isMember(member, now)),
    ],
    ...(shown.length > 0 && { timeline: timelineOf(shown, setting) }),
    tables: [membersTable(shown, region, setting)],
    ...(mayWrite && {
      forms: [memberForm(region, await places.municipalities(), setting)],
      ...keptOf('leden/verwijder', words.members.kept, removable),
    }),
    explained: words.members.explained,
  })
}

function membersTable(members: readonly Membership[], region: string, { words, format, nameOf }: WorkspaceSetting): TableView {
  const { caption, columns, before, sources } = words.members
  const rows = members.map((member) => {
    const { municipality, joinedOn, leftOn, knownOn } = member
    const since = joinedOn === '' ? before(dayIn(format, knownOn)) : dayIn(format, joinedOn)
    const source = sources[member.id !== undefined ? 'typed' : joinedOn === '' ? 'before' : 'registry']
    const until = leftOn === '' ? words.none : dayIn(format, leftOn)
    return { key: `${municipality} ${joinedOn}`, cells: [nameOf(municipality), since, until, source] }
  })
  return { caption: caption(nameOf(region)), columns: columnsOf(columns), rows }
}

/** A stretch for each membership, by the day of joining. */
function timelineOf(members: readonly Membership[], setting: WorkspaceSetting): TimelineView {
  const { today, nameOf, words } = setting
  const dayOf = (text: string) => parseDay(text) ?? today
  const days = members.flatMap(({ joinedOn, knownOn, leftOn }) => [
    dayOf(joinedOn || knownOn),
    leftOn === '' ? today : dayOf(leftOn),
  ])
  const first = Math.min(...days, today) - MARGIN_DAYS
  const last = Math.max(...days, today) + MARGIN_DAYS
  const at = (day: number) => Math.round(((day - first) / (last - first)) * 1000)
  const rows = members.map((member) => ({
    key: `${member.municipality} ${member.joinedOn}`,
    label: nameOf(member.municipality),
    note: sentenceOf(member, setting),
    from: member.joinedOn === '' ? 0 : at(dayOf(member.joinedOn)),
    to: member.leftOn === '' ? 1000 : at(dayOf(member.leftOn)),
    isSinceBefore: member.joinedOn === '',
  }))
  return {
    label: words.members.timeline,
    ticks: ticksOf(first, last).map(({ day, label }) => ({ at: at(day), label })),
    rows,
    today: at(today),
  }
}

/** The first days of years, at most {@link TICKS_MAX} of them. */
function ticksOf(first: number, last: number): readonly { readonly day: number; readonly label: string }[] {
  const [from = 0, to = 0] = [first, last].map((day) => Number(formatDay(day).slice(0, 4)))
  const step = Math.ceil((to - from + 1) / TICKS_MAX)
  const years = Array.from({ length: to - from + 1 }, (_, index) => from + index).filter((year) => (to - year) % step === 0)
  return years.flatMap((year) => {
    const day = parseDay(`${year}-01-01`)
    return day !== undefined && day >= first && day <= last ? [{ day, label: String(year) }] : []
  })
}

function sentenceOf({ municipality, joinedOn, leftOn, knownOn }: Membership, setting: WorkspaceSetting): string {
  const { words, format, nameOf, today } = setting
  const { before, stretch, since, willJoin } = words.members
  const from = joinedOn === '' ? before(dayIn(format, knownOn)) : dayIn(format, joinedOn)
  const open = joinedOn > formatDay(today) ? willJoin(from) : since(from)
  return `${nameOf(municipality)}: ${leftOn === '' ? open : stretch({ from, to: dayIn(format, leftOn) })}`
}

function memberForm(
  region: string,
  municipalities: readonly { readonly place: string; readonly name: string }[],
  setting: WorkspaceSetting,
): EntryFormView {
  const { form: said } = setting.words.members
  const options = byLabel(
    municipalities.map(({ place, name }) => ({ value: place, label: name })),
    setting.language,
  )
  const [member] = setting.members
  return plainFormOf('members', setting, {
    action: 'leden',
    title: said.title,
    fields: [
      hidden(FIELDS.region, region),
      choiceField({ name: FIELDS.member, label: said.municipality, options, ...(member && { value: member.municipality }) }),
      typedField('day', { name: FIELDS.joined, label: said.joined }),
      typedField('day', { name: FIELDS.left, label: said.left, isRequired: false }),
    ],
  })
}
