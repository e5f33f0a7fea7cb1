import { dataTokenText } from '@zuil/core/registry/data-token'
import { describe, expect, test } from 'vitest'
import { DataTokenBook } from '../../src/registry/data-token-book.ts'
import { hasRedis, RedisServer } from '../redis-server.ts'
import { openRegistry, SECRETS } from './builders.ts'

const SECRET = 'abcdefghijklmnopqrstuvwxyz234567'
const TOKEN = { id: 'powerbi00001', account: { id: 'uitid|amina' }, name: 'Power BI', secret: SECRET }
const TODAY = '2026-11-21'

describe.skipIf(!hasRedis)('tokens of the data API', () => {
  test('are found by their whole text only, and nothing of them is readable', async () => {
    await using server = await RedisServer.start()
    await using opened = await openRegistry(server)
    const book = new DataTokenBook(opened.redis, SECRETS)
    expect(await opened.store.put('data-tokens', [TOKEN])).toMatchObject([{ ok: true, changed: true }])
    expect(await opened.store.put('data-tokens', [TOKEN])).toMatchObject([{ ok: true, changed: false }])
    expect(await book.bearing(dataTokenText(TOKEN), TODAY)).toMatchObject({ id: TOKEN.id, account: 'uitid|amina' })
    for (const text of [
      '',
      SECRET,
      dataTokenText({ ...TOKEN, secret: SECRET.replace('a', 'b') }),
      dataTokenText({ ...TOKEN, id: 'powerbi00002' }),
      `${dataTokenText(TOKEN)}x`,
      dataTokenText(TOKEN).toUpperCase(),
    ]) {
      expect(await book.bearing(text, TODAY)).toBeUndefined()
    }
    const text = JSON.stringify(await opened.redis.hgetall('zuil:{0}:entities:data-tokens'))
    for (const secret of ['uitid|amina', SECRET, 'Power BI']) expect(text).not.toContain(secret)
  })

  test('end on their last day, or when they are put without their secret', async () => {
    await using server = await RedisServer.start()
    await using opened = await openRegistry(server)
    const book = new DataTokenBook(opened.redis, SECRETS)
    await opened.store.put('data-tokens', [{ ...TOKEN, expiresOn: TODAY }])
    expect(await book.bearing(dataTokenText(TOKEN), TODAY)).toBeDefined()
    expect(await book.bearing(dataTokenText(TOKEN), '2026-11-22')).toBeUndefined()
    const { secret: _secret, ...revoked } = TOKEN
    await opened.store.put('data-tokens', [revoked])
    expect(await book.bearing(dataTokenText(TOKEN), TODAY)).toBeUndefined()
    expect((await book.all()).map(({ id, secretHash }) => [id, secretHash])).toEqual([[TOKEN.id, '']])
  })

  test.each([
    ['a short secret', { ...TOKEN, secret: 'abc' }],
    ['an id of other characters', { ...TOKEN, id: 'Power BI 001' }],
    ['a role nobody knows', { ...TOKEN, roles: [{ role: 'king' }] }],
    ['no account', { ...TOKEN, account: undefined }],
  ])('with %s are refused', async (_what, token) => {
    await using server = await RedisServer.start()
    await using opened = await openRegistry(server)
    expect(await opened.store.put('data-tokens', [token])).toMatchObject([{ ok: false }])
  })
})
