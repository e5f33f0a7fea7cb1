import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { OrganizerSale, Warehouse } from '@zuil/warehouse'
import { strFromU8, unzipSync } from 'fflate'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { AccessEntry } from '../../../src/server/access-log/access-log.ts'
import {
  FinancialReportDesk,
  ORGANIZER_REPORTS_MAX,
  WAITING_REPORTS_MAX,
} from '../../../src/server/financial-report/financial-report-desk.ts'
import { organizerSale } from './organizer-sale.ts'

const NOON = Date.parse('2026-11-22T11:00:00Z')
const WEEK_MS = 7 * 24 * 3_600_000
const REACH = { organizer: 'bib', cardSystems: [] }
const ORDER = { reach: REACH, client: 'till', firstDay: '2026-07-01', lastDay: '2026-09-30' }

let folder: string
let now: number
let freshUntil: number
let sales: readonly OrganizerSale[]
let noted: Omit<AccessEntry, 'at'>[]
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zuil-financial-'))
  now = NOON
  freshUntil = NOON
  sales = [organizerSale()]
  noted = []
})
afterEach(async () => await rm(folder, { recursive: true, force: true }))

/** A warehouse that holds these sales; names of places are asked by `query`. */
const warehouse = {
  query: async (sql: string) =>
    sql.includes('organizers_now') ? [{ organizer: 'bib', name: 'Bibliotheek Gent' }] : [{ nis: 44021, name: 'Gent' }],
  async *stream() {
    yield sales.map((sale) => ({ ...sale, isGroupPass: Number(sale.isGroupPass) }))
  },
  // The desk asks for nothing else than these rows.
} as unknown as Pick<Warehouse, 'query' | 'stream'>

async function openDesk(): Promise<FinancialReportDesk> {
  const desk = new FinancialReportDesk({
    warehouse,
    folder,
    clock: () => now,
    freshUntil: () => freshUntil,
    accessLog: { write: (entry) => noted.push(entry) },
    onFailure: (error) => {
      throw error
    },
  })
  await desk.bringUp()
  return desk
}

describe('A financial report', () => {
  test('is made after it was started, kept over a restart, and gone after a week', async () => {
    const desk = await openDesk()
    const started = await desk.start(ORDER)
    expect(started).toMatchObject({ status: 'STARTED', createdAt: NOON, firstDay: '2026-07-01', lastDay: '2026-09-30' })
    const id = started?.id ?? 0
    await desk.close()

    const next = await openDesk()
    expect(await next.reports(REACH)).toEqual([{ ...started, status: 'AVAILABLE' }])
    const file = await next.file({ reach: REACH, id, client: '' })
    expect(file?.name).toBe('financialOverview_bibliotheek-gent_20261122_1200.zip')
    const books = unzipSync(file?.bytes ?? Buffer.alloc(0))
    expect(Object.keys(books)).toEqual(['44021-gent.xlsx'])
    const book = unzipSync(books['44021-gent.xlsx'] ?? new Uint8Array())
    expect(strFromU8(book['xl/sharedStrings.xml'] ?? new Uint8Array())).toContain('Lenteconcert')
    expect(noted).toEqual([
      { kind: 'export', account: 'client/till', what: `/organizers/bib/financial-reports/${id} 2026-07-01 2026-09-30` },
      { kind: 'export', account: 'signed-link', what: `/organizers/bib/financial-reports/${id}.zip` },
    ])

    now += WEEK_MS
    expect(await next.reports(REACH)).toEqual([])
    expect(await next.file({ reach: REACH, id, client: '' })).toBeUndefined()
    expect(await readdir(folder)).toEqual([])
    expect((await next.start(ORDER))?.id).toBeGreaterThan(id)
    await next.close()
  })

  test.each([
    ['nothing was sold', () => (sales = []), 'Geen financieel overzicht beschikbaar voor periode 2026/07/01 - 2026/09/30'],
    ['there is too much of it', () => (sales = Array.from({ length: 25_001 }, () => organizerSale())), 'vraag een kortere'],
    ['the period is not loaded', () => (freshUntil = Date.parse('2026-09-30T20:00:00Z')), 'Nog niet alle verkopen'],
  ])('fails where %s, and says so', async (_case, arrange, message) => {
    arrange()
    const desk = await openDesk()
    await desk.start(ORDER)
    await desk.idle()
    const [report] = await desk.reports(REACH)
    expect(report).toMatchObject({ status: 'FAILED', message: expect.stringContaining(message) })
    expect(await desk.file({ reach: REACH, id: report?.id ?? 0, client: '' })).toBeUndefined()
  })

  test('of a period that goes on has what is loaded', async () => {
    freshUntil = NOON - 60_000
    const desk = await openDesk()
    await desk.start({ ...ORDER, lastDay: '2026-12-31' })
    await desk.idle()
    expect(await desk.reports(REACH)).toMatchObject([{ status: 'AVAILABLE' }])
  })

  test('that a stop interrupted has failed and is not tried again', async () => {
    const begun = { ...ORDER.reach, id: 7, client: 'till', firstDay: '2026-07-01', lastDay: '2026-09-30', createdAt: NOON }
    await writeFile(join(folder, '7.json'), JSON.stringify({ ...begun, status: 'STARTED', message: '', fileName: '' }))
    await writeFile(join(folder, '7.zip.1.unfinished'), 'half')
    const desk = await openDesk()
    expect(await desk.reports(REACH)).toMatchObject([
      { id: 7, status: 'FAILED', message: expect.stringContaining('onderbroken') },
    ])
    expect(await readdir(folder)).toEqual(['7.json'])
  })

  test('is shown and given within its reach only: of the organizer, and of card systems that the client has too', async () => {
    const desk = await openDesk()
    const whole = (await desk.start(ORDER))?.id ?? 0
    const part = (await desk.start({ ...ORDER, reach: { organizer: 'bib', cardSystems: [14] } }))?.id ?? 0
    await desk.idle()
    const seen = async (organizer: string, cardSystems: number[]) =>
      (await desk.reports({ organizer, cardSystems })).map(({ id }) => id)
    expect(await seen('bib', [])).toEqual([part, whole])
    expect(await seen('bib', [14, 15])).toEqual([part])
    expect(await seen('bib', [15])).toEqual([])
    expect(await seen('zaal', [])).toEqual([])
    const file = async (organizer: string, id: number) =>
      await desk.file({ reach: { organizer, cardSystems: [14] }, id, client: 'till' })
    expect(await file('bib', whole)).toBeUndefined()
    expect(await file('zaal', part)).toBeUndefined()
    expect(await file('bib', part)).toBeDefined()
  })
})

describe('Financial reports', () => {
  test('are one where the same is asked twice at once, and bounded: the oldest of an organizer goes, and too many do not wait', async () => {
    sales = []
    const desk = await openDesk()
    const [first, again] = await Promise.all([desk.start(ORDER), desk.start(ORDER)])
    expect(again).toEqual(first)
    await desk.idle()
    for (let count = 1; count <= ORGANIZER_REPORTS_MAX; count++) {
      await desk.start(ORDER)
      await desk.idle()
    }
    const kept = await desk.reports(REACH)
    expect(kept).toHaveLength(ORGANIZER_REPORTS_MAX)
    expect(kept).not.toContainEqual(expect.objectContaining({ id: first?.id }))

    const started = Array.from({ length: WAITING_REPORTS_MAX + 1 }, (_, index) =>
      desk.start({ ...ORDER, reach: { organizer: `organizer-${index}`, cardSystems: [] } }),
    )
    const ends = await Promise.all(started)
    expect(ends.filter((report) => report === undefined)).toHaveLength(1)
    await desk.close()
  })

  test('is written beside everything else: others have their turn hundreds of times meanwhile', async () => {
    sales = Array.from({ length: 3_000 }, () => organizerSale())
    const desk = await openDesk()
    await desk.start(ORDER)
    let turns = 0
    let isMade = false
    const made = desk.idle().then(() => (isMade = true))
    while (!isMade) {
      turns += 1
      await new Promise((resolve) => setImmediate(resolve))
    }
    await made
    expect((await desk.reports(REACH))[0]?.status).toBe('AVAILABLE')
    expect(turns).toBeGreaterThan(500)
    await desk.close()
  })
})
