import { parseDay } from '@zuil/core'
import { expect, test } from 'vitest'
import { History } from '../../../population/history/history.ts'
import { Fit, fitTable } from '../../../population/targets/fit.ts'
import { isWithin } from '../../../population/targets/target.ts'
import { makeWorld } from '../../../population/world.ts'

/** One in sixteen: too few visits in one town for its money to be told from chance, enough for all of Flanders. */
const HOLDERS = 10_000
const WITHIN_MS = 120_000

test(
  'a history from the first pass to the end of 2018 comes near to every figure of Flanders that was published of these years',
  () => {
    const world = makeWorld({ seed: 7, holders: HOLDERS, from: parseDay('2012-01-01') ?? 0, until: parseDay('2019-01-01') ?? 0 })
    const fit = new Fit(world)
    for (const day of new History(world).days()) fit.observe(day)
    const rows = fit.rows().filter(({ target }) => target.scope === 'all')
    expect(rows.filter(({ isOk }) => !isOk).map(({ target, got }) => [target.metric, target.value, got])).toEqual([])
    expect(rows.filter(({ got }) => got !== undefined).length).toBeGreaterThan(8)
    expect(fitTable(rows)).toContain('not in these years')
  },
  WITHIN_MS,
)

test('the tolerance of a target is in its unit, or a share of it', () => {
  expect([isWithin({ value: 50, tolerance: '5' }, 55.1), isWithin({ value: 50, tolerance: '5' }, 45)]).toEqual([false, true])
  expect([isWithin({ value: 200, tolerance: '10%' }, 220), isWithin({ value: 200, tolerance: '10%' }, 221)]).toEqual([
    true,
    false,
  ])
  expect(isWithin({ value: 50, tolerance: '5' }, Number.NaN)).toBe(false)
})
