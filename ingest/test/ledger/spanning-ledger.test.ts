import { type CommitItem, type Guard, type Transaction, voidTransaction } from '@zuil/core'
import { laneKeys } from '@zuil/core/contracts/redis-keys'
import { decodeReservation } from '@zuil/core/contracts/reservation'
import { describe, expect, test } from 'vitest'
import { ReservationSweeper } from '../../src/ledger/reservation-sweeper.ts'
import { hasRedis, RedisServer } from '../redis-server.ts'
import { TcpProxy } from '../tcp-proxy.ts'
import { until } from '../until.ts'
import { anItem, aProposal, aTransaction } from './builders.ts'
import { LANES, ThreeLanes } from './three-lanes.ts'

/** In lanes 0, 1 and 2. */
const [ANNA, BERT, CARO] = [12, 13, 14]
/** A reward in lane 2. */
const REWARD = 5
const STOCK: Guard = { counter: 'stock', owner: REWARD, period: '', add: 1 }

function points(owner: number, add: number): Guard {
  return { counter: 'points', owner, period: '', add, ...(add < 0 && { atLeast: 0 }) }
}

function limit(owner: number, atMost: number): Guard {
  return { counter: 'sales/1', owner, period: '2026-W47', add: 1, atMost, expiresAt: 4_000_000_000_000 }
}

/** A redemption for two points of a reward with so many units. */
function redemption(holder: number, unitsMax: number): Transaction & { readonly item: CommitItem } {
  const exchange = {
    ...{ reward: 'a', tariff: '', label: '', regularPrice: 0, price: 0, organizerShare: 0 },
    ...{ localGovernmentShare: 0, flemishGovernmentShare: 0, distributionKey: 0 },
    ...{ rewardNumber: REWARD, takes: ['~stock ABSOLUTE'] as const },
  }
  const transaction = aTransaction({ kind: 'REDEMPTION', holder, points: -2, limitPeriod: '', exchange })
  const guards = [{ ...STOCK, atMost: unitsMax }, points(holder, -2)]
  const item = anItem({ owner: holder, proposal: { guards, record: { kind: 'transaction', transaction } } })
  return { ...transaction, item }
}

async function give(lanes: ThreeLanes, owner: number, add: number): Promise<void> {
  await lanes.commitOne(anItem({ owner, proposal: aProposal([points(owner, add)]) }))
}

async function read(lanes: ThreeLanes, ...counters: readonly Guard[]): Promise<readonly number[]> {
  return await lanes.counters.read(counters)
}

describe.skipIf(!hasRedis)('a ledger of three lanes', () => {
  test('takes units of a reward in one lane for holders of every lane', async () => {
    await using lanes = await ThreeLanes.start()
    for (const holder of [ANNA, BERT, CARO]) await give(lanes, holder, 5)
    const outcomes = []
    for (const holder of [ANNA, BERT, CARO]) outcomes.push(await lanes.commitOne(redemption(holder, 2).item))
    expect(outcomes).toMatchObject([
      { kind: 'committed', values: [1, 3], position: { lane: 0 } },
      { kind: 'committed', values: [2, 3], position: { lane: 1 } },
      { kind: 'failed', index: 0, value: 2 },
    ])
    expect(await read(lanes, STOCK, points(ANNA, 0), points(CARO, 0))).toEqual([2, 3, 5])
    expect([await lanes.reserved(), await lanes.marks()]).toEqual([0, 0])
  })

  test('gives a unit back when the holder has no points for it, and says which guard failed', async () => {
    await using lanes = await ThreeLanes.start()
    await give(lanes, ANNA, 1)
    expect(await lanes.commitOne(redemption(ANNA, 2).item)).toEqual({ kind: 'failed', index: 1, value: 1 })
    expect(await read(lanes, STOCK, points(ANNA, 0))).toEqual([0, 1])
    expect([await lanes.reserved(), await lanes.journals()]).toEqual([0, [1, 0, 0]])
  })

  test('names the first guard that fails, in whatever lane it is counted', async () => {
    await using lanes = await ThreeLanes.start()
    const guards = [points(ANNA, -1), { ...STOCK, atMost: 0 }, points(BERT, -1)]
    expect(await lanes.commitOne(anItem({ owner: ANNA, proposal: aProposal(guards) }))).toEqual({
      kind: 'failed',
      index: 0,
      value: 0,
    })
    await give(lanes, ANNA, 1)
    expect(await lanes.commitOne(anItem({ owner: ANNA, proposal: aProposal(guards) }))).toEqual({
      kind: 'failed',
      index: 1,
      value: 0,
    })
    expect(await read(lanes, STOCK, points(ANNA, 0), points(BERT, 0))).toEqual([0, 1, 0])
  })

  test('journals an array of tickets of holders of several lanes whole, or not at all when one is refused', async () => {
    await using lanes = await ThreeLanes.start()
    const tickets = (last: number): CommitItem => {
      const transactions = [ANNA, BERT, CARO].map((holder) => aTransaction({ kind: 'TICKET_SALE', holder, points: 0 }))
      const records = transactions.map((transaction) => ({ kind: 'transaction', transaction }) as const)
      const guards = [limit(ANNA, 1), limit(BERT, 1), limit(CARO, last)]
      return anItem({
        owner: ANNA,
        proposal: { ...aProposal(guards), record: records[0] ?? aProposal().record, further: records.slice(1) },
      })
    }
    expect(await lanes.commitOne(tickets(0))).toEqual({ kind: 'failed', index: 2, value: 0 })
    expect([await read(lanes, limit(ANNA, 1), limit(BERT, 1), limit(CARO, 1)), await lanes.journals()]).toEqual([
      [0, 0, 0],
      [0, 0, 0],
    ])
    expect(await lanes.commitOne(tickets(1))).toMatchObject({ kind: 'committed', values: [1, 1, 1] })
    expect([await read(lanes, limit(ANNA, 1), limit(BERT, 1), limit(CARO, 1)), await lanes.journals()]).toEqual([
      [1, 1, 1],
      [3, 0, 0],
    ])
    expect(await lanes.commitOne(tickets(1))).toEqual({ kind: 'failed', index: 0, value: 1 })
    expect(await lanes.reserved()).toBe(0)
  })

  test('answers a request that comes again as the first time, acceptance and refusal, and takes nothing for it', async () => {
    await using lanes = await ThreeLanes.start()
    for (const holder of [ANNA, BERT]) await give(lanes, holder, 9)
    const keyed = (holder: number, id: string) => ({
      ...redemption(holder, 1).item,
      request: { id, fingerprint: '01' },
      answer: 'it is\n{"ok":1}',
    })
    const first = await lanes.commitOne(keyed(ANNA, 'aa'))
    expect(first).toMatchObject({ kind: 'committed', values: [1, 7] })
    expect(await lanes.commitOne(keyed(ANNA, 'aa'))).toEqual({ kind: 'replayed', outcome: first, answer: 'it is\n{"ok":1}' })
    const refused = await lanes.commitOne(keyed(BERT, 'bb'))
    expect(refused).toEqual({ kind: 'failed', index: 0, value: 1 })
    expect(await lanes.commitOne(keyed(BERT, 'bb'))).toEqual({ kind: 'replayed', outcome: refused, answer: 'it is\n{"ok":1}' })
    const other = { ...keyed(ANNA, 'aa'), request: { id: 'aa', fingerprint: '02' } }
    expect(await lanes.commitOne(other)).toEqual({ kind: 'conflict' })
    const { proposal: _none, ...remembered } = keyed(ANNA, 'aa')
    expect(await lanes.commitOne(remembered)).toEqual({ kind: 'replayed', outcome: first, answer: 'it is\n{"ok":1}' })
    expect([await read(lanes, STOCK), await lanes.reserved()]).toEqual([[1], 0])
  })

  test('asks each lane whether the registry moved on there, also where nothing is counted', async () => {
    await using lanes = await ThreeLanes.start()
    await lanes.redis.multi().set('zuil:{1}:registry-version', 3).zadd('zuil:{1}:changed', 3, `holder/${BERT}`).exec()
    const sale = (registryVersion: number) =>
      anItem({
        owner: ANNA,
        proposal: aProposal([limit(ANNA, 9), { ...STOCK, atMost: 9 }]),
        entities: [`holder/${ANNA}`, `holder/${BERT}`],
        furtherVersions: [{ lane: 1, registryVersion }],
      })
    expect(await lanes.commitOne(sale(2))).toEqual({ kind: 'stale' })
    expect([await read(lanes, STOCK), await lanes.reserved()]).toEqual([[0], 0])
    expect(await lanes.commitOne(sale(3))).toMatchObject({ kind: 'committed', values: [1, 1] })
  })

  test('stands before one that refuses what needs more than a lane', async () => {
    await using lanes = await ThreeLanes.start()
    await expect(lanes.mortal.commit([redemption(ANNA, 1).item])).rejects.toThrow(RangeError)
    const sale = anItem({ owner: ANNA, furtherVersions: [{ lane: 1, registryVersion: 0 }] })
    await expect(lanes.mortal.commit([sale])).rejects.toThrow(RangeError)
    expect(await lanes.journals()).toEqual([0, 0, 0])
  })

  test('refuses a fact that counts for somebody of another lane', async () => {
    await using lanes = await ThreeLanes.start()
    const proposal = aProposal([points(BERT, 1)], { otherwise: aProposal([]) })
    await expect(lanes.ledger.commit([anItem({ owner: ANNA, proposal })])).rejects.toThrow(RangeError)
  })
})

describe.skipIf(!hasRedis)('a hot reward', () => {
  test('is given out to its last unit and never beyond, whoever comes at once from whatever lane', async () => {
    await using lanes = await ThreeLanes.start()
    const [holders, units] = [600, 200]
    await Promise.all(Array.from({ length: holders }, (_, index) => give(lanes, 100 + index, 2)))
    const outcomes = await Promise.all(
      Array.from({ length: holders }, (_, index) => lanes.commitOne(redemption(100 + index, units).item)),
    )
    expect(outcomes.filter(({ kind }) => kind === 'committed')).toHaveLength(units)
    expect(outcomes.filter((outcome) => outcome.kind === 'failed' && outcome.index === 0)).toHaveLength(holders - units)
    expect([await read(lanes, STOCK), await lanes.reserved(), await lanes.marks()]).toEqual([[units], 0, 0])
    const balances = await read(lanes, ...Array.from({ length: holders }, (_, index) => points(100 + index, 0)))
    expect(balances.reduce((sum, balance) => sum + balance, 0)).toBe(2 * (holders - units))
  })
})

describe.skipIf(!hasRedis)('voiding over lanes', () => {
  test('gives points back in one lane and the unit in another, once', async () => {
    await using lanes = await ThreeLanes.start()
    await give(lanes, ANNA, 5)
    const { item, ...transaction } = redemption(ANNA, 1)
    const sold = await lanes.commitOne(item)
    if (sold.kind !== 'committed') throw new Error(sold.kind)
    const taken = anItem({ owner: ANNA, proposal: voidTransaction(sold.position, transaction) })
    const voids = await Promise.all([lanes.commitOne(taken), lanes.commitOne(taken), lanes.commitOne(taken)])
    expect(voids.map(({ kind }) => kind).sort()).toEqual(['committed', 'failed', 'failed'])
    expect([await read(lanes, STOCK, points(ANNA, 0)), await lanes.reserved()]).toEqual([[0, 5], 0])
    await give(lanes, CARO, 2)
    expect(await lanes.commitOne(redemption(CARO, 1).item)).toMatchObject({ kind: 'committed', values: [1, 0] })
  })

  test('is answered when what it gives back shows', async () => {
    await using lanes = await ThreeLanes.start()
    await give(lanes, ANNA, 2)
    const { item, ...transaction } = redemption(ANNA, 1)
    const sold = await lanes.commitOne(item)
    if (sold.kind !== 'committed') throw new Error(sold.kind)
    await lanes.ledger.settled()
    let isEnded = false
    const end = lanes.store.end.bind(lanes.store)
    lanes.store.end = async (...call) => {
      isEnded = await end(...call)
      return isEnded
    }
    await lanes.commitOne(anItem({ owner: ANNA, proposal: voidTransaction(sold.position, transaction) }))
    expect(isEnded).toBe(true)
  })

  test('of a ticket that stands in the lane of somebody else gives its limit back, once', async () => {
    await using lanes = await ThreeLanes.start()
    const sale = aTransaction({ kind: 'TICKET_SALE', holder: BERT, points: 0, eventNumber: 1 })
    const guards = [{ ...limit(BERT, 1), counter: 'checkins/1' }]
    const record = { kind: 'transaction', transaction: sale } as const
    const sold = await lanes.commitOne(anItem({ owner: ANNA, proposal: { guards, record } }))
    if (sold.kind !== 'committed') throw new Error(sold.kind)
    const taken = anItem({ owner: sold.position.lane, proposal: voidTransaction(sold.position, sale) })
    const voids = await Promise.all([lanes.commitOne(taken), lanes.commitOne(taken)])
    expect(voids.map(({ kind }) => kind).sort()).toEqual(['committed', 'failed'])
    expect([await read(lanes, ...guards), await lanes.journals(), await lanes.reserved()]).toEqual([[0], [2, 0, 0], 0])
  })
})

describe.skipIf(!hasRedis)('what a crash leaves over lanes', () => {
  test('between reservation and commit is given back, and the request can be made again', async () => {
    await using lanes = await ThreeLanes.start()
    await give(lanes, ANNA, 2)
    const item = { ...redemption(ANNA, 1).item, request: { id: 'aa', fingerprint: '01' }, answer: 'yes' }
    lanes.mortal.dies = 'before a commit'
    await expect(lanes.ledger.commit([item])).rejects.toThrow('died')
    expect([await read(lanes, STOCK), await lanes.reserved()]).toEqual([[1], 1])
    lanes.mortal.dies = 'never'
    await give(lanes, CARO, 2)
    expect(await lanes.commitOne(redemption(CARO, 1).item)).toMatchObject({ kind: 'failed', index: 0 })
    expect(await lanes.sweeper.sweep()).toEqual({ settled: 0, released: 1, unknown: 0 })
    expect([await read(lanes, STOCK), await lanes.reserved()]).toEqual([[0], 0])
    expect(await lanes.commitOne(item)).toMatchObject({ kind: 'committed', values: [1, 0] })
  })

  test('between commit and settling is settled, also when a void gave the unit back', async () => {
    await using lanes = await ThreeLanes.start()
    await give(lanes, ANNA, 2)
    const { item, ...transaction } = redemption(ANNA, 1)
    const keyed = { ...item, request: { id: 'aa', fingerprint: '01' }, answer: 'yes' }
    lanes.mortal.dies = 'after a commit'
    await expect(lanes.ledger.commit([keyed])).rejects.toThrow('died')
    lanes.mortal.dies = 'never'
    expect(await lanes.sweeper.sweep()).toEqual({ settled: 1, released: 0, unknown: 0 })
    expect(await read(lanes, STOCK, points(ANNA, 0))).toEqual([1, 0])
    const again = await lanes.commitOne(keyed)
    if (again.kind !== 'replayed' || again.outcome.kind !== 'committed') throw new Error(again.kind)
    lanes.mortal.dies = 'after a commit'
    const taken = anItem({ owner: ANNA, proposal: voidTransaction(again.outcome.position, transaction) })
    await expect(lanes.ledger.commit([taken])).rejects.toThrow('died')
    lanes.mortal.dies = 'never'
    expect([await read(lanes, STOCK, points(ANNA, 0)), await lanes.reserved()]).toEqual([[1, 2], 1])
    expect(await lanes.sweeper.sweep()).toEqual({ settled: 1, released: 0, unknown: 0 })
    expect([await read(lanes, STOCK), await lanes.reserved()]).toEqual([[0], 0])
    expect(await lanes.sweeper.sweep()).toEqual({ settled: 0, released: 0, unknown: 0 })
    expect(await lanes.commitOne(taken)).toMatchObject({ kind: 'failed' })
    expect(await read(lanes, STOCK)).toEqual([0])
  })

  test('gives nothing back of a void that was never committed', async () => {
    await using lanes = await ThreeLanes.start()
    await give(lanes, ANNA, 2)
    const { item, ...transaction } = redemption(ANNA, 1)
    const sold = await lanes.commitOne(item)
    if (sold.kind !== 'committed') throw new Error(sold.kind)
    lanes.mortal.dies = 'before a commit'
    const taken = anItem({ owner: ANNA, proposal: voidTransaction(sold.position, transaction) })
    await expect(lanes.ledger.commit([taken])).rejects.toThrow('died')
    expect(await read(lanes, STOCK)).toEqual([1])
    await lanes.sweeper.sweep()
    expect([await read(lanes, STOCK, points(ANNA, 0)), await lanes.reserved()]).toEqual([[1, 0], 0])
  })

  test('is given back also when the one who swept died after the decision', async () => {
    await using lanes = await ThreeLanes.start()
    await give(lanes, ANNA, 2)
    lanes.mortal.dies = 'before a commit'
    await expect(lanes.ledger.commit([redemption(ANNA, 1).item])).rejects.toThrow('died')
    const [text = ''] = await lanes.redis.hvals(laneKeys(2).reserved)
    const reservation = decodeReservation(text)
    if (!reservation) throw new Error(text)
    expect(await lanes.store.isCommitted(reservation.mark)).toBe(false)
    expect(await lanes.sweeper.sweep()).toEqual({ settled: 0, released: 1, unknown: 0 })
    expect(await read(lanes, STOCK)).toEqual([0])
  })

  test('a commit that comes after its reservation was given back fails, and does not stand in the way of the next', async () => {
    await using lanes = await ThreeLanes.start()
    await give(lanes, ANNA, 2)
    const item = { ...redemption(ANNA, 1).item, request: { id: 'aa', fingerprint: '01' }, answer: 'yes' }
    const commit = lanes.mortal.commit.bind(lanes.mortal)
    lanes.mortal.commit = async (items) => {
      lanes.mortal.commit = commit
      await lanes.sweeper.sweep()
      return await commit(items)
    }
    await expect(lanes.ledger.commit([item])).rejects.toMatchObject({ code: 'unavailable' })
    expect([await read(lanes, STOCK, points(ANNA, 0)), await lanes.journals()]).toEqual([
      [0, 2],
      [1, 0, 0],
    ])
    expect(await lanes.commitOne(item)).toMatchObject({ kind: 'committed', values: [1, 0] })
  })

  test('a late commit whose answer nobody heard does not stand in the way either', async () => {
    await using lanes = await ThreeLanes.start()
    await give(lanes, ANNA, 2)
    const item = { ...redemption(ANNA, 1).item, request: { id: 'aa', fingerprint: '01' }, answer: 'yes' }
    const commit = lanes.mortal.commit.bind(lanes.mortal)
    lanes.mortal.commit = async (items) => {
      lanes.mortal.commit = commit
      await lanes.sweeper.sweep()
      await commit(items)
      throw new Error('nobody heard it')
    }
    await expect(lanes.ledger.commit([item])).rejects.toThrow('nobody heard it')
    await expect(lanes.ledger.commit([item])).rejects.toMatchObject({ code: 'unavailable' })
    expect(await lanes.commitOne(item)).toMatchObject({ kind: 'committed', values: [1, 0] })
    expect([await read(lanes, STOCK, points(ANNA, 0)), await lanes.reserved()]).toEqual([[1, 0], 0])
  })

  test('a reservation whose reply was lost is given back', async () => {
    const server = await RedisServer.start()
    await using proxy = await TcpProxy.start(server.port)
    await using lanes = await ThreeLanes.start(() => proxy.port, server)
    await give(lanes, ANNA, 2)
    proxy.dropNextReply()
    await expect(lanes.ledger.commit([redemption(ANNA, 1).item])).rejects.toMatchObject({ code: 'unavailable' })
    await until('the ledger is ready', () => lanes.ledger.health.ready)
    expect([await read(lanes, STOCK), await lanes.reserved()]).toEqual([[1], 1])
    expect(await lanes.sweeper.sweep()).toEqual({ settled: 0, released: 1, unknown: 0 })
    expect(await lanes.commitOne(redemption(ANNA, 1).item)).toMatchObject({ kind: 'committed' })
  })

  test('stays for a while, and for good when nobody can tell any more', async () => {
    await using lanes = await ThreeLanes.start()
    const patient = new ReservationSweeper({ store: lanes.store, lanes: LANES })
    lanes.mortal.dies = 'before a commit'
    await expect(lanes.ledger.commit([anItem({ owner: ANNA, proposal: aProposal([STOCK]) })])).rejects.toThrow('died')
    expect(await patient.sweep()).toEqual({ settled: 0, released: 0, unknown: 0 })
    expect(await lanes.sweeper.sweep()).toEqual({ settled: 0, released: 1, unknown: 0 })
    await lanes.redis.hset('zuil:{2}:reserved', 'aa', 'nonsense', 'bb', `${Date.now()} [0,"zuil:{0}:n:x:0","0:y",${Date.now()}]`)
    expect(await lanes.sweeper.sweep()).toEqual({ settled: 0, released: 0, unknown: 2 })
    expect(await lanes.reserved()).toBe(2)
  })
})
