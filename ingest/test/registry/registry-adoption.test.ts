import { laneKeys } from '@zuil/core/contracts/redis-keys'
import { describe, expect, test } from 'vitest'
import { RegistryAdoption } from '../../src/registry/registry-adoption.ts'
import { hasRedis, RedisServer } from '../redis-server.ts'
import { aPassholder, EVENT, GHENT, type Opened, ORGANIZER, openRegistry, passholders, SECRETS } from './builders.ts'

const EVENT_ID = '5a0967f9-cc06-4c3c-9206-30481a767434'

function adoptionOf({ redis, registry }: Opened): RegistryAdoption {
  return new RegistryAdoption({ redis, lanes: 1, secrets: SECRETS, registry, now: () => 1_000 })
}

describe.skipIf(!hasRedis)('the registry of a history that was made elsewhere', () => {
  test('has the numbers of the history, whatever is put first, and the journal is told nothing', async () => {
    await using server = await RedisServer.start()
    await using opened = await openRegistry(server)
    const adoption = adoptionOf(opened)
    const [first, second] = passholders(2)
    const names = [{ name: 'holder-0000000000' }, { name: 'holder-0000000001' }]
    await adoption.number('holders', names, 1)
    // the second holder lost a card, which another got before the new one was given out
    await adoption.number(
      'cards',
      [
        { name: '0900000000011', owner: 2 },
        { name: '0900000000000', owner: 1 },
      ],
      1,
    )
    await adoption.number('cards', [{ name: '0900000000001', owner: 2 }], 3)
    await adoption.number('events', [{ name: 'gone' }, { name: EVENT_ID }], 1)
    await adoption.put('municipalities', [GHENT])
    await adoption.put('organizers', [ORGANIZER])
    expect(await adoption.put('events', [EVENT])).toEqual([{ index: 0, ok: true, changed: true }])
    expect(await adoption.put('passholders', [second, first])).toMatchObject([{ ok: true }, { ok: true }])

    const { registry, redis } = opened
    await registry.refresh(0)
    expect(registry.event(EVENT_ID)?.number).toBe(2)
    expect(registry.byUitpasNumber('0900000000000')).toMatchObject({ holder: { number: 1 }, card: { number: 2 } })
    expect(registry.byUitpasNumber('0900000000001')).toMatchObject({ holder: { number: 2 }, card: { number: 3 } })
    expect(await redis.xlen(laneKeys(0).journal)).toBe(0)
  })

  test('begins no membership: who changes later is granted nothing as a new member', async () => {
    await using server = await RedisServer.start()
    await using opened = await openRegistry(server)
    const { store } = opened
    await adoptionOf(opened).put('passholders', [aPassholder()])
    const joined: unknown[] = []
    await store.put('passholders', [aPassholder({ firstName: 'Anna' })], async (members) => {
      joined.push(...members.map((member) => member.joined))
    })
    expect(joined).toEqual([[]])
  })

  test('is refused where somebody else has its numbers, and changes nothing the second time', async () => {
    await using server = await RedisServer.start()
    await using opened = await openRegistry(server)
    const adoption = adoptionOf(opened)
    const names = [{ name: 'holder-0000000000' }, { name: 'holder-0000000001' }]
    await adoption.number('holders', names, 1)
    await adoption.put('passholders', passholders(2))
    await adoption.number('holders', names, 1)
    expect(await adoption.put('passholders', passholders(2))).toMatchObject([{ changed: false }, { changed: false }])
    await expect(adoption.number('holders', names.toReversed(), 1)).rejects.toMatchObject({ code: 'numbers-taken' })
    await expect(adoption.number('cards', [{ name: '0900000000000', owner: 9 }], 1)).rejects.toMatchObject({
      code: 'numbers-taken',
    })
  })
})
