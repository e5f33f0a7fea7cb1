import { expect, test } from 'vitest'
import { type Chooser, Preparation } from '../../../src/server/pages/preparation.ts'
import type { PublishedPeriod } from '../../../src/server/scope/principal.ts'
import { Scope } from '../../../src/server/scope/scope.ts'

const YEAR: PublishedPeriod = { period: '2025', kind: 'YEAR', provisional: false, release: 1, publishedAt: 0 }
const MONTH: PublishedPeriod = { ...YEAR, period: '2025-11', kind: 'MONTH', release: 2 }

function preparing(periods: PublishedPeriod[], isBusy = () => false) {
  const done: string[] = []
  const reader: Chooser = {
    scope: Scope.of([{ role: 'publiq' }], () => []),
    places: [
      { place: 'all', name: '' },
      { place: 'region:1', name: 'UiTPAS Gent' },
      ...Array.from({ length: 40 }, (_, index) => ({ place: `municipality:${index}`, name: `Gemeente ${index}` })),
    ],
    get periods() {
      return [...periods]
    },
  }
  const preparation = new Preparation({
    reader: async () => reader,
    visit: async (path) => done.push(`visit ${path}`),
    figures: async ({ page, state }) => done.push(`${page} ${state.place} ${state.period}`),
    others: () => [async () => done.push('others')],
    isBusy,
    onFailure: (error) => done.push(String(error)),
    busyLookMs: 1,
  })
  return { preparation, done }
}

test('the first look visits each page once, and makes what each page opens with for all together, regions and some municipalities', async () => {
  const { preparation, done } = preparing([YEAR])
  await preparation.look()
  expect(done.filter((one) => one === 'visit /bereik')).toHaveLength(1)
  expect(done).toContain('visit /beheer/rollen')
  expect(done).toContain('reach all 2025')
  expect(done).toContain('region region:1 2025')
  expect(done.filter((one) => one.startsWith('costs '))).toHaveLength(12)
  expect(done.at(-1)).toBe('others')
})

test('of all together and the first regions the period before is made as well, and the newest of each other kind', async () => {
  const earlier = (period: string, of: PublishedPeriod): PublishedPeriod => ({ ...of, period })
  const { preparation, done } = preparing([MONTH, earlier('2025-10', MONTH), YEAR, earlier('2024', YEAR), earlier('2023', YEAR)])
  await preparation.look()
  const reach = (place: string) => done.filter((one) => one.startsWith(`reach ${place} `)).map((one) => one.split(' ').at(-1))
  expect(reach('all')).toEqual(['2025', '2024', '2025-11'])
  expect(reach('region:1')).toEqual(reach('all'))
  expect(reach('municipality:9')).toEqual(['2025'])
})

test('a release is prepared when no other came since the look before, and pages are not visited again', async () => {
  const periods = [MONTH]
  const { preparation, done } = preparing(periods)
  await preparation.look()
  done.length = 0
  periods.unshift(YEAR)
  await preparation.look()
  expect(done).toEqual([])
  await preparation.look()
  expect(done).toContain('reach all 2025')
  expect(done.filter((one) => one.startsWith('visit'))).toEqual([])
  done.length = 0
  await preparation.look()
  expect(done).toEqual([])
})

test('nothing is begun while the machine is busy, and it goes on where it was when that is over', async () => {
  const busy = { looks: 3 }
  const { preparation, done } = preparing([YEAR], () => {
    if (done.length === 2) busy.looks -= 1
    return done.length === 2 && busy.looks >= 0
  })
  await preparation.look()
  expect(busy.looks).toBe(-1)
  expect(done.at(-1)).toBe('others')
})

test('a stop ends it while it waits for a machine that stays busy', async () => {
  const { preparation, done } = preparing([YEAR], () => true)
  const looking = preparation.look()
  await preparation.stop()
  await looking
  expect(done).toEqual([])
})

test('a stop ends it after the page that it is at', async () => {
  const { preparation, done } = preparing([YEAR])
  const looking = preparation.look()
  await preparation.stop()
  await looking
  expect(done.length).toBeLessThan(2)
})
