import { type Exchange, FLAGS, PERIOD_TYPES, SOCIAL_TARIFF_STATES, type Transaction, takeOf } from '@zuil/core'
import { decodeRecord, encodeRecord, type JournalRecord } from '@zuil/core/contracts/journal'
import { projectionOfEvent, projectionOfHolder, projectionOfKiosk } from '@zuil/core/contracts/projection'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { aHolder, aMembership, anEvent, aTransaction, NOON } from '../builders.ts'

const numbers = fc.nat(0xffff_ffff)
const exchanges: fc.Arbitrary<Exchange> = fc.record({
  reward: fc.string(),
  rewardNumber: numbers,
  tariff: fc.string(),
  label: fc.string(),
  regularPrice: numbers,
  price: numbers,
  organizerShare: numbers,
  localGovernmentShare: numbers,
  flemishGovernmentShare: numbers,
  distributionKey: numbers,
  takes: fc.array(fc.constantFrom(...PERIOD_TYPES).map((period) => takeOf('sales/4711', period))),
})
const transactions: fc.Arbitrary<Transaction> = fc
  .record({
    occurredAt: fc.integer({ min: 0, max: 2 ** 43 }),
    holder: numbers,
    card: numbers,
    homePostalCode: fc.string(),
    socialTariff: fc.constantFrom(...SOCIAL_TARIFF_STATES),
    memberships: fc.array(numbers, { maxLength: 5 }),
    event: fc.string({ maxLength: 36 }),
    eventCardSystems: fc.array(numbers, { maxLength: 5 }),
    organizer: fc.string({ unit: 'binary' }),
    points: fc.integer({ min: -1_000_000, max: 1_000_000 }),
    limitPeriod: fc.constantFrom('' as const, ...PERIOD_TYPES),
    flags: fc.subarray([...FLAGS]),
    request: fc.string(),
    exchange: fc.option(exchanges, { nil: undefined }),
  })
  .map(({ exchange, ...members }) => aTransaction({ ...members, ...(exchange && { exchange }) }))

const records: fc.Arbitrary<JournalRecord> = fc.oneof(
  transactions.map((transaction) => ({ kind: 'transaction' as const, transaction })),
  transactions.map((transaction) => ({ kind: 'void' as const, position: '1763700000000-3', transaction })),
  fc
    .array(fc.record({ reason: fc.string(), channel: fc.string(), organizer: fc.string(), venueNis: numbers, count: numbers }))
    .map((counts) => ({ kind: 'refusals' as const, minute: NOON, counts })),
)

describe('a journal record', () => {
  test('comes back as it was written', () => {
    fc.assert(
      fc.property(records, (record) => {
        expect(decodeRecord(encodeRecord(record))).toEqual(record)
      }),
    )
  })

  test('of the registry comes back as it was written', () => {
    const kiosk = { id: 'k', name: 'K', cardSystem: 5, releaseTrack: 'beta' as const, organizers: [], locations: [] }
    for (const record of [projectionOfHolder(aHolder()), projectionOfEvent(anEvent()), projectionOfKiosk(kiosk)]) {
      expect(decodeRecord(encodeRecord(record))).toEqual(record)
    }
  })

  test.each(['', '{}', '[]', '["q"]', '["p","person",{}]', '["t",1]', 'null', '["v","1-1","[]"]'])(
    'is not the text %j',
    (text) => {
      expect(() => decodeRecord(text)).toThrow()
    },
  )

  test('of a holder names nobody, whatever the registry keeps beside it', () => {
    const entry = { ...aHolder({ memberships: [aMembership()] }), firstName: 'Amina', inszNumber: '87051213311' }
    expect(encodeRecord(projectionOfHolder(entry))).not.toMatch(/Amina|8705/)
  })

  test('of a kiosk has no secret in it', () => {
    const kiosk = { id: 'k', name: 'K', cardSystem: 5, releaseTrack: 'beta' as const, organizers: [], locations: [] }
    expect(encodeRecord(projectionOfKiosk({ ...kiosk, deviceId: 'secret-1', configurationCode: 'secret-2' }))).not.toContain(
      'secret',
    )
  })

  test('of a group pass is told apart', () => {
    expect(projectionOfHolder(aHolder({ passType: 'GROUP' })).entity).toBe('group-pass')
  })
})
