import { missingAgreements, REGION_AGREEMENT_IDS, REGION_AGREEMENTS, SCENARIOS } from '@zuil/core'
import { ANNOTATIONS_PATH } from '../../lib/annotation.ts'
import type { KeyFigure } from '../../lib/key-figure.ts'
import type { TableView } from '../../lib/table-view.ts'
import { TARGET_NUMBERS } from '../../lib/target.ts'
import {
  type EntryFormView,
  WORKSPACE_FIELDS as FIELDS,
  WORKSPACE_TEXT_MAX,
  type WorkspaceSection,
} from '../../lib/workspace/workspace-view.ts'
import { reportMessagesOf } from '../../messages/report/report-languages.ts'
import { readKeyNumber } from '../figures/key-number.ts'
import { describedKeyNumbers } from '../report/report-chapters.ts'
import { agreementsChapter } from '../report/report-kept.ts'
import type { Collaboration } from './collaboration-book.ts'
import {
  choiceField,
  columnsOf,
  dayIn,
  hidden,
  keptOf,
  optionsOf,
  plainFormOf,
  sectionOf,
  typedField,
  type WorkspaceSetting,
} from './workspace-setting.ts'

/** How the region works together, what of it is agreed, and how far its targets are. */
export async function collaborationSection(setting: WorkspaceSetting): Promise<WorkspaceSection> {
  const { words, region, writer, workspace, place, format } = setting
  if (region === undefined) return sectionOf('agreements', setting, {})
  const kept = workspace.collaboration.of(region)
  const mayWrite = writer.mayWrite(region)
  const { names, meanings } = words.agreements
  const removable = kept.agreements.map(({ id, agreement, day }) => ({ id, text: `${names[agreement]}, ${dayIn(format, day)}` }))
  return sectionOf('agreements', setting, {
    keyFigures: keyFiguresOf(kept, setting),
    tables: [agreementsTable(kept, region, setting), ...(await targetTables(setting))],
    ...(mayWrite && {
      forms: [scenarioForm(kept, region, setting), agreementForm(region, setting)],
      ...keptOf('afspraken/verwijder', words.agreements.kept, removable),
    }),
    links: mayWrite && place === region ? [{ label: words.agreements.targets, href: `${ANNOTATIONS_PATH}#targets` }] : [],
    explained: meanings,
  })
}

function keyFiguresOf({ scenario, agreements }: Collaboration, { words, format }: WorkspaceSetting): readonly KeyFigure[] {
  const { agreements: said } = words
  const label = said.scenario
  if (!scenario) return [{ id: 'scenario', label, value: words.none, note: '' }]
  const { names } = said
  const all = REGION_AGREEMENT_IDS.filter((id) => REGION_AGREEMENTS[id][scenario.scenario] === 'asked')
  const missing = missingAgreements(
    scenario.scenario,
    agreements.map(({ agreement }) => agreement),
  )
  const agreed = said.agreedOf({ agreed: format.count(all.length - missing.length), asked: format.count(all.length) })
  const left = missing.length === 0 ? said.asked : said.missing(format.list(missing.map((id) => names[id].toLowerCase())))
  return [
    { id: 'scenario', label, value: said.scenarios[scenario.scenario], note: said.since(dayIn(format, scenario.since)) },
    { id: 'agreed', label: said.agreed, value: agreed, note: left },
  ]
}

/** All that regions agree on; without a scenario none of it is asked. */
function agreementsTable({ scenario, agreements }: Collaboration, region: string, setting: WorkspaceSetting): TableView {
  const { words, format, nameOf } = setting
  const { names, needs, caption, columns } = words.agreements
  const rows = REGION_AGREEMENT_IDS.map((id) => {
    const agreed = agreements.find(({ agreement }) => agreement === id)
    const need = scenario ? needs[REGION_AGREEMENTS[id][scenario.scenario]] : words.none
    return { key: id, cells: [names[id], need, agreed ? dayIn(format, agreed.day) : words.none, agreed?.text || words.none] }
  })
  return { caption: caption(nameOf(region)), columns: columnsOf(columns), rows }
}

/** Targets beside the published numbers, as the report has them. */
async function targetTables({ figures, language, place, region }: WorkspaceSetting): Promise<readonly TableView[]> {
  if (!figures || place !== region) return []
  const numbers = await Promise.all(describedKeyNumbers(TARGET_NUMBERS).map((described) => readKeyNumber(described, figures)))
  const known = numbers.filter((number) => number !== undefined)
  return agreementsChapter(known, { setting: figures, words: reportMessagesOf(language) }).tables
}

function scenarioForm({ scenario }: Collaboration, region: string, setting: WorkspaceSetting): EntryFormView {
  const { scenarios, scenarioForm: said } = setting.words.agreements
  const options = optionsOf(SCENARIOS, (value) => scenarios[value])
  return plainFormOf('agreements', setting, {
    action: 'scenario',
    title: said.title,
    fields: [
      hidden(FIELDS.region, region),
      choiceField({ name: FIELDS.scenario, label: said.scenario, value: scenario?.scenario ?? 'minimal', options }),
      typedField('day', { name: FIELDS.since, label: said.since, value: scenario?.since ?? '' }),
    ],
  })
}

function agreementForm(region: string, setting: WorkspaceSetting): EntryFormView {
  const { names, form: said } = setting.words.agreements
  const options = optionsOf(REGION_AGREEMENT_IDS, (value) => names[value])
  return plainFormOf('agreements', setting, {
    action: 'afspraken',
    title: said.title,
    fields: [
      hidden(FIELDS.region, region),
      choiceField({ name: FIELDS.agreement, label: said.agreement, options }),
      typedField('day', { name: FIELDS.day, label: said.day }),
      typedField('text', { name: FIELDS.text, label: said.text, isRequired: false, lengthMax: WORKSPACE_TEXT_MAX }),
    ],
  })
}
