import { formatDay } from '@zuil/core'
import type { ReportTable } from '../../lib/report/report-view.ts'
import { workspaceMessagesOf } from '../../messages/workspace/workspace-languages.ts'
import { capital } from '../figures/figure-writing.ts'
import type { Collaboration } from '../workspace/collaboration-book.ts'
import type { Membership } from '../workspace/member-book.ts'
import { type Keeping, type KeptChapter, textColumns } from './report-kept.ts'

/** The chapter of targets, with the scenario of the region before them and what was agreed of it after. */
export function collaborationChapter(
  targets: KeptChapter,
  { scenario, agreements }: Collaboration,
  { setting: { writing } }: Keeping,
): KeptChapter {
  if (!scenario && agreements.length === 0) return targets
  const { format, language } = writing
  const { agreements: words, none } = workspaceMessagesOf(language)
  const date = (day: string) => format.date(Date.parse(`${day}T12:00:00Z`))
  const rows = agreements
    .toSorted((a, b) => a.day.localeCompare(b.day))
    .map(({ agreement, day, text }) => ({ key: agreement, cells: [words.names[agreement], date(day), text || none] }))
  const [name, , day, text] = words.columns
  const table: ReportTable = { id: 'agreed', caption: words.agreed, columns: textColumns([name, day, text]), rows }
  const said = scenario ? [`${words.scenario}: ${words.scenarios[scenario.scenario]}, ${words.since(date(scenario.since))}.`] : []
  return { sentences: [...said, ...targets.sentences], tables: [...targets.tables, ...(rows.length > 0 ? [table] : [])] }
}

/** What is counted, and of a region its members in the period: who is in the figures, and since when. */
export function coverageChapter(members: readonly Membership[], { setting: { period, writing }, words }: Keeping): KeptChapter {
  const [firstDay, lastDay] = [formatDay(period.firstDay), formatDay(period.lastDay)]
  const present = members.filter(({ joinedOn, leftOn }) => joinedOn <= lastDay && (leftOn === '' || leftOn > firstDay))
  if (present.length === 0) return { sentences: words.coverage, tables: [] }
  const { format, language } = writing
  const date = (day: string) => format.date(Date.parse(`${day}T12:00:00Z`))
  const { members: said, none } = workspaceMessagesOf(language)
  const rows = present.map(({ municipality, joinedOn, knownOn, leftOn }) => ({
    key: `${municipality} ${joinedOn}`,
    cells: [
      capital(writing.place(municipality)),
      joinedOn === '' ? said.before(date(knownOn)) : date(joinedOn),
      leftOn === '' ? none : date(leftOn),
    ],
  }))
  const [municipality, joined, left] = said.columns
  const caption = said.caption(capital(writing.place(present[0]?.region ?? '')))
  return {
    sentences: words.coverage,
    tables: [{ id: 'members', caption, columns: textColumns([municipality, joined, left]), rows }],
  }
}
