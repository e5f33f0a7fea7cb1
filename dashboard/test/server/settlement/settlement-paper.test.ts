import { afterAll, expect, test } from 'vitest'
import { PaperPress } from '../../../src/server/paper/paper-press.ts'
import { settlementPaper } from '../../../src/server/settlement/settlement-paper.ts'
import { seenOtherwise } from '../../golden-sheet.ts'
import { readPdf } from '../../pdf-reader.ts'
import { settledRegion } from '../../settled-region.ts'

const press = new PaperPress()
afterAll(() => press.close())
const closed = { ...settledRegion(), record: { sha256: 'ab'.repeat(32) } }

test('the statement of a municipality has its amounts to the cent, both lists with their totals, and names the record', async () => {
  const pdf = await press.press(settlementPaper(closed, { municipality: 44_021 }, 'nl'))
  const { structure, lines } = readPdf(pdf)
  const text = lines.join(' ').replaceAll(/\s+/g, ' ')
  expect(structure.match(/\/S \/TH\b/g)).toHaveLength(2 + 7 + 7)
  expect(text).toContain('Afrekening Gent UiTPAS Gent, 1e kwartaal 2025')
  expect(text).toMatch(/Aandeel in tickets van eigen inwoners € 82\.345,69/)
  expect(text).toMatch(/Saldo: positief is te krijgen, negatief te betalen € 71\.234,56/)
  expect(text).toMatch(/Bibliotheek Gent Melle 1 € 71\.240,57 € 2,00 € 3,00 € 71\.234,57/)
  expect(text.replaceAll(' ', '')).toContain(closed.record.sha256)
  expect(await seenOtherwise(pdf, 'statement-nl.png')).toEqual([])
})

test('an expense note says what each government pays, and adds up to what is due', async () => {
  const paper = settlementPaper(closed, { organizer: 'bib-gent' }, 'nl')
  const { contents } = paper
  const rows = (contents as { tables: readonly { rows: readonly { cells: readonly string[] }[] }[] }).tables[0]?.rows // as the template takes it
  expect(rows?.map(({ cells }) => [cells[0], cells.at(-1)?.replaceAll('\u00a0', ' ')])).toEqual([
    ['Gent', '€ 82.345,68'],
    ['Melle', '€ 71.234,57'],
    ['Vlaamse overheid', '€ 2,00'],
    ['Totaal', '€ 153.582,25'],
  ])
  expect(await seenOtherwise(await press.press(paper), 'expense-note-nl.png')).toEqual([])
})

test('an open settlement says so, and names no record', () => {
  const { closing: _closing, record: _record, ...open } = closed
  const text = JSON.stringify(settlementPaper(open, { region: true }, 'nl').contents)
  expect(text).toContain('Voorlopig: de periode is niet afgesloten.')
  expect(text).not.toContain('SHA-256')
})
