import { DAY_MS, type Kiosk } from '@zuil/core'
import { projectionOfKiosk } from '@zuil/core/contracts/projection'
import { projectionRow } from '@zuil/core/contracts/projection-row'
import { refusalRows } from '@zuil/core/contracts/refusal-row'
import { installedKiosks, operationsFigures } from '@zuil/warehouse'
import { expect, it } from 'vitest'
import { freshEmbedded } from './fresh-warehouse.ts'
import { MORNING, transactionLine } from './transaction-lines.ts'

const KIOSK: Kiosk = {
  id: 'kiosk-1',
  name: 'Zuil bibliotheek',
  deviceId: 'd1',
  cardSystem: 14,
  releaseTrack: 'stable',
  organizers: [],
  locations: [],
}

it('Loads, refusals, devices and releases of the last weeks are told, and what was voided is not', async () => {
  await using place = await freshEmbedded()
  const { warehouse } = place
  const at = (sequence: number, occurredAt: number, device: string) =>
    transactionLine({
      sequence,
      transaction: { occurredAt, occurredOn: new Date(occurredAt).toISOString().slice(0, 10), device },
    })
  const yesterday = MORNING - DAY_MS
  await warehouse.insert('transactions', [
    at(1, MORNING, 'kiosk-2'),
    at(2, MORNING + 1_000, 'kiosk-2'),
    at(3, MORNING + 60_000, 'kiosk-2'),
    at(4, yesterday - 60_000, 'kiosk-1'),
    at(5, MORNING, 'kiosk-2'),
  ])
  await warehouse.insert('transactions', [transactionLine({ sequence: 5, voided: true, range: 2 })])
  const counts = [{ reason: 'maximum-reached', channel: 'KIOSK', organizer: '', venueNis: 0, count: 3 }]
  const refusals = { kind: 'refusals', minute: MORNING, counts } as const
  await warehouse.insert('refusals', refusalRows({ lane: 0, ms: MORNING, sequence: 0 }, refusals, { range: 1 }))
  const library = { id: 'place-1', name: 'De Wijnpers' }
  const kiosks = [KIOSK, { ...KIOSK, id: 'kiosk-2', deviceId: 'd2', locations: [library] }, { ...KIOSK, id: 'kiosk-3' }]
  const lines = kiosks.map((kiosk, sequence) =>
    projectionRow({ lane: 0, ms: MORNING, sequence }, projectionOfKiosk(kiosk), { range: 1 }),
  )
  await warehouse.insert(
    'kiosks',
    lines.map(({ line }) => line),
  )
  await warehouse.append('releases', [
    [1, '2026-02-01 08:00:00.000', 'PUBLISHED', 0, 'YEAR', '2025', 10, ['holders'], 40, 3, '{}', 40, 255n],
    [2, '2026-03-01 08:00:00.000', 'FAILED', 1, 'MONTH', '2026-02', 10, ['holders'], 40, 3, '{}', 0, 0n],
  ])

  expect(await operationsFigures(warehouse, MORNING + 120_000)).toEqual({
    days: [
      { day: '2026-11-21', checkins: 3, peak: 2, peakAt: MORNING },
      { day: '2026-11-20', checkins: 1, peak: 1, peakAt: yesterday - 60_000 },
    ],
    refusals: [{ reason: 'maximum-reached', refusals: 3 }],
    silentKiosks: [{ kiosk: 'kiosk-1', name: 'Zuil bibliotheek', region: '', lastAt: yesterday - 60_000 }],
    releases: [
      expect.objectContaining({ release: 2, state: 'FAILED', provisional: 1, period: '2026-02', contentHash: '0' }),
      expect.objectContaining({ release: 1, state: 'PUBLISHED', provisional: 0, period: '2025', contentHash: '255' }),
    ],
  })
  const [first, silent] = await installedKiosks(warehouse, MORNING + 28 * DAY_MS)
  const common = { name: 'Zuil bibliotheek', cardSystem: 14, nis: 0 }
  expect([first, silent]).toEqual([
    { ...common, kiosk: 'kiosk-1', venue: '', lastAt: 0 },
    { ...common, kiosk: 'kiosk-3', venue: '', lastAt: 0 },
  ])
  expect((await installedKiosks(warehouse, MORNING + 120_000)).map(({ venue, lastAt }) => [venue, lastAt])).toEqual([
    ['', yesterday - 60_000],
    ['', 0],
    ['De Wijnpers', MORNING + 60_000],
  ])
})
