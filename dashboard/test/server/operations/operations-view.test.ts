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
  access: [{ at: AT, kind: 'export', account: 'person/anna', what: '/api/v1/cells?cube=holders' }],
  measures: [],
}
const writingIn = (language: Language) => new FigureWriting(language, { place: (place) => place, points: new Map() })
const NOWHERE = new PlaceBook(
  async () => ({ municipalities: [], regions: [], organizers: [] }),
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
