import { expect, test } from 'vitest'
import { pageMenu, readPageState } from '../../../src/server/pages/page-state.ts'
import type { Principal } from '../../../src/server/scope/principal.ts'
import { Scope } from '../../../src/server/scope/scope.ts'

const RELEASE = { release: 1, publishedAt: 0 }

/** A coordinator who also works for a library. */
const roles = [{ role: 'region', cardSystem: 14 } as const, { role: 'organizer', organizer: 'bib' } as const]
const coordinator: Pick<Principal, 'places' | 'periods' | 'scope'> = {
  scope: Scope.of(roles, () => [73_107, 73_110]),
  places: [
    { place: 'region:14', name: 'UiTPAS Maasland' },
    { place: 'organizer:bib', name: 'Bibliotheek' },
    { place: 'all', name: '' },
    { place: 'municipality:73107', name: 'Maasmechelen' },
    { place: 'municipality:73110', name: 'Lanaken' },
  ],
  periods: [
    { period: '2026', kind: 'YEAR', provisional: true, ...RELEASE },
    { period: '2026-Q3', kind: 'QUARTER', provisional: false, ...RELEASE },
    { period: '2025-2026', kind: 'SEASON', provisional: false, ...RELEASE },
    { period: '2025', kind: 'YEAR', provisional: false, ...RELEASE },
  ],
}
const at = (address: string) => readPageState(new URL(address, 'http://zuil'), coordinator)

test('an address that says nothing is about the own place, in the newest final period of the page’s own kind', () => {
  expect(at('/bereik')).toEqual({
    language: 'nl',
    place: 'region:14',
    period: '2025',
    periodKind: 'YEAR',
    compareWith: 'previous',
  })
  expect(at('/organisatoren?taal=fr')).toEqual({
    language: 'fr',
    place: 'organizer:bib',
    period: '2025-2026',
    periodKind: 'SEASON',
    compareWith: 'peers',
  })
})

test('what an address chooses holds, when the page has it and the reader may read it', () => {
  expect(at('/bereik?plaats=municipality:73110&periode=2026-Q3&vergelijk=regio')).toMatchObject({
    place: 'municipality:73110',
    period: '2026-Q3',
    periodKind: 'QUARTER',
    compareWith: 'region',
  })
})

test.each([
  ['a place of others', '/bereik?plaats=municipality:44021'],
  ['a place that the page is not about', '/bereik?plaats=organizer:bib'],
  ['a period without figures', '/bereik?periode=2031'],
  ['a comparison that the page does not have', '/bereik?vergelijk=gelijken'],
])('%s is dropped', (_case, address) => {
  expect(at(address)).toEqual(at('/bereik'))
})

test('nobody in particular, and a page without figures, get an empty menu and a state that asks for nothing', () => {
  const empty = { places: [], periods: [], comparisons: [] }
  expect(pageMenu({ pathname: '/nu' }, coordinator)).toEqual(empty)
  expect(readPageState(new URL('http://zuil/bereik'), null)).toMatchObject({ place: 'all', period: '' })
})
