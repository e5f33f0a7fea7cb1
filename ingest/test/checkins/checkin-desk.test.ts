import type { CommitItem, CommitOutcome } from '@zuil/core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CheckinDesk, type CheckinRequest } from '../../src/checkins/checkin-desk.ts'
import { IngestService } from '../ingest-service.ts'
import { hasRedis } from '../redis-server.ts'
import { AMINA, CLIENT, EVENT } from '../small-registry.ts'

/** Ends of a check-in that came alone and of one in a list: they are decided by different loops. */
const LOOPS = [
  ['alone', (desk: CheckinDesk, request: CheckinRequest) => desk.takeOne(request)],
  ['in a list', async (desk: CheckinDesk, request: CheckinRequest) => (await desk.take([request]))[0]],
] as const

describe.skipIf(!hasRedis)('a check-in under which the registry moves on', () => {
  let service: IngestService
  beforeAll(async () => {
    service = await IngestService.start()
  })
  afterAll(async () => await service?.[Symbol.asyncDispose]())

  test.each(LOOPS)('is decided again, %s', async (_name, take) => {
    const { desk, commits } = deskOf(service, 2)
    const end = await take(desk, requestOf(service))
    expect(end).toMatchObject({ kind: 'accepted', replayed: false, points: 1 })
    expect(commits).toEqual([1, 1, 1])
  })

  test.each(LOOPS)('is given up after six decisions, %s', async (_name, take) => {
    const { desk, commits } = deskOf(service, Number.POSITIVE_INFINITY)
    await expect(take(desk, requestOf(service))).rejects.toMatchObject({ name: 'LedgerError', code: 'overloaded' })
    expect(commits).toEqual([1, 1, 1, 1, 1, 1])
  })
})

/** A desk whose ledger finds so many decisions stale before it takes one. */
function deskOf({ services }: IngestService, staleRounds: number) {
  const commits: number[] = []
  const ledger = {
    health: services.ledger.health,
    async commit(items: readonly CommitItem[]): Promise<readonly CommitOutcome[]> {
      const outcome = commits.length < staleRounds ? STALE : COMMITTED
      commits.push(items.length)
      return items.map(() => outcome)
    },
  }
  return { desk: new CheckinDesk({ ...services, ledger }), commits }
}

const STALE: CommitOutcome = { kind: 'stale' }
const COMMITTED: CommitOutcome = {
  kind: 'committed',
  position: { lane: 0, ms: 1_763_800_000_000, sequence: 0 },
  values: [1, 1],
  otherwise: false,
}

function requestOf({ services: { registry } }: IngestService): CheckinRequest {
  const client = registry.client(CLIENT)
  if (!client) throw new Error('The small registry has no client')
  return { principal: { kind: 'client', client }, channel: 'COUNTER', eventId: EVENT, uitpasNumber: AMINA.number }
}
