import { describe, expect, it } from 'vitest'
import { Pool } from '../src/pool.ts'

describe('A pool', () => {
  it('lends each thing to one user at a time', async () => {
    const pool = new Pool(['a', 'b'], 10)
    const lent = new Map<string, number>()
    let most = 0
    const work = async (thing: string) => {
      lent.set(thing, (lent.get(thing) ?? 0) + 1)
      most = Math.max(most, ...lent.values())
      await Promise.resolve()
      lent.set(thing, (lent.get(thing) ?? 0) - 1)
    }
    await Promise.all(Array.from({ length: 12 }, () => pool.use(work)))
    expect(most).toBe(1)
  })

  it('serves who came first', async () => {
    const pool = new Pool(['a'], 10)
    const order: number[] = []
    await Promise.all([1, 2, 3].map((turn) => pool.use(async () => void order.push(turn))))
    expect(order).toEqual([1, 2, 3])
  })

  it('refuses as busy when too many wait, and goes on afterwards', async () => {
    const pool = new Pool(['a'], 1)
    const held = await pool.take()
    const waiting = pool.use(async (thing) => thing)
    await expect(pool.use(async (thing) => thing)).rejects.toMatchObject({ code: 'BUSY', retry: true })
    pool.give(held)
    expect(await waiting).toBe('a')
    expect(await pool.use(async (thing) => thing)).toBe('a')
  })

  it('takes a thing back from work that failed', async () => {
    const pool = new Pool(['a'], 0)
    await expect(pool.use(() => Promise.reject(new Error('failed')))).rejects.toThrow('failed')
    expect(await pool.use(async (thing) => thing)).toBe('a')
  })
})
