import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { formatPosition } from '@zuil/core'
import { laneKeys } from '@zuil/core/contracts/redis-keys'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { PACK_RANGES, packName, rangeFileName } from '../src/archive/pack.ts'
import { type Archive, archiveEnds, openArchive, openDeadLetters, pipelineFolders, rebuildWarehouse } from '../src/index.ts'
import { packArchive } from '../src/jobs/pack-archive.ts'
import { createLaneStore } from '../src/redis/lane-store.ts'
import { Installation } from './fixtures/installation.ts'
import { addToCounter, checkin, checkins, ID_KEY, seedCounters } from './fixtures/journal.ts'
import { hasRedis } from './fixtures/redis-server.ts'

/** Ranges beside the pack, the last of which voids a check-in that stands in it. */
const MORE = 6
const RANGES = PACK_RANGES + MORE
/** Holder of the check-in that is voided. */
const VOIDED = 5

describe.skipIf(!hasRedis)('an archive of a thousand quiet ranges', () => {
  let installation: Installation
  let kept: string
  const lane = () => join(installation.folder, 'archive', '0')

  beforeAll(async () => {
    installation = await Installation.create()
    await freezeOneByOne(installation)
    const pipeline = await installation.start()
    await installation.untilLoaded(120_000)
    await pipeline.stop()
    kept = join(installation.folder, 'kept')
    mkdirSync(kept)
    for (const name of readdirSync(lane())) copyFileSync(join(lane(), name), join(kept, name))
  }, 180_000)
  afterAll(async () => await installation?.[Symbol.asyncDispose]())

  /** As it was before anything was packed. */
  function unpack(): void {
    rmSync(lane(), { recursive: true })
    mkdirSync(lane())
    for (const name of readdirSync(kept)) copyFileSync(join(kept, name), join(lane(), name))
  }

  /** What the job of the maintain queue does. */
  const pack = async () => {
    const store = createLaneStore(installation.redis)
    await packArchive({ store, archive: openArchive(pipelineFolders(installation.folder).archive) }, 1)({}, () => undefined)
  }

  const rebuild = async (archive: Archive = openArchive(pipelineFolders(installation.folder).archive)) => {
    await installation.closeWarehouse()
    rmSync(join(installation.folder, 'warehouse'), { recursive: true })
    const warehouse = await installation.warehouse()
    const deadLetters = openDeadLetters(pipelineFolders(installation.folder).deadLetters)
    return await rebuildWarehouse({ archive, deadLetters, warehouse, idKey: ID_KEY })
  }

  /** Everybody once, but for who was voided; and everything agrees, by content. */
  const expectWhole = async () => {
    const { findings, ranges } = await installation.reconcile()
    expect({ findings, ranges, holders: await installation.holders() }).toEqual({
      findings: [],
      ranges: RANGES,
      holders: HOLDERS,
    })
  }

  test('is packed by the job, and reconciled and rebuilt from the pack as from the files', async () => {
    unpack()
    await expectWhole()
    await pack()
    expect(readdirSync(lane())).toHaveLength(1 + 2 * MORE)
    await expectWhole()
    expect(await rebuild()).toMatchObject({ ranges: RANGES, isComplete: true })
    await expectWhole()
  }, 120_000)

  test.each([
    ['before the pack had its name', 1, false],
    ['among the files of a range', 500, true],
  ])(
    'loses and doubles nothing when packing died %s, and is packed by the next job',
    async (_, first, hasPack) => {
      unpack()
      await pack()
      // the files go in order, of each range the segment before the manifest
      for (let range = first; range <= PACK_RANGES; range++) {
        for (const file of range === first && hasPack ? (['.json'] as const) : (['.json', '.ndjson.zst'] as const)) {
          copyFileSync(join(kept, rangeFileName(range, file)), join(lane(), rangeFileName(range, file)))
        }
      }
      if (!hasPack) {
        rmSync(join(lane(), packName(1)))
        writeFileSync(join(lane(), `${packName(1)}.0123456789ab.unfinished`), '{"version":1,"first":1,')
      }
      expect(await rebuild()).toMatchObject({ ranges: RANGES, isComplete: true })
      await pack()
      expect(existsSync(join(lane(), rangeFileName(PACK_RANGES, '.json')))).toBe(false)
      await expectWhole()
    },
    120_000,
  )

  test('is rebuilt whole when it is packed while the rebuild reads', async () => {
    unpack()
    const archive = openArchive(pipelineFolders(installation.folder).archive)
    let isPacked = false
    const packedMeanwhile = new Proxy(archive, {
      get(target, name: keyof Archive) {
        if (name !== 'rows') return typeof target[name] === 'function' ? target[name].bind(target) : target[name]
        return async (of: number, range: number) => {
          if (range === 600 && !isPacked) {
            await pack()
            isPacked = true
          }
          return await target.rows(of, range)
        }
      },
    })
    expect(await rebuild(packedMeanwhile)).toMatchObject({ ranges: RANGES, isComplete: true })
    expect([isPacked, existsSync(join(lane(), rangeFileName(600, '.json')))]).toEqual([true, false])
    await expectWhole()
  }, 120_000)

  test('says where a Redis that was lost goes on, also when the last range stands in a pack', async () => {
    unpack()
    for (let range = PACK_RANGES + 1; range <= RANGES; range++) {
      for (const file of ['.json', '.ndjson.zst'] as const) rmSync(join(lane(), rangeFileName(range, file)))
    }
    await pack()
    const [end] = await archiveEnds(openArchive(pipelineFolders(installation.folder).archive), 1)
    await rebuild()
    expect(end?.range).toBe(PACK_RANGES)
    await installation.redis.flushall()
    const text = formatPosition(end?.position ?? { lane: 0, ms: 0, sequence: 0 })
    const keys = laneKeys(0)
    await installation.redis.mset(keys.sealed, text, keys.loaded, text, keys.range, PACK_RANGES, keys.loadedRange, PACK_RANGES)
    const everybody = checkins(PACK_RANGES + 1)
    await seedCounters(installation.redis, everybody)
    const pipeline = await installation.start()
    await installation.append(everybody.slice(PACK_RANGES))
    await installation.untilLoaded()
    await pipeline.stop()
    expect((await installation.reconcile()).findings).toEqual([])
    expect(await installation.holders()).toEqual(everybody.map((_, index) => index + 1))
  }, 120_000)
})

const HOLDERS = Array.from({ length: RANGES - 1 }, (_, index) => index + 1).filter((holder) => holder !== VOIDED)

/** A record a range, as on a quiet day: check-ins, and last the void of one of the first. */
async function freezeOneByOne(installation: Installation): Promise<void> {
  const { redis } = installation
  const records = checkins(RANGES - 1)
  await seedCounters(
    redis,
    records.filter((_, index) => index + 1 !== VOIDED),
  )
  const positions = await installation.append(records)
  const voided = positions[VOIDED - 1] ?? ''
  positions.push(
    ...(await installation.append([{ kind: 'void', position: voided, transaction: checkin({ holder: VOIDED, card: VOIDED }) }])),
  )
  await addToCounter(redis, 1, { counter: `voided/0.${voided}`, owner: VOIDED, period: '', add: 1 })
  const store = createLaneStore(redis)
  let sealed = '0-0'
  for (const position of positions) {
    await store.seal(0, sealed, { from: position, to: position, count: 1, sealedAt: Date.UTC(2026, 10, 21) })
    sealed = position
  }
}
