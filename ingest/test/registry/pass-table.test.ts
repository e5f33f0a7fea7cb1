import type { Membership } from '@zuil/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { headOf } from '../../src/keyed-hash.ts'
import { HashIndex } from '../../src/registry/hash-index.ts'
import { decodeHolderEntry, encodeHolderEntry, type HolderEntry } from '../../src/registry/holder-entry.ts'
import { PassTable } from '../../src/registry/pass-table.ts'
import { SECRETS } from './builders.ts'

const hashes = fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => Buffer.from(bytes))

function anEntry(number: number, memberships: readonly Membership[]): HolderEntry {
  const hash = SECRETS.cardHash(String(number))
  const card = {
    number,
    hash,
    chip: SECRETS.chipHash(String(number)),
    cardSystem: 5,
    status: 'ACTIVE',
    cardType: 'NFC_CARD',
  } as const
  return { passType: 'INDIVIDUAL', homeNis: 44021, homePostalCode: '9000', birthYear: 1987, memberships, cards: [card], id: hash }
}

const memberships: fc.Arbitrary<Membership> = fc
  .record({
    cardSystem: fc.integer({ min: 0, max: 0xffff_ffff }),
    status: fc.constantFrom('ACTIVE' as const, 'BLOCKED' as const),
    socialTariff: fc.constantFrom('NONE' as const, 'ACTIVE' as const, 'GRACE' as const, 'EXPIRED' as const, 'SUSPENDED' as const),
    ends: fc.option(fc.integer({ min: 0, max: 4_000_000_000_000 }), { nil: undefined }),
  })
  .map(({ ends, ...rest }) => ({ ...rest, ...(ends !== undefined && { socialTariffEndsAt: ends }) }))

describe('the table of passes', () => {
  test('gives back every holder as it was taken last, whatever the order and number of memberships', () => {
    const changes = fc.array(fc.tuple(fc.integer({ min: 1, max: 20 }), fc.array(memberships, { maxLength: 5 })), {
      maxLength: 200,
    })
    fc.assert(
      fc.property(changes, (all) => {
        const table = new PassTable()
        const model = new Map<number, readonly Membership[]>()
        for (const [number, own] of all) {
          table.setHolder(number, anEntry(number, own))
          model.set(number, own)
        }
        for (const [number, own] of model) expect(table.holder(number)?.memberships).toEqual(own)
        expect(table.holders).toBe(model.size)
      }),
    )
  })

  test('gives up the room of memberships that nobody has any more', () => {
    const table = new PassTable()
    const many = (count: number): Membership[] =>
      Array.from({ length: count }, (_, index) => ({ cardSystem: index, status: 'ACTIVE', socialTariff: 'NONE' }))
    for (let holder = 1; holder <= 1_000; holder++) table.setHolder(holder, anEntry(holder, many(1)))
    for (let round = 2; round <= 200; round++)
      for (let holder = 1; holder <= 20; holder++) table.setHolder(holder, anEntry(holder, many(round)))
    expect(table.holder(20)?.memberships).toEqual(many(200))
    expect(table.holder(1_000)?.memberships).toEqual(many(1))
  })

  test('no longer finds a card by a chip that it gave up', () => {
    const table = new PassTable()
    const entry = anEntry(1, [])
    table.setHolder(1, entry)
    expect(table.byChipHash(SECRETS.chipHead('1'))?.number).toBe(1)
    table.setHolder(1, { ...entry, cards: entry.cards.map((card) => ({ ...card, chip: SECRETS.chipHash('2') })) })
    expect([table.byChipHash(SECRETS.chipHead('1')), table.byChipHash(SECRETS.chipHead('2'))?.number]).toEqual([undefined, 1])
  })

  test('grows for high numbers and knows nobody in between', () => {
    const table = new PassTable()
    table.setHolder(300_000, anEntry(300_000, []))
    expect([table.holder(299_999), table.card(5), table.holder(0), table.card(0)]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ])
    expect(table.byCardHash(SECRETS.cardHead('300000'))).toEqual({
      number: 300_000,
      holder: 300_000,
      cardSystem: 5,
      status: 'ACTIVE',
    })
  })

  test('an entry comes back from its text as it went in', () => {
    fc.assert(
      fc.property(fc.array(memberships, { maxLength: 4 }), (own) => {
        const entry = anEntry(7, own)
        expect(decodeHolderEntry(encodeHolderEntry(entry))).toEqual(entry)
      }),
    )
  })
})

describe('the index of hashes', () => {
  test('finds exactly what was put, last value first, while it grows', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(hashes, fc.integer({ min: 1, max: 0xffff_ffff })), { maxLength: 300 }),
        hashes,
        (all, unknown) => {
          const index = new HashIndex()
          const model = new Map<string, number>()
          for (const [hash, number] of all) {
            index.set(headOf(hash), number)
            model.set(hash.toString('hex', 0, 8), number)
          }
          for (const [hash] of all) expect(index.get(headOf(hash))).toBe(model.get(hash.toString('hex', 0, 8)))
          expect(index.get(headOf(unknown))).toBe(model.get(unknown.toString('hex', 0, 8)) ?? 0)
        },
      ),
    )
  })

  test('holds a hundred thousand hashes in some two megabytes', () => {
    const index = new HashIndex()
    const hash = (number: number) => SECRETS.cardHead(String(number))
    for (let number = 1; number <= 100_000; number++) index.set(hash(number), number)
    expect([index.size, index.get(hash(1)), index.get(hash(100_000)), index.get(hash(0))]).toEqual([100_000, 1, 100_000, 0])
    expect(index.bytes).toBeLessThan(3_200_000)
  })
})

test('coupons and the quota of a group are kept, and leave again; older entries have none', () => {
  const plain = anEntry(3, [])
  const extras = { coupons: [{ id: 7, coupon: 'COUPON_12', validUntil: 1_800_000_000_000 }], ticketsPerYear: 20 }
  const rich = decodeHolderEntry(encodeHolderEntry({ ...plain, ...extras }))
  expect(rich).toEqual({ ...plain, ...extras })
  const table = new PassTable()
  table.setHolder(3, rich)
  expect(table.holder(3)).toMatchObject(extras)
  table.setHolder(3, decodeHolderEntry(encodeHolderEntry(plain)))
  expect(table.holder(3)).not.toHaveProperty('coupons')
  expect(table.holder(3)).not.toHaveProperty('ticketsPerYear')
})
