import { expect, test } from 'vitest'
import { Gathering } from '../../../src/server/storage/gathering.ts'

const doubling = (reads: (readonly number[])[], questionsMax = 10) =>
  new Gathering<number, number>(async (questions) => {
    reads.push(questions)
    if (questions.includes(13)) throw new Error('no thirteen')
    return questions.map((question) => question * 2)
  }, questionsMax)

test('what is asked in one turn is one read, also by who waited for something else first, and everybody gets the own answer', async () => {
  const reads: (readonly number[])[] = []
  const gathering = doubling(reads)
  const later = Promise.resolve().then(() => gathering.ask(3))
  expect(await Promise.all([gathering.ask(1), gathering.ask(2), later])).toEqual([2, 4, 6])
  expect(await gathering.ask(4)).toBe(8)
  expect(reads).toEqual([[1, 2, 3], [4]])
})

test('no read has more questions than it may', async () => {
  const reads: (readonly number[])[] = []
  const gathering = doubling(reads, 2)
  expect(await Promise.all([1, 2, 3].map((question) => gathering.ask(question)))).toEqual([2, 4, 6])
  expect(reads).toEqual([[1, 2], [3]])
})

test('a read that fails fails for everybody in it, and for nobody after it', async () => {
  const gathering = doubling([])
  const [one, other] = await Promise.allSettled([gathering.ask(13), gathering.ask(1)])
  expect([one.status, other.status]).toEqual(['rejected', 'rejected'])
  expect(await gathering.ask(1)).toBe(2)
})

test('an answer that is missing is a fault, and nobody waits for ever', async () => {
  const gathering = new Gathering<number, number>(async () => [], 10)
  await expect(gathering.ask(1)).rejects.toThrow('fewer answers')
})
