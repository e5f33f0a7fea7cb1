import type { AnswerTable } from '../../../src/server/formats/answer-table.ts'

/** Three rows: one that is shown, one that is withheld, one whose texts a spreadsheet would run. */
export const TABLE: AnswerTable = {
  name: 'A1-2025',
  columns: [
    { id: 'place', kind: 'text', description: 'Where.' },
    { id: 'value', kind: 'number', description: 'How many.' },
    { id: 'status', kind: 'text', description: 'Whether it is shown.' },
    { id: 'sum', kind: 'yes-no', description: 'Whether it is a sum.' },
  ],
  rows: [
    ['municipality:44021', 1234.5, 'ok', false],
    ['municipality:44021', undefined, 'withheld', true],
    ['=1+1; "x"', -5, 'ok', false],
  ],
  facts: { release: '7', threshold: '10', definition: 'Wie geldig is, é' },
}
