import {
  bonusProposal,
  carryProposal,
  countersOf,
  decideRedemption,
  grantProposal,
  isGrantedOn,
  isLastChance,
  isWithin,
  ONLY_UITPAS,
  type Proposal,
  type RedemptionCommand,
  type RedemptionConstraint,
  redemptionConstraints,
  refusalOfConstraint,
  type Transaction,
} from '@zuil/core'
import { describe, expect, test } from 'vitest'
import {
  aCard,
  aHolder,
  aMembership,
  aPredecessorHolder,
  aProgramme,
  aRedemption,
  aReward,
  NOON,
  programmesOf,
} from './builders.ts'

const DAY_MS = 86_400_000
const WELCOME = { type: 'WELCOME', points: 0 } as const

function proposed(command: RedemptionCommand): Proposal {
  const decision = decideRedemption(command)
  if (decision.kind !== 'proposed') throw new Error(`refused: ${decision.refusal.code}`)
  return decision.proposal
}

function transactionOf({ record }: Proposal): Transaction {
  if (record.kind !== 'transaction') throw new Error('no transaction')
  return record.transaction
}

describe('a redemption is refused', () => {
  // Each row breaks one rule more than the next, so the first that is broken is the one that is told.
  const reward = aReward({ redeem: { from: NOON - DAY_MS, until: NOON - 1 }, cardSystems: [99] })
  const blocked = aCard({ status: 'BLOCKED' })
  const noMember = aHolder({ memberships: [aMembership({ status: 'BLOCKED' })] })
  test.each([
    ['a number that is none', { isNumberValid: false, card: undefined }, 'invalid-uitpas-number'],
    ['an unknown card', { card: undefined, reward: undefined }, 'passholder-not-found'],
    ['a card of somebody else', { card: aCard({ holder: 13 }) }, 'passholder-not-found'],
    ['a group pass, also a blocked one', { holder: aHolder({ passType: 'GROUP' }), card: blocked }, 'invalid-card'],
    ['a card that is not active', { card: blocked, holder: noMember }, 'invalid-card'],
    ['no active membership', { holder: noMember, reward: undefined }, 'passholder-no-active-cardsystems'],
    ['an unknown reward', { reward: undefined }, 'reward-not-found'],
    ['a reward that is not active', { reward: { ...reward, status: 'INACTIVE' as const } }, 'reward-not-found'],
    ['outside the redeem period', { reward }, 'reward-period-constraint'],
    ['another card system', { reward: aReward({ cardSystems: [99] }) }, 'reward-passholder-no-applicable-cardsystems'],
    [
      'a membership that the owner of the reward blocked',
      { holder: aHolder({ memberships: [aMembership({ cardSystem: 14 }), aMembership({ status: 'BLOCKED' })] }) },
      'reward-passholder-no-applicable-cardsystems',
    ],
    ['another municipality', { reward: aReward({ residentsOf: [1] }) }, 'reward-passholder-no-applicable-cardsystems'],
  ])('for %s', (_title, members, code) => {
    const decision = decideRedemption(aRedemption(members))
    expect(decision).toMatchObject({ kind: 'refused', refusal: { code } })
  })
})

describe('a redemption', () => {
  test('for points takes stock, volume and points, each within its bound', () => {
    const reward = aReward({ unitsMax: 100, redeemLimit: { volume: 2, period: 'WEEK' } })
    const proposal = proposed(aRedemption({ reward }))
    expect(proposal.guards).toMatchObject([
      { counter: 'stock', owner: 7, period: '', add: 1, atMost: 100 },
      { counter: 'redeemed/7', owner: 12, period: '2026-W47', add: 1, atMost: 2 },
      { counter: 'points', owner: 12, period: '', add: -4, atLeast: 0 },
    ])
    expect(redemptionConstraints(reward)).toEqual(['stock', 'volume', 'points'])
    expect(transactionOf(proposal)).toMatchObject({
      kind: 'REDEMPTION',
      points: -4,
      organizer: '0ce87cbc-9299-4528-8d35-92225dc9489f',
      exchange: { reward: '5687', rewardNumber: 7, takes: ['~stock ABSOLUTE', 'redeemed/7 WEEK'] },
    })
  })

  test('surprise 16: no number of units is no bound on the stock, which is counted all the same', () => {
    const [stock] = proposed(aRedemption()).guards
    expect(stock).toMatchObject({ counter: 'stock', add: 1 })
    expect(stock).not.toHaveProperty('atMost')
  })

  test('surprise 16: a welcome reward takes stock when it is granted, not when it is collected', () => {
    const reward = aReward({ ...WELCOME, unitsMax: 100 })
    const grant = grantProposal({ now: NOON, reward, holder: aHolder(), card: aCard() })
    expect(transactionOf(grant).exchange?.takes).toEqual(['granted/7 ABSOLUTE', '~stock ABSOLUTE'])
    expect(grant.guards).toMatchObject([
      { counter: 'granted/7', owner: 12, atMost: 1 },
      { counter: 'stock', owner: 7, atMost: 100 },
    ])
    const collected = proposed(aRedemption({ reward }))
    expect(transactionOf(collected).exchange?.takes).toEqual(['redeemed/7 ABSOLUTE'])
    expect(collected.guards).toMatchObject([
      { counter: 'granted/7', owner: 12, add: 0, atLeast: 1 },
      { counter: 'redeemed/7', owner: 12, add: 1, atMost: 1 },
    ])
  })

  test('has an expired social tariff, and is accepted all the same', () => {
    const holder = aHolder({ memberships: [aMembership({ socialTariff: 'EXPIRED', socialTariffEndsAt: NOON - DAY_MS })] })
    expect(transactionOf(proposed(aRedemption({ holder }))).socialTariff).toBe('EXPIRED')
  })

  test('of a programme takes the points of that programme', () => {
    const proposal = proposed(
      aRedemption({
        reward: aReward({ programme: 'beleefpas' }),
        holder: aPredecessorHolder(),
        programmes: programmesOf(aProgramme()),
      }),
    )
    expect(proposal.guards.at(-1)).toMatchObject({ counter: 'points/beleefpas', add: -4 })
  })

  test('says for each guard that can fail which rule it is', () => {
    const reward = aReward({ redeemLimit: { volume: 2, period: 'WEEK' } })
    const codes = (['stock', 'granted', 'volume', 'points'] as const satisfies RedemptionConstraint[]).map(
      (constraint) => refusalOfConstraint(constraint, reward).code,
    )
    expect(codes).toEqual([
      'reward-volume-constraint',
      'reward-passholder-volume-constraint',
      'reward-passholder-volume-constraint',
      'reward-passholder-points-constraint',
    ])
  })
})

describe('a welcome reward is granted', () => {
  const joined = { cardSystem: 5, since: NOON }
  test.each([
    ['on joining the card system that owns it', aReward(WELCOME), true],
    ['not on joining another', aReward({ ...WELCOME, owningCardSystem: 3 }), false],
    ['on joining a card system that it names', aReward({ ...WELCOME, owningCardSystem: 3, cardSystems: [5] }), true],
    ['not when the membership is older than the granting period', aReward({ ...WELCOME, granting: { from: NOON + 1 } }), false],
    ['until the last instant of the granting period', aReward({ ...WELCOME, granting: { from: 0, until: NOON } }), true],
    ['not to who lives elsewhere', aReward({ ...WELCOME, residentsOf: [1] }), false],
    ['not when it is not active', aReward({ ...WELCOME, status: 'INACTIVE' }), false],
    ['never when it costs points', aReward(), false],
  ])('%s', (_title, reward, isGranted) => {
    expect(isGrantedOn(reward, joined, { ...aHolder(), programmes: ONLY_UITPAS })).toBe(isGranted)
  })
})

describe('a bonus', () => {
  const bonus = { id: 'Over-1', to: { passholderId: 'x' }, points: 30, label: 'Beleefpas', programme: 'uitpas' }
  test('gives its points once for each id, whatever its letters', () => {
    const proposal = bonusProposal({ now: NOON, bonus, holder: aHolder(), card: { number: 0 } })
    const again = bonusProposal({ now: NOON, bonus: { ...bonus, id: 'OVER-1', points: 1 }, holder: aHolder(), card: aCard() })
    expect(proposal.guards).toMatchObject([
      { counter: 'points', add: 30 },
      { counter: expect.stringMatching(/^bonus\/[0-9a-z]{1,13}$/), add: 1, atMost: 1 },
    ])
    expect(again.guards[1]?.counter).toBe(proposal.guards[1]?.counter)
    expect(countersOf(transactionOf(proposal))).toHaveLength(2)
  })

  test('that is carried to somebody else leaves a mark that a rebuild counts again, and no points', () => {
    const carried = { ...bonus, from: { passholderId: 'y' } }
    const command = {
      now: NOON,
      bonus: carried,
      holder: aPredecessorHolder(),
      card: { number: 0 },
      to: 99,
      programme: 'beleefpas',
    }
    const { guards, record } = carryProposal(command)
    if (record.kind !== 'transaction') throw new Error('no transaction')
    expect(record.transaction).toMatchObject({ kind: 'BONUS', programme: 'beleefpas', points: 0 })
    const taken = guards.filter(({ add }) => add === 1).map(({ atMost: _atMost, ...guard }) => guard)
    expect(countersOf(record.transaction)).toEqual(taken)
    expect(guards.map(({ add, atMost }) => [add, atMost])).toEqual([
      [1, 1],
      [1, 1],
      [0, 0],
    ])
  })
})

describe('a span', () => {
  test('holds both of its ends', () => {
    const span = { from: 10, until: 20 }
    expect([9, 10, 20, 21].map((instant) => isWithin(span, instant))).toEqual([false, true, true, false])
    expect(isWithin(undefined, 0)).toBe(true)
  })

  test('of two weeks or less is a last chance', () => {
    const until = (ms: number) => isLastChance({ redeem: { from: NOON - 1, until: NOON + ms } }, NOON)
    expect([14 * DAY_MS, 14 * DAY_MS + 1, -1].map(until)).toEqual([true, false, false])
    expect(isLastChance({ redeem: { from: 0 } }, NOON)).toBe(false)
  })
})
