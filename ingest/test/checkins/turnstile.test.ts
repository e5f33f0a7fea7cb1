import { describe, expect, test } from 'vitest'
import { Turnstile } from '../../src/checkins/turnstile.ts'

describe('a turnstile', () => {
  test('lets so many in at a time, the others in the order in which they came', async () => {
    const turnstile = new Turnstile(2)
    const ends = Array.from({ length: 4 }, () => Promise.withResolvers<void>())
    const begun: number[] = []
    const done = ends.map(({ promise }, index) =>
      turnstile.pass(() => {
        begun.push(index)
        return promise
      }),
    )
    expect(begun).toEqual([0, 1])
    ends[1]?.resolve()
    await done[1]
    expect(begun).toEqual([0, 1, 2])
    for (const { resolve } of ends) resolve()
    await Promise.all(done)
    expect(begun).toEqual([0, 1, 2, 3])
  })

  test('gives the place of one that failed to the next', async () => {
    const turnstile = new Turnstile(1)
    const failing = turnstile.pass(() => Promise.reject(new Error('no')))
    const next = turnstile.pass(() => Promise.resolve('yes'))
    await expect(failing).rejects.toThrow('no')
    expect(await next).toBe('yes')
  })
})
