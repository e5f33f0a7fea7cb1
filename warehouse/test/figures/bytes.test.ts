import { formsOf } from '@zuil/core'
import { drainPending, Session } from 'chdb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { temporaryFolder } from '../fresh-warehouse.ts'

/** A number of people that must not be shown; it stands in no file for another reason. */
const SECRET_COUNT = 76_543
const LIMIT = 100_000

describe('Attack 9: bytes of files', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>
  let session: Session

  beforeAll(async () => {
    folder = await temporaryFolder()
    session = new Session(folder.path)
    await session.queryAsync('CREATE DATABASE test')
    await session.queryAsync('CREATE TABLE test.cells (place String, n Int32) ENGINE = MergeTree ORDER BY place')
    await session.queryAsync(`INSERT INTO test.cells VALUES ('a', ${SECRET_COUNT}), ('b', 200000)`)
  })

  afterAll(async () => {
    session.close()
    await drainPending()
    await folder[Symbol.asyncDispose]()
  })

  const NAIVE = `SELECT place, if(n < ${LIMIT}, NULL, n) AS people FROM test.cells ORDER BY place`
  const ZEROED = `SELECT place, if(n < ${LIMIT}, 0, n) AS people, n < ${LIMIT} AS withheld FROM test.cells ORDER BY place`

  it('finds the true number under a NULL in Arrow: hiding by NULL does not hide', async () => {
    expect(formsOf(await bytesOf(NAIVE, 'Arrow'), SECRET_COUNT)).toContain('int32')
    expect(formsOf(await bytesOf(NAIVE, 'ArrowStream'), SECRET_COUNT)).toContain('int32')
  })

  it('finds it as text in CSV when nothing hides it, and nowhere when it was replaced by 0', async () => {
    expect(formsOf(await bytesOf('SELECT * FROM test.cells', 'CSV'), SECRET_COUNT)).toEqual(['text'])
    for (const format of ['Arrow', 'ArrowStream', 'Parquet', 'CSV', 'JSONEachRow'])
      expect(formsOf(await bytesOf(ZEROED, format), SECRET_COUNT), format).toEqual([])
  })

  it('takes no part of a longer number for the number', () => {
    const bytes = (text: string) => new TextEncoder().encode(text)
    expect(formsOf(bytes('176543,765431'), SECRET_COUNT)).toEqual([])
    expect(formsOf(bytes('{"people":76543}'), SECRET_COUNT)).toEqual(['text'])
    expect(formsOf(new Uint8Array(new Float64Array([SECRET_COUNT]).buffer), SECRET_COUNT)).toEqual(['double'])
  })

  async function bytesOf(sql: string, format: string): Promise<Uint8Array> {
    const result = await session.queryAsync(`${sql} FORMAT ${format}`)
    return result.bytes()
  }
})
