import type { OperationsFigures } from '@zuil/warehouse'
import { expect, test } from 'vitest'
import { LANGUAGES, type Language } from '../../../src/lib/language.ts'
import { FigureWriting } from '../../../src/server/figures/figure-writing.ts'
import { ExactCounts } from '../../../src/server/operations/exact-counts.ts'
import { OperationsDesk } from '../../../src/server/operations/operations-desk.ts'
import { type OperationsFacts, operationsView } from '../../../src/server/operations/operations-view.ts'
import { PlaceBook } from '../../../src/server/scope/place-book.ts'
import { NO_OPERATIONS } from '../../no-figures.ts'
import { MemoryAccessLog } from '../../sign-in.ts'

const AT = Date.parse('2026-11-21T13:03:27Z')
const RELEASE = {
  release: 5,
  publishedAt: AT,
  state: 'PUBLISHED' as const,
  provisional: 0 as const,
  period: '2026-Q3',
  threshold: 10,
  cells: 300,
  withheld: 100,
  audit: '{"recovered":{"1":0,"3":0,"4":0,"5":0,"6":0,"13":0}}',
  contentHash: '255',
}
const figures: OperationsFigures = {
  days: [
    { day: '2026-11-21', checkins: 1_200, peak: 21, peakAt: AT },
    { day: '2026-11-20', checkins: 900, peak: 34, peakAt: AT - 86_400_000 },
  ],
  refusals: [{ reason: 'maximum-reached', refusals: 1_234 }],
  silentKiosks: [{ kiosk: 'k1', name: 'Zuil bibliotheek', region: 'UiTPAS Maasland', lastAt: AT - 172_800_000 }],
  releases: [RELEASE, { ...RELEASE, release: 4, state: 'FAILED' }, { ...RELEASE, release: 3, provisional: 1 }],
}
/** 900 within 3 ms, 60 within 70 ms, 39 within 300 ms, and one that took longer than any class. */
const ANSWERED = [0, 0, 900, 0, 0, 0, 0, 0, 0, 0, 60, 0, 0, 0, 39, 0, 0, 0, 0, 0, 0, 1]
const facts: OperationsFacts = {
  figures,
  pipeline: {
    at: AT,
    freshUntil: AT - 2_000,
    waiting: 12,
    rowsPerSecond: 340,
    freeBytes: 51_000_000_000,
    problems: [],
    queues: [{ name: 'load', waiting: 1, active: 2, delayed: 3, failed: 0 }],
    deadLetters: { waiting: 0, replayed: 0 },
  },
  intake: {
    load: { records: 12, bytes: 3_400_000, oldestMs: 2_000, memory: 0.21 },
    bounds: {
      imports: { records: 2_500_000, bytes: 1_000_000_000, oldestMs: 900_000, memory: 0.8 },
      live: { records: 5_000_000, bytes: 2_000_000_000, oldestMs: Number.POSITIVE_INFINITY, memory: 0.95 },
    },
    answers: [
      { group: 'checkins', counts: ANSWERED },
      { group: 'batches', counts: ANSWERED.map(() => 0) },
    ],
    refused: [{ kind: 'imports', cause: 'age', count: 41 }],
  },
  access: [{ at: AT, kind: 'export', account: 'person/anna', what: '/api/v1/cells?cube=holders' }],
  measures: [],
}
const writingIn = (language: Language) => new FigureWriting(language, { place: (place) => place, points: new Map() })
const NOWHERE = new PlaceBook(
  async () => ({ municipalities: [], regions: [], organizers: [], joined: [] }),
  () => 0,
)
const titles = (view: ReturnType<typeof operationsView>) => view.sections.map(({ id, title }) => [id, title])

test('says that all is well, and each finding before its table', () => {
  const view = operationsView(facts, 'operator', writingIn('nl'))
  expect(view.finding).toBe('Alles loopt: wat tot 14:03:25 aanvaard is, staat in de cijfers.')
  expect(view.keyFigures.map(({ id, value }) => [id, value])).toEqual([
    ['lag', '2 seconden'],
    ['waiting', '12'],
    ['dead-letters', '0'],
    ['free-space', '51 GB'],
  ])
  expect(titles(view)).toEqual([
    ['peaks', 'De drukste minuut telde 34 check-ins, op 20 nov 2026, 14:03'],
    ['D3', 'Check-ins aan de balie: de helft binnen 3 ms, 99 op 100 binnen 300 ms'],
    ['journal', 'Het journaal is ver van zijn grenzen: niets wordt geweigerd'],
    ['refusals', 'Vaakst geweigerd: “Al gespaard, maximum bereikt”, 1.234 keer'],
    ['kiosks', '1 zuil is stil'],
    ['queues', 'Geen enkele taak is mislukt'],
    ['releases', '1 uitgave doorstond de controle niet en is niet te lezen'],
    ['audits', '18 aanvallen op 3 uitgaven haalden niets terug'],
    ['access', '0 aanmeldingen en 1 exports in dit logboek'],
  ])
})

test('names what keeps work from being done, dead letters too', () => {
  const pipeline = { ...facts.pipeline, problems: ['free-space'], deadLetters: { waiting: 2, replayed: 0 } }
  expect(operationsView({ ...facts, pipeline }, 'operator', writingIn('nl')).finding).toBe(
    'Er hapert iets: free-space, dead-letters.',
  )
})

test('says how quickly each door answered that was asked, and how far each bound of the journal is', () => {
  const rowsOf = (id: string, of = facts) => {
    const section = operationsView(of, 'operator', writingIn('nl')).sections.find((one) => one.id === id)
    return section?.table.rows.map(({ cells }) => cells)
  }
  expect(rowsOf('D3')).toEqual([['Check-ins aan de balie', '1.000', '3 ms', '70 ms', '300 ms', '96,0%']])
  expect(rowsOf('journal')).toEqual([
    ['Wachtende records', '12', '2.500.000', '5.000.000', '0'],
    ['Plaats in Redis', '3 MB', '1.000 MB', '2.000 MB', '0'],
    ['Oudste record wacht', '2 seconden', '15 minuten', 'geen', '0 check-ins, 41 pakketten'],
    ['Geheugen van Redis in gebruik', '21,0%', '80,0%', '95,0%', '0'],
  ])
})

test('says that work is refused while a bound is passed, and that nothing is known while Redis is away', () => {
  const titleAt = (records: number) => {
    const load = { records, bytes: 0, oldestMs: 0, memory: 0 }
    const intake = facts.intake && { ...facts.intake, load }
    const { sections } = operationsView({ ...facts, intake }, 'operator', writingIn('nl'))
    return sections.find(({ id }) => id === 'journal')?.title.split(':')[0]
  }
  expect([2_500_000, 2_500_001, 5_000_001].map(titleAt)).toEqual([
    'Het journaal is ver van zijn grenzen',
    'Pakketten van toestellen worden nu geweigerd',
    'Nieuw werk wordt nu geweigerd',
  ])
  const away = operationsView({ ...facts, intake: undefined }, 'operator', writingIn('nl')).sections
  expect(
    away.filter(({ id }) => id === 'D3' || id === 'journal').every(({ note }) => note.startsWith('Redis antwoordt nu niet')),
  ).toBe(true)
})

test('an auditor sees releases and who took figures along, and nothing of devices or loads', () => {
  const view = operationsView(facts, 'auditor', writingIn('nl'))
  expect([view.keyFigures, view.sections.map(({ id }) => id)]).toEqual([[], ['releases', 'audits', 'access']])
  expect(view.sections[0]?.table.rows.map(({ cells }) => cells)).toEqual([
    ['5', '3e kwartaal 2026', 'gepubliceerd', '21 nov 2026, 14:03', '300', '100 (25,0%)', '000000ff'],
    ['4', '3e kwartaal 2026', 'geweigerd door de controle', '21 nov 2026, 14:03', '300', '100 (25,0%)', '000000ff'],
    ['3', '3e kwartaal 2026', 'voorlopig', '21 nov 2026, 14:03', '300', '100 (25,0%)', '000000ff'],
  ])
})

test('an auditor sees how much each attack recovered, of a release that failed as well', () => {
  const failed = { ...RELEASE, release: 4, state: 'FAILED' as const, audit: '{"recovered":{"1":2,"13":1}}' }
  const view = operationsView({ ...facts, figures: { ...figures, releases: [RELEASE, failed] } }, 'auditor', writingIn('nl'))
  const audits = view.sections.find(({ id }) => id === 'audits')
  expect(audits?.title).toBe('Aanvallen haalden 3 waarden terug; die uitgaven zijn niet te lezen')
  expect(audits?.table.rows.map(({ cells }) => cells)).toEqual([
    ['5, 3e kwartaal 2026', '0', '0', '0', '0', '0', '0'],
    ['4, 3e kwartaal 2026', '2', '0', '0', '0', '0', '1'],
  ])
})

test.each(LANGUAGES)('in %s each row has a cell for each column, also when nothing ever happened', async (language) => {
  const empty: OperationsFacts = {
    pipeline: NO_OPERATIONS.pipeline(),
    intake: await NO_OPERATIONS.intake(),
    figures: await NO_OPERATIONS.figures(),
    access: [],
    measures: [],
  }
  for (const each of [facts, empty]) {
    for (const { table, title } of operationsView(each, 'operator', writingIn(language)).sections) {
      expect(title).not.toBe('')
      for (const { cells } of table.rows) expect(cells).toHaveLength(table.columns.length)
    }
  }
})

test('many who look at once cost one look, and a failed look is not remembered', async () => {
  let [looks, now] = [0, AT]
  const source = {
    ...NO_OPERATIONS,
    figures: async () => {
      looks += 1
      if (looks === 1) throw new Error('the warehouse is busy')
      return figures
    },
  }
  const clock = () => now
  const counts = new ExactCounts(source, clock)
  const desk = new OperationsDesk({ source, counts, log: new MemoryAccessLog(), places: NOWHERE, clock })
  const look = () => desk.view({ roles: [{ role: 'publiq' }] }, 'nl')
  await expect(look()).rejects.toThrow('busy')
  await Promise.all([look(), look(), look()])
  expect(looks).toBe(2)
  now += 15_000
  await look()
  expect(looks).toBe(3)
})
