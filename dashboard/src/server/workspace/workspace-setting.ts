import { formatDay } from '@zuil/core'
import type { Format } from '../../lib/format.ts'
import type { Language } from '../../lib/language.ts'
import type { KeptRow } from '../../lib/notebook-view.ts'
import type { Option } from '../../lib/shell-view.ts'
import {
  type EntryField,
  type EntryFormView,
  type EntryGroup,
  WORKSPACE_FAULTS,
  WORKSPACE_FIELDS,
  WORKSPACE_PATH,
  type WorkspacePart,
  type WorkspaceSection,
} from '../../lib/workspace/workspace-view.ts'
import type { WorkspaceMessages } from '../../messages/workspace/workspace-messages.ts'
import type { FigureSetting } from '../figures/figure-setting.ts'
import { isDay, type Typed } from '../notebook/entry-field.ts'
import type { Membership } from './member-book.ts'
import type { PlaceWriter } from './place-writer.ts'
import type { Workspace } from './workspace.ts'

/** What one look at the page is about, and for whom. */
export interface WorkspaceSetting {
  readonly language: Language
  readonly words: WorkspaceMessages
  readonly format: Format
  readonly workspace: Workspace
  /** As the address has it: a region or a municipality that the reader reads. */
  readonly place: string
  /** The region, or the one that the municipality is in; undefined where it is in none. */
  readonly region: string | undefined
  readonly nameOf: (place: string) => string
  /** Of the region. */
  readonly members: readonly Membership[]
  /** Days since 1970 in Brussels. */
  readonly today: number
  /** Epoch ms. */
  readonly now: number
  readonly writer: PlaceWriter
  /** The address: what was typed, where something was wrong with it. */
  readonly typed: Typed
  /** Published figures of the place; undefined while nothing is published. */
  readonly figures: FigureSetting | undefined
}

/** A part of the page; what it does not have is empty. */
export function sectionOf(
  id: WorkspaceSection['id'],
  { words, typed }: Pick<WorkspaceSetting, 'words' | 'typed'>,
  parts: Partial<Omit<WorkspaceSection, 'id' | 'title' | 'note' | 'fault' | 'explained'>> & {
    readonly explained?: readonly string[]
  },
): WorkspaceSection {
  const { explained = [], ...rest } = parts
  const [part, fault] = (typed.get(WORKSPACE_FIELDS.fault) ?? '').split('.')
  const known = part === id ? WORKSPACE_FAULTS.find((each) => each === fault) : undefined
  return {
    id,
    ...words.sections[id],
    fault: known === undefined ? '' : words.faults[known],
    keyFigures: [],
    tables: [],
    forms: [],
    links: [],
    ...rest,
    explained: { title: words.explained, lines: explained },
  }
}

/** A form of a part, with what was typed in it where something was wrong. */
export function formOf(
  part: WorkspacePart,
  { words, typed }: Pick<WorkspaceSetting, 'words' | 'typed'>,
  { action, title, groups }: { readonly action: string; readonly title: string; readonly groups: readonly EntryGroup[] },
): EntryFormView {
  const isFaulty = typed.get(WORKSPACE_FIELDS.fault)?.startsWith(`${part}.`) ?? false
  const names = groups.flatMap(({ fields }) => fields.flatMap((field) => (field.kind === 'hidden' ? [] : [field.name])))
  const isOpen = isFaulty && names.some((name) => typed.get(name) !== null)
  const withTyped = (field: EntryField): EntryField =>
    !isOpen || field.kind === 'hidden' ? field : { ...field, value: typedValue(field, typed.get(field.name) ?? '') }
  return {
    action: `${WORKSPACE_PATH}/${action}`,
    title,
    keep: words.keep,
    isOpen,
    groups: groups.map((group) => ({ ...group, fields: group.fields.map(withTyped) })),
  }
}

/** A browser has no room for a day that does not exist. */
function typedValue({ kind }: EntryField, typed: string): string {
  return kind === 'day' && !isDay(typed) ? '' : typed
}

/** A form whose fields all belong together. */
export function plainFormOf(
  part: WorkspacePart,
  setting: Pick<WorkspaceSetting, 'words' | 'typed'>,
  { fields, ...about }: { readonly action: string; readonly title: string; readonly fields: readonly EntryField[] },
): EntryFormView {
  return formOf(part, setting, { ...about, groups: [plainGroup(fields)] })
}

/** Fields of a group that needs no legend. */
export function plainGroup(fields: readonly EntryField[]): EntryGroup {
  return { legend: '', note: '', fields }
}

export function hidden(name: string, value: string): EntryField {
  return { kind: 'hidden', name, value }
}

/** One of several; the first one where nobody chose yet. */
export function choiceField({ name, label, options, value = options[0]?.value ?? '' }: ChoiceFieldOptions): EntryField {
  return { kind: 'choice', name, label, value, options }
}

interface ChoiceFieldOptions {
  readonly name: string
  readonly label: string
  readonly options: readonly Option[]
  readonly value?: string
}

/** To choose from, with their labels. */
export function optionsOf<Value extends string>(values: readonly Value[], labelOf: (value: Value) => string): readonly Option[] {
  return values.map((value) => ({ value, label: labelOf(value) }))
}

/** As somebody looks for one. */
export function byLabel(options: readonly Option[], language: Language): readonly Option[] {
  const collator = new Intl.Collator(language)
  return options.toSorted((a, b) => collator.compare(a.label, b.label))
}

/** A field to type in; of those that must be there. */
export function typedField(
  kind: 'day' | 'number' | 'text',
  { name, label, value = '', isRequired = true, lengthMax = 12 }: TypedFieldOptions,
): EntryField {
  return { kind, name, label, value, isRequired, lengthMax }
}

interface TypedFieldOptions {
  readonly name: string
  readonly label: string
  readonly value?: string
  readonly isRequired?: boolean
  readonly lengthMax?: number
}

/** What can be taken away again; nothing where there is nothing. */
export function keptOf(
  action: string,
  title: string,
  rows: readonly (KeptRow & { readonly text: string })[],
): Pick<WorkspaceSection, 'kept'> {
  return rows.length === 0 ? {} : { kept: { action: `${WORKSPACE_PATH}/${action}`, title, rows } }
}

/** `yyyy-mm-dd` in words. */
export function dayIn(format: Format, day: string | number): string {
  return format.date(Date.parse(`${typeof day === 'number' ? formatDay(day) : day}T12:00:00Z`))
}

/** Columns of a table of which the last ones are numbers. */
export function columnsOf(labels: readonly string[], numeric: readonly number[] = []) {
  return labels.map((label, index) => ({ label, numeric: numeric.includes(index) }))
}
