import { expect, test } from 'vitest'
import { FieldReader } from '../../src/registry/field-reader.ts'

/** A Redis that knows the fields of two hashes and notes what it is asked. */
function redisOf(hashes: Record<string, Record<string, string>>) {
  const asked: [string, number][] = []
  const hmget = async (key: string, ...fields: string[]) => {
    asked.push([key, fields.length])
    if (key === 'lost') throw new Error('away')
    return fields.map((field) => hashes[key]?.[field] ?? null)
  }
  // of Redis' commands it has this one, with fields as arguments
  return { asked, reader: new FieldReader({ hmget } as unknown as ConstructorParameters<typeof FieldReader>[0]) }
}

test('fields asked for in one turn are read together, each hash with its own command, and each gets its own', async () => {
  const { asked, reader } = redisOf({ a: { x: '1', y: '2' }, b: { x: '3' } })
  const read = [
    reader.read('a', 'x'),
    reader.read('b', 'x'),
    reader.read('a', 'none'),
    reader.read('a', 'y'),
    reader.read('c', 'x'),
  ]
  expect(await Promise.all(read)).toEqual(['1', '3', null, '2', null])
  expect(asked).toEqual([
    ['a', 3],
    ['b', 1],
    ['c', 1],
  ])
  expect(await reader.read('a', 'x')).toBe('1')
  expect(asked).toHaveLength(4)
})

test('many fields of one hash are read in commands of 256 at most', async () => {
  const { asked, reader } = redisOf({ a: Object.fromEntries(Array.from({ length: 600 }, (_, index) => [index, `v${index}`])) })
  const read = await Promise.all(Array.from({ length: 600 }, (_, index) => reader.read('a', String(index))))
  expect(read).toEqual(Array.from({ length: 600 }, (_, index) => `v${index}`))
  expect(asked).toEqual([
    ['a', 256],
    ['a', 256],
    ['a', 88],
  ])
})

test('where a command fails, those who asked in it are told, and nobody else', async () => {
  const { reader } = redisOf({ a: { x: '1' } })
  const [lost, found] = await Promise.allSettled([reader.read('lost', 'x'), reader.read('a', 'x')])
  expect(lost).toMatchObject({ status: 'rejected', reason: { message: 'away' } })
  expect(found).toEqual({ status: 'fulfilled', value: '1' })
})
