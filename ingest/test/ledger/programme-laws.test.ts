import {
  bonusProposal,
  type Card,
  CheckinWindows,
  type CommitItem,
  type CommitOutcome,
  decide,
  decideRedemption,
  type Event,
  type Holder,
  type Ledger,
  MemoryLedger,
  ONLY_UITPAS,
  type Position,
  type Programme,
  type ProgrammeBook,
  type Proposal,
  pointsCounter,
  type Reward,
  type Transaction,
  UITPAS,
  voidTransaction,
} from '@zuil/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { RedisLedger } from '../../src/ledger/redis-ledger.ts'
import { counterOf } from '../counter.ts'
import { hasRedis, RedisServer } from '../redis-server.ts'

const NOON = Date.parse('2099-11-21T12:00:00+01:00')
/** The same owner in both programmes: what keeps the balances apart is the counter, not who it is. */
const OWNER = 12
const IDS = ['uitpas', 'beleefpas'] as const
type Id = (typeof IDS)[number]
const CARD_SYSTEMS: Readonly<Record<Id, number>> = { uitpas: 5, beleefpas: 9001 }

const BELEEFPAS: Programme = { ...UITPAS, id: 'beleefpas', cardSystems: [9001] }
const PROGRAMMES: ProgrammeBook = {
  programme: (id) => (id === BELEEFPAS.id ? BELEEFPAS : ONLY_UITPAS.programme(id)),
  programmeOf: (cardSystem) => (cardSystem === 9001 ? 'beleefpas' : 'uitpas'),
}
const RULES = { windows: new CheckinWindows(), offlineDaysMax: 7, programmes: PROGRAMMES }

const holderOf = (id: Id): Holder => ({
  number: OWNER,
  passType: 'INDIVIDUAL',
  homeNis: 44021,
  homePostalCode: '9000',
  birthYear: 2015,
  memberships: [{ cardSystem: CARD_SYSTEMS[id], status: 'ACTIVE', socialTariff: 'NONE' }],
})
const cardOf = (id: Id): Card => ({ number: 1, holder: OWNER, cardSystem: CARD_SYSTEMS[id], status: 'ACTIVE' })
const eventOf = (programme: string): Event => ({
  id: `event-${programme}`,
  number: programme === 'uitpas' ? 1 : 2,
  title: 'Atelier',
  organizer: 'o',
  location: '',
  locationName: '',
  venueNis: 0,
  type: '',
  theme: '',
  calendar: { type: 'permanent', openingHours: [], closedDays: [], adjustedDays: [] },
  workflowStatus: 'APPROVED',
  available: true,
  cardSystems: [programme === 'uitpas' ? 5 : 9001],
  programme,
  checkinPoints: 2,
  checkinLimit: { volume: 3, period: 'DAY' },
})
const rewardOf = (programme: string, points: number): Reward => ({
  id: `reward-${programme}-${points}`,
  number: points + (programme === 'uitpas' ? 0 : 100),
  title: 'Drankje',
  type: 'POINTS',
  points,
  programme,
  cardSystems: [],
  owningCardSystem: 0,
  residentsOf: [],
  organizers: [],
  categories: [],
  forKids: false,
  sport: false,
  featured: false,
  online: false,
  status: 'ACTIVE',
})

/** `pass` is whose pass is held out, `at` whose event or reward it is for. */
type Step =
  | { readonly kind: 'check-in'; readonly pass: Id; readonly at: Id }
  | { readonly kind: 'redeem'; readonly pass: Id; readonly at: Id; readonly points: number }
  | { readonly kind: 'bonus'; readonly pass: Id; readonly id: number; readonly points: number }
  /** Takes back the n-th of what was accepted for the programme so far. */
  | { readonly kind: 'void'; readonly pass: Id; readonly nth: number }

const id = fc.constantFrom(...IDS)
const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('check-in' as const), pass: id, at: id }),
    fc.record({ kind: fc.constant('redeem' as const), pass: id, at: id, points: fc.integer({ min: 1, max: 4 }) }),
    fc.record({ kind: fc.constant('bonus' as const), pass: id, id: fc.nat(3), points: fc.integer({ min: 1, max: 5 }) }),
    fc.record({ kind: fc.constant('void' as const), pass: id, nth: fc.nat(3) }),
  ),
  { minLength: 1, maxLength: 30 },
)

interface Accepted {
  readonly position: Position
  readonly transaction: Transaction
}

function proposalOf(step: Step, accepted: readonly Accepted[]): Proposal | undefined {
  const [holder, card] = [holderOf(step.pass), cardOf(step.pass)]
  switch (step.kind) {
    case 'check-in': {
      const command = {
        kind: 'CHECKIN',
        channel: 'COUNTER',
        now: NOON,
        occurredAt: NOON,
        device: '',
        client: 'c',
        request: '',
      } as const
      const decision = decide({ ...command, event: eventOf(step.at), holder, card }, RULES)
      return decision.kind === 'proposed' ? decision.proposal : undefined
    }
    case 'redeem': {
      const reward = rewardOf(step.at, step.points)
      const command = {
        kind: 'REDEMPTION',
        channel: 'COUNTER',
        now: NOON,
        code: '',
        client: 'c',
        request: '',
        venueNis: 0,
      } as const
      const decision = decideRedemption({
        ...command,
        organizer: 'o',
        rewardId: reward.id,
        reward,
        holder,
        card,
        programmes: PROGRAMMES,
      })
      return decision.kind === 'proposed' ? decision.proposal : undefined
    }
    case 'bonus': {
      // The ids of two programmes are two: an import names them by the programme.
      const bonus = {
        id: `${step.pass}.${step.id}`,
        to: { passholderId: 'p' },
        points: step.points,
        label: 'x',
        programme: step.pass,
      }
      return bonusProposal({ now: NOON, bonus, holder, card })
    }
    case 'void': {
      const found = accepted.filter(({ transaction }) => transaction.programme === step.pass)[step.nth]
      return found && voidTransaction(found.position, found.transaction)
    }
  }
}

/** What became of each step, as far as two ledgers can agree on it. */
async function play(ledger: Ledger, history: readonly Step[]): Promise<readonly string[]> {
  const accepted: Accepted[] = []
  const ends: string[] = []
  for (const step of history) {
    const proposal = proposalOf(step, accepted)
    if (!proposal) {
      ends.push('refused')
      continue
    }
    // One owner, so that only the counters can keep the two apart; stock counts for the reward.
    const item: CommitItem = { owner: OWNER, proposal, entities: [], registryVersion: 0 }
    const [outcome] = await ledger.commit([item])
    ends.push(endOf(outcome))
    const { record } = proposal
    if (outcome?.kind === 'committed' && record.kind === 'transaction') {
      accepted.push({ position: outcome.position, transaction: record.transaction })
    }
  }
  return ends
}

function endOf(outcome: CommitOutcome | undefined): string {
  if (outcome?.kind === 'committed') return `committed ${outcome.values.join(' ')}`
  return outcome?.kind === 'failed' ? `failed ${outcome.index} ${outcome.value}` : `${outcome?.kind}`
}

test.skipIf(!hasRedis)(
  'what happens in one programme is the same with and without the other, in memory and on Redis',
  async () => {
    await using server = await RedisServer.start()
    const redis = server.connect()
    const ledger = new RedisLedger({ connect: server.connect, lanes: 1, connections: 2 })
    await ledger.start()
    try {
      await fc.assert(
        fc.asyncProperty(steps, async (history) => {
          await redis.flushall()
          const ends = await play(ledger, history)
          expect(await play(new MemoryLedger({ clock: () => NOON }), history)).toEqual(ends)
          for (const programme of IDS) {
            const isOwn = ({ pass }: Step) => pass === programme
            const alone = await play(new MemoryLedger({ clock: () => NOON }), history.filter(isOwn))
            expect(ends.filter((_, index) => isOwn(history[index] ?? { kind: 'void', pass: 'uitpas', nth: 0 }))).toEqual(alone)
            const stored = await counterOf(redis, 1, { counter: pointsCounter(programme), owner: OWNER, period: '' })
            expect(stored).toBe(balanceOf(programme, history, ends))
          }
        }),
        { numRuns: 60 },
      )
    } finally {
      await ledger.close()
    }
  },
  60_000,
)

/** By the points of what was accepted and not taken back, counted anew. */
function balanceOf(programme: Id, history: readonly Step[], ends: readonly string[]): number {
  const accepted: number[] = []
  const voided = new Set<number>()
  for (const [index, step] of history.entries()) {
    if (step.pass !== programme || !ends[index]?.startsWith('committed')) continue
    if (step.kind === 'void') voided.add(step.nth)
    else accepted.push(step.kind === 'check-in' ? 2 : step.kind === 'redeem' ? 0 - step.points : step.points)
  }
  return accepted.reduce((sum, points, index) => (voided.has(index) ? sum : sum + points), 0)
}
