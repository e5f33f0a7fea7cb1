import { parseReportingPeriod } from '@zuil/core'
import type { Role } from '@zuil/core/contracts/roles'
import { beforeEach, expect, test } from 'vitest'
import { LANGUAGES } from '../../../src/lib/language.ts'
import { CLOSING_PATH } from '../../../src/lib/settlement/settlement-view.ts'
import type { Principal } from '../../../src/server/scope/principal.ts'
import { Scope } from '../../../src/server/scope/scope.ts'
import { SettlementScope } from '../../../src/server/scope/settlement-scope.ts'
import { closingForms } from '../../../src/server/settlement/settlement-form.ts'
import { settlementPage } from '../../../src/server/settlement/settlement-page.ts'
import { settlementPeriods } from '../../../src/server/settlement/settlement-question.ts'
import { SettlementReader } from '../../../src/server/settlement/settlement-reader.ts'
import { settlementSheets } from '../../../src/server/settlement/settlement-sheets.ts'
import { openQuarter, SettledSource, settledRegion } from '../../settled-region.ts'

const NOW = Date.parse('2025-07-02T10:00:00Z')
const OFFICER: Role = { role: 'settlement', cardSystem: 1 }
let source = new SettledSource()
beforeEach(() => {
  source = new SettledSource()
})

function principalOf(...roles: readonly Role[]): Principal {
  const scope = Scope.of(roles, () => [])
  return { account: 'ann', owner: 'person/ann', roles, scope, settles: SettlementScope.of(roles), places: [], periods: [] }
}

const show = async (address: string, { now = NOW, principal = principalOf(OFFICER) } = {}) =>
  await settlementPage(
    { principal, language: 'nl', parameters: new URL(`http://zuil/afrekening${address}`).searchParams },
    {
      settlements: new SettlementReader(source),
      places: { namer: async () => (place) => `kaart ${place}` },
      clock: () => now,
    },
  )
const plain = (text: string | undefined) => text?.replaceAll(/[\u00a0\u202f]/g, ' ')

test('opens at the period that is next, says what comes of it, and has the corrections of the closed one', async () => {
  const { title, aside, finding, sections, choice, fault } = await show('')
  expect([title, aside, fault]).toEqual(['Afrekening', 'UiTPAS Gent, 2e kwartaal 2025', ''])
  expect(plain(finding)).toContain('€ -71.230,57 voor 0 tickets')
  expect(sections.map(({ id }) => id)).toEqual(['municipalities', 'transfers', 'organizers', 'corrections', 'findings'])
  expect(source.notes.map(({ what, period }) => [what, period])).toEqual([['READ', '2025-Q2']])
  const corrections = sections.find(({ id }) => id === 'corrections')
  expect(corrections?.table.rows[0]?.cells.map((cell) => plain(String(cell)))).toEqual([
    '1e kwartaal 2025',
    'ongedaan gemaakt',
    'Melle',
    'Bibliotheek Gent',
    '-1',
    '€ -71.234,57',
  ])
  expect(choice.periods.map(({ label, options }) => [label, options.map(({ value }) => value)])).toEqual([
    ['Nog af te sluiten', ['2025-Q2', '2025-04']],
    ['Afgesloten', ['2025-Q1']],
  ])
})

test.each(LANGUAGES)('in %s no table has two columns of the same name', (language) => {
  for (const part of [{ region: true }, { municipality: 44021 }, { organizer: 'bib-gent' }] as const)
    for (const document of [settledRegion(), openQuarter()])
      for (const { id, heads } of settlementSheets(document, part, language).sheets)
        expect([id, ...new Set(heads)]).toEqual([id, ...heads])
})

test('a municipality and an organizer have their statement and note, with files, and a way back', async () => {
  const region = await show('?periode=2025-Q1')
  const [gent] = region.sections[0]?.table.rows ?? []
  expect(gent?.href).toBe('/afrekening?regio=1&periode=2025-Q1&gemeente=44021')
  const statement = await show('?regio=1&periode=2025-Q1&gemeente=44021')
  expect([statement.title, plain(statement.finding)]).toEqual(['Afrekening Gent', 'Gent krijgt € 71.234,56.'])
  expect(statement.back?.href).toBe('/afrekening?regio=1&periode=2025-Q1')
  expect(statement.sections[0]?.files.map(({ label }) => label)).toEqual(['PDF', 'XLSX', 'CSV', 'CSV (Excel)'])
  expect(statement.sections[0]?.files[0]?.href).toBe('/api/v1/settlements/1/2025-Q1/municipalities/44021/paper?language=nl')
  const note = await show('?periode=2025-Q1&organisator=bib-gent')
  expect(plain(note.finding)).toBe('Bibliotheek Gent mag € 153.582,25 aanrekenen voor 2 tickets.')
  expect([note.whatIf, note.closing]).toEqual([undefined, undefined])
  expect(source.notes.at(-1)).toEqual({
    who: 'person/ann',
    what: 'READ',
    cardSystem: 1,
    period: '2025-Q1',
    part: 'organizers/bib-gent',
    format: 'html',
  })
})

test('with other percentages it says who would bear what, and the difference, and what is no percentage', async () => {
  const { whatIf } = await show('?periode=2025-Q1&gebruik=0&deelnemer=20&lokaal=30,5')
  const [payers, municipalities] = whatIf?.results ?? []
  expect(payers?.table.rows.at(-1)?.cells.map((cell) => plain(String(cell)))).toEqual([
    'Basisprijs',
    '€ 153.598,26',
    '€ 153.598,26',
    '€ 0,00',
  ])
  expect(municipalities?.table.rows.map(({ cells }) => [cells[0], plain(String(cells[1]))])).toEqual([
    ['Gent', '€ 82.345,69'],
    ['Melle', '€ 71.234,57'],
  ])
  expect(source.notes.at(-1)?.what).toBe('WHAT_IF')
  for (const wrong of ['gebruik=101', 'gebruik=veel', 'deelnemer=20', 'deelnemer=60&lokaal=60'])
    expect((await show(`?periode=2025-Q1&${wrong}`)).whatIf).toMatchObject({
      results: [],
      fault: expect.stringContaining('Geef'),
    })
})

test('what there is not is said in words; what a reader does not settle is not looked up', async () => {
  expect((await show('?periode=2025-Q4')).fault).toBe('De periodes volgen op elkaar: de volgende begint op 2025-04-01.')
  expect((await show('?regio=2')).aside).toContain('UiTPAS Gent')
  const other = principalOf({ role: 'settlement', cardSystem: 2 })
  source.notes.length = 0
  await show('?regio=1', { principal: other })
  expect(source.notes.every(({ cardSystem }) => cardSystem === 2)).toBe(true)
})

test('closing is offered for an open period that is over, with what has to be accepted, and for no other', async () => {
  expect((await show('')).closing?.form).toMatchObject({
    period: '2025-Q2',
    acceptLabel: 'Ik heb bekeken wat opviel, en het klopt.',
    close: 'Sluit 2e kwartaal 2025 voorgoed af',
  })
  expect((await show('?periode=2025-Q1')).closing).toBeUndefined()
  const running = await show('?periode=2025-Q2', { now: Date.parse('2025-06-30T21:59:59Z') })
  expect([running.closing?.form, running.closing?.note]).toEqual([undefined, expect.stringContaining('30 juni 2025')])
})

test('the form closes what was looked at once the period is typed, and says why it does not', async () => {
  const handle = closingForms(new SettlementReader(source))[CLOSING_PATH]
  const content = (await show('')).closing?.form?.content ?? ''
  const send = async (fields: Readonly<Record<string, string>>, principal = principalOf(OFFICER)) => {
    const form = { regio: '1', periode: '2025-Q2', inhoud: content, aanvaard: 'ja', bevestig: '2025-q2', taal: 'fr', ...fields }
    return await handle?.(new URLSearchParams(form), principal)
  }
  const back = (said: string) => `/afrekening?regio=1&periode=2025-Q2&${said}&taal=fr`
  expect(await send({ bevestig: '2025' })).toBe(back('fout=NOT_CONFIRMED'))
  expect(await send({ inhoud: 'other' })).toBe(back('fout=CHANGED'))
  expect(await send({ aanvaard: '' })).toBe(back('fout=FINDINGS'))
  expect(await send({}, principalOf({ role: 'publiq' }))).toBe('/afrekening?fout=NOT_AN_OFFICER&taal=fr')
  expect(source.orders).toEqual([])
  expect(await send({})).toBe(back('gesloten=ja'))
  expect(source.orders).toMatchObject([{ cardSystem: 1, by: 'ann', accepted: true }])
  expect(source.notes.at(-1)).toMatchObject({ who: 'person/ann', what: 'CLOSE', period: '2025-Q2' })
  const { notice, closing } = await show('?regio=1&periode=2025-Q2&gesloten=ja')
  expect([notice, closing]).toEqual([expect.stringContaining('2e kwartaal 2025 is afgesloten'), undefined])
})

test('a region that closed nothing begins with any period of late; after that only the next ones are offered', () => {
  const first = settlementPeriods([], NOW)
  expect([first.standard.key, first.closed]).toEqual(['2025-Q2', []])
  expect(first.next.map(({ key }) => key).slice(0, 4)).toEqual(['2025', '2024', '2025-Q3', '2025-Q2'])
  const closing = (period: string, lastDay: string) => ({ period, lastDay })
  const [kept] = [settlementPeriods([closing('2024', '2024-12-31')], NOW)]
  expect([kept.standard.key, kept.next.map(({ key }) => key)]).toEqual(['2024', ['2025', '2025-Q1', '2025-01']])
  const done = settlementPeriods([closing('2025-Q2', '2025-06-30')], NOW)
  expect([done.standard, done.next.map(({ key }) => key)]).toEqual([parseReportingPeriod('2025-Q2'), ['2025-Q3', '2025-07']])
})
