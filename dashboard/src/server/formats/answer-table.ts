/** A column of an answer: what a file is made of, whatever its format. */
export interface AnswerColumn {
  readonly id: string
  readonly kind: 'text' | 'number' | 'yes-no'
  /** One sentence for the dictionary that each file carries. */
  readonly description: string
}

/** `undefined` stands where there is no number to show; the column `status` says why. Never a number that is hidden. */
export type AnswerValue = string | number | boolean | undefined

/** An answer on its way out. Every number in it has passed the one door (../scope/figure-reader.ts). */
export interface AnswerTable {
  /** Name of the file, without its ending. */
  readonly name: string
  readonly columns: readonly AnswerColumn[]
  /** One value for each column, in their order. */
  readonly rows: readonly (readonly AnswerValue[])[]
  /** What the table is and where it comes from, as pairs of name and text: release, threshold, definition, licence. */
  readonly facts: Readonly<Record<string, string>>
}

/** The dictionary of a table: what each column means. */
export function dictionaryOf({ columns }: Pick<AnswerTable, 'columns'>): Readonly<Record<string, string>> {
  return Object.fromEntries(columns.map(({ id, description }) => [id, description]))
}

/**
 * The values of a column for formats that have no empty place: 0, '' or false where there is none. A null would be no
 * better, since in columnar files the bytes below a null may hold anything.
 */
export function filled(table: AnswerTable, column: number): readonly (string | number | boolean)[] {
  const empty = { text: '', number: 0, 'yes-no': false }[table.columns[column]?.kind ?? 'text']
  return table.rows.map((row) => row[column] ?? empty)
}
