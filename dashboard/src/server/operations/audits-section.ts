import { type OperationsFigures, RELEASE_ATTACKS } from '@zuil/warehouse'
import type { Format } from '../../lib/format.ts'
import type { Language } from '../../lib/language.ts'
import type { OperationsSection } from '../../lib/operations-view.ts'
import { periodName } from '../../lib/period-name.ts'
import type { OperationsWords } from './operations-words.ts'

interface Made {
  readonly language: Language
  readonly words: OperationsWords
  readonly format: Format
}

/** How much each attack recovered of each release: of a published one nothing. */
export function auditsSection(
  { releases }: Pick<OperationsFigures, 'releases'>,
  { language, words, format }: Made,
): OperationsSection {
  const { audits } = words
  const attacks = Object.entries(RELEASE_ATTACKS)
  const found = releases.map((release) => ({ release, recovered: recoveredIn(release.audit) }))
  const attacked = found.filter(({ recovered }) => recovered !== undefined)
  const sum = attacked.reduce((all, { recovered }) => all + attacks.reduce((some, [id]) => some + (recovered?.[id] ?? 0), 0), 0)
  const tried = { releases: format.count(attacked.length), attacks: format.count(attacked.length * attacks.length) }
  return {
    id: 'audits',
    title: sum === 0 ? audits.calm(tried) : audits.found(format.count(sum)),
    note: audits.note,
    table: {
      caption: audits.caption,
      columns: [audits.release, ...attacks.map(([, names]) => names[language])].map((label, index) => ({
        label,
        numeric: index > 0,
      })),
      rows: attacked.map(({ release: { release, period }, recovered }) => ({
        key: String(release),
        cells: [`${release}, ${periodName(period, language)}`, ...attacks.map(([id]) => format.count(recovered?.[id] ?? 0))],
      })),
    },
  }
}

/** By attack; undefined where the release has none on record. */
function recoveredIn(audit: string): Readonly<Record<string, number>> | undefined {
  const { recovered }: { readonly recovered?: Readonly<Record<string, number>> } = JSON.parse(audit)
  return recovered
}
