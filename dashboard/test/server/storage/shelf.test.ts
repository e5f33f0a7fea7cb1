import { expect, test } from 'vitest'
import { Shelf } from '../../../src/server/storage/shelf.ts'

const counting = () => {
  const read: string[] = []
  return {
    read,
    of: (name: string) => async () => {
      read.push(name)
      return name
    },
  }
}

test('what is here is not read again, nor what is being read', async () => {
  const { read, of } = counting()
  const shelf = new Shelf<string>({ weightMax: 10 })
  expect(await Promise.all([shelf.take('a', of('a')), shelf.take('a', of('a'))])).toEqual(['a', 'a'])
  await shelf.take('a', of('a'))
  expect(read).toEqual(['a'])
})

test('what was asked for longest ago goes first when it is too much', async () => {
  const { read, of } = counting()
  const shelf = new Shelf<string>({ weightMax: 6, weightOf: ({ length }) => length })
  for (const name of ['aaa', 'bbb', 'aaa', 'cc']) await shelf.take(name, of(name))
  expect([shelf.has('aaa'), shelf.has('bbb'), shelf.has('cc')]).toEqual([true, false, true])
  await shelf.take('heavier than all', of('heavier than all'))
  await shelf.take('aaa', of('aaa'))
  expect(read).toEqual(['aaa', 'bbb', 'cc', 'heavier than all', 'aaa'])
})

test('what may change is read again after its time', async () => {
  const { read, of } = counting()
  let now = 0
  const shelf = new Shelf<string>({ weightMax: 10, believed: { ageMaxMs: 100, clock: () => now } })
  await shelf.take('a', of('a'))
  now = 99
  await shelf.take('a', of('a'))
  expect(read).toHaveLength(1)
  now = 100
  await shelf.take('a', of('a'))
  expect(read).toHaveLength(2)
})

test('what is told longer than it is believed is read again once, behind whoever asks', async () => {
  let [now, reads] = [0, 0]
  let answer: ((text: string) => void) | undefined
  const read = () => {
    reads += 1
    return new Promise<string>((resolve) => {
      answer = resolve
    })
  }
  const shelf = new Shelf<string>({ weightMax: 10, believed: { ageMaxMs: 100, toldMaxMs: 1_000, clock: () => now } })
  const first = shelf.take('a', read)
  answer?.('old')
  await first
  now = 999
  expect([await shelf.take('a', read), await shelf.take('a', read), reads]).toEqual(['old', 'old', 2])
  answer?.('new')
  await expect.poll(() => shelf.take('a', read)).toBe('new')
  expect(reads).toBe(2)
  now = 2_000
  const last = shelf.take('a', read)
  answer?.('newest')
  expect([await last, reads]).toEqual(['newest', 3])
})

test('what cannot be read again behind somebody is told to who asks next', async () => {
  let now = 0
  const shelf = new Shelf<string>({ weightMax: 10, believed: { ageMaxMs: 100, toldMaxMs: 1_000, clock: () => now } })
  const away = async (): Promise<string> => {
    throw new Error('away')
  }
  await shelf.take('a', async () => 'a')
  now = 100
  expect(await shelf.take('a', away)).toBe('a')
  await expect(shelf.take('a', away)).rejects.toThrow('away')
})

test('a failure is told to all who wait, and not remembered', async () => {
  const shelf = new Shelf<string>({ weightMax: 10 })
  const away = async (): Promise<string> => {
    throw new Error('away')
  }
  const both = await Promise.allSettled([shelf.take('a', away), shelf.take('a', away)])
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect(await shelf.take('a', async () => 'back')).toBe('back')
})

test('what was forgotten is read again, also when it was being read', async () => {
  const { read, of } = counting()
  const shelf = new Shelf<string>({ weightMax: 10 })
  let give: (thing: string) => void = () => {}
  const early = shelf.take('a', () => new Promise((resolve) => (give = resolve)))
  shelf.forget('a')
  const late = shelf.take('a', of('a'))
  give('old')
  expect(await Promise.all([early, late, shelf.take('a', of('a'))])).toEqual(['old', 'a', 'a'])
  shelf.forget('a')
  expect(await shelf.take('a', of('a'))).toBe('a')
  expect(read).toEqual(['a', 'a'])
})
