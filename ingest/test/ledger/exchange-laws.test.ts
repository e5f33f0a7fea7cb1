import { type CommitItem, type CommitOutcome, MemoryLedger } from '@zuil/core'
import { decodeRecord, type JournalRecord } from '@zuil/core/contracts/journal'
import fc from 'fast-check'
import type { Redis } from 'ioredis'
import { describe, expect, test } from 'vitest'
import { RedisLedger } from '../../src/ledger/redis-ledger.ts'
import { counterOf } from '../counter.ts'
import { journalOf } from '../journal.ts'
import { hasRedis, RedisServer } from '../redis-server.ts'
import { type Action, histories, itemOf, type Standing } from './exchange-world.ts'
import { boundsOf, type Journalled, readJournal, scattered } from './journal-laws.ts'

/** Histories of each law; each is up to two hundred commits. */
const HISTORIES = 50
/** A history that breaks a law is made shorter for as long as this, well below the limit of a test. */
const SHRINKING_MS = 15_000
/** As many as would take the requests of a busy evening: each process has its own connections. */
const PROCESSES = 2
const CALLERS_PER_PROCESS = 3

type Committed = readonly [item: CommitItem, outcome: CommitOutcome]

describe.skipIf(!hasRedis)('check-ins, tickets, redemptions, grants, bonuses, facts and voids, in any order', () => {
  test('one after the other: Redis and memory give the same outcomes, journals and counters', async () => {
    await using place = await processesOnOneRedis()
    const { redis, ledgers } = place
    await fc.assert(
      fc.asyncProperty(histories, async (history) => {
        await redis.flushall()
        let now = 0
        const model = new MemoryLedger({ clock: () => ++now })
        const standing: { readonly model: Standing[]; readonly real: Standing[] } = { model: [], real: [] }
        for (const action of history) {
          const [expected, actual] = await Promise.all([
            commitOne(model, action, standing.model),
            commitOne(ledgers[0] ?? model, action, standing.real),
          ])
          expect(actual && essence(actual[1])).toEqual(expected && essence(expected[1]))
        }
        const real = await journalled(redis)
        const withoutPositions = real.map(({ record }) => transactionOf(record))
        expect(withoutPositions).toEqual(model.journal().map(({ record }) => transactionOf(record)))
        const { broken, counters } = readJournal(real, new Map())
        expect(broken).toEqual([])
        for (const [name, value] of counters) {
          const [owner = '', counter = '', period = ''] = name.split(' ')
          expect([name, model.value({ counter, owner: Number(owner), period })]).toEqual([name, value])
        }
        expect(await countersIn(redis, counters)).toEqual(new Map(counters))
      }),
      { numRuns: HISTORIES, interruptAfterTimeLimit: SHRINKING_MS },
    )
  })

  test('by several processes at once: nothing is exceeded, nothing is lost, and a void restores exactly what was taken', async () => {
    await using place = await processesOnOneRedis()
    const { redis, ledgers } = place
    await fc.assert(
      fc.asyncProperty(histories, async (history) => {
        await redis.flushall()
        const committed = await commitAtOnce(ledgers, history)
        const journal = await journalled(redis)
        const { broken, counters } = readJournal(journal, boundsOf(committed.map(([item]) => item)))
        expect(broken).toEqual([])
        expect(await countersIn(redis, counters)).toEqual(new Map(counters))
        const records = new Map(journal.map(({ position, record }) => [position, record]))
        expect(faultsOfAnswers(committed, records)).toEqual([])
        const answered = committed.filter(([, { kind }]) => kind === 'committed')
        const recordsOf = ({ proposal }: CommitItem) => 1 + (proposal?.further?.length ?? 0)
        expect(journal).toHaveLength(answered.reduce((sum, [item]) => sum + recordsOf(item), 0))
      }),
      { numRuns: HISTORIES, interruptAfterTimeLimit: SHRINKING_MS },
    )
  })
})

/** A Redis for one law alone: a history that is interrupted may still be committing when the next law begins. */
async function processesOnOneRedis(): Promise<{ redis: Redis; ledgers: readonly RedisLedger[] } & AsyncDisposable> {
  const server = await RedisServer.start()
  const ledgers: RedisLedger[] = []
  for (let n = 0; n < PROCESSES; n++) {
    const ledger = new RedisLedger({ connect: server.connect, lanes: 1, connections: 2 })
    await ledger.start()
    ledgers.push(ledger)
  }
  return {
    redis: server.connect(),
    ledgers,
    async [Symbol.asyncDispose]() {
      for (const ledger of ledgers) await ledger.close()
      await server[Symbol.asyncDispose]()
    },
  }
}

/** Commits an action; adds what stands then, so that later actions can take it back. */
async function commitOne(
  ledger: Pick<RedisLedger, 'commit'>,
  action: Action,
  standing: Standing[],
): Promise<Committed | undefined> {
  const item = itemOf(action, standing)
  if (!item) return undefined
  const [outcome] = await ledger.commit([item])
  if (!outcome) throw new Error('A commit ended without an outcome')
  if (outcome.kind === 'committed' && item.proposal) {
    const { record, further = [] } = outcome.otherwise ? (item.proposal.otherwise ?? item.proposal) : item.proposal
    for (const [n, each] of [record, ...further].entries()) {
      const position = { ...outcome.position, sequence: outcome.position.sequence + n }
      if (each.kind === 'transaction') standing.push({ position, transaction: each.transaction })
    }
  }
  return [item, outcome]
}

/** Every caller takes the next action of the history when its last one is answered. */
async function commitAtOnce(ledgers: readonly RedisLedger[], history: readonly Action[]): Promise<readonly Committed[]> {
  const committed: Committed[] = []
  const standing: Standing[] = []
  let next = 0
  const caller = async (ledger: RedisLedger): Promise<void> => {
    for (let action = history[next++]; action; action = history[next++]) {
      const end = await commitOne(ledger, action, standing)
      if (end) committed.push(end)
    }
  }
  const callers = Array.from({ length: CALLERS_PER_PROCESS }, () => ledgers).flat()
  await Promise.all(callers.map(caller))
  return committed
}

/** What an answer says and the journal does not: tickets that are not there, a request that was answered in two ways. */
function faultsOfAnswers(committed: readonly Committed[], records: ReadonlyMap<string, JournalRecord>): readonly string[] {
  const faults: string[] = []
  const firsts = new Map<string, string>()
  for (const [item, outcome] of committed) {
    if (outcome.kind === 'committed' && !outcome.otherwise) faults.push(...scattered(item, outcome.position, records))
    if (!item.request || outcome.kind === 'conflict') continue
    const answer = JSON.stringify(outcome.kind === 'replayed' ? outcome.outcome : outcome)
    const request = `${item.request.id}.${item.request.fingerprint}`
    const first = firsts.get(request) ?? answer
    firsts.set(request, first)
    if (first !== answer) faults.push(`${request} was answered ${first} and ${answer}`)
  }
  return faults
}

/** What ledgers agree on: all but the position, which is the clock's. */
function essence(outcome: CommitOutcome): unknown {
  if (outcome.kind === 'committed') return { kind: outcome.kind, values: outcome.values, otherwise: outcome.otherwise }
  return outcome.kind === 'replayed' ? { ...outcome, outcome: essence(outcome.outcome) } : outcome
}

function transactionOf(record: JournalRecord): unknown {
  return record.kind === 'void' || record.kind === 'transaction' ? [record.kind, record.transaction] : record
}

async function journalled(redis: Redis): Promise<readonly Journalled[]> {
  return (await journalOf(redis)).map(({ position, text }) => ({ position, record: decodeRecord(text) }))
}

async function countersIn(redis: Redis, names: ReadonlyMap<string, number>): Promise<ReadonlyMap<string, number>> {
  const values = new Map<string, number>()
  for (const name of names.keys()) {
    const [owner = '', counter = '', period = ''] = name.split(' ')
    values.set(name, await counterOf(redis, 1, { counter, owner: Number(owner), period }))
  }
  return values
}
