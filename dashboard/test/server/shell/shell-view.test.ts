import type { Role } from '@zuil/core/contracts/roles'
import { expect, test } from 'vitest'
import { PAGE_IDS } from '../../../src/lib/pages.ts'
import type { Principal } from '../../../src/server/scope/principal.ts'
import { Scope } from '../../../src/server/scope/scope.ts'
import { SettlementScope } from '../../../src/server/scope/settlement-scope.ts'
import { shellView } from '../../../src/server/shell/shell-view.ts'

const RELEASE = { release: 7, publishedAt: Date.parse('2026-02-03T09:00:00Z') }

function principal(...roles: readonly Role[]): Principal {
  return {
    account: 'anna',
    owner: 'person/anna',
    roles,
    scope: Scope.of(roles, () => [73_107]),
    settles: SettlementScope.of(roles),
    places: [
      { place: 'municipality:73107', name: 'Maasmechelen' },
      { place: 'all', name: '' },
    ],
    periods: [
      { period: '2026-01', kind: 'MONTH', provisional: true, ...RELEASE },
      { period: '2025', kind: 'YEAR', provisional: false, ...RELEASE },
    ],
  }
}
const clerk = principal({ role: 'municipality', nis: 73_107 })
const at = (address: string, who: Principal | null = clerk) => shellView(new URL(address, 'http://zuil'), who)
const pagesOf = (who: Principal | null) => at('/nu', who).navigation.flatMap(({ pages }) => pages)

test.each([
  [null, ['now', 'dictionary']],
  [
    clerk,
    [
      'reach',
      'participation',
      'loyalty',
      'where',
      'points',
      'costs',
      'change',
      'report',
      'workspace',
      'now',
      'dictionary',
      'annotations',
      'views',
      'schedules',
    ],
  ],
  [
    principal({ role: 'organizer', organizer: 'bib' }),
    ['organizers', 'report', 'now', 'dictionary', 'annotations', 'views', 'schedules'],
  ],
  [principal({ role: 'settlement', cardSystem: 14 }), ['settlement', 'costs', 'now', 'dictionary', 'views', 'schedules']],
  [principal({ role: 'publiq' }), PAGE_IDS.filter((id) => id !== 'settlement')],
  [principal({ role: 'auditor' }), PAGE_IDS.filter((id) => !['accounts', 'annotations', 'settlement', 'planning'].includes(id))],
])('the navigation has what somebody may open and nothing else', (who, pages) => {
  expect(pagesOf(who)).toEqual(pages)
})

test('says who somebody is by role and place, never by name', () => {
  expect([at('/nu').who, at('/nu', null).who, at('/nu', principal()).who]).toEqual([
    'gemeente Maasmechelen',
    '',
    'account zonder rol',
  ])
})

test('offers the places and periods of the page, in words, with what the address need not say', () => {
  const [place, period, comparison] = at('/bereik?periode=2026-01').controls
  expect(place).toMatchObject({ parameter: 'plaats', value: 'municipality:73107', standard: 'municipality:73107' })
  expect(place?.groups).toEqual([
    { label: '', options: [{ value: 'all', label: 'Alle plaatsen samen' }] },
    { label: 'Gemeenten', options: [{ value: 'municipality:73107', label: 'Maasmechelen' }] },
  ])
  expect(period).toMatchObject({ value: '2026-01', standard: '2025' })
  expect(period?.groups.flatMap(({ options }) => options.map(({ label }) => label))).toEqual(['2025', 'januari 2026 (voorlopig)'])
  expect(comparison?.value).toBe('vorige')
  expect(at('/nu').controls).toEqual([])
})

test('says which release a page shows, and that figures may still change', () => {
  expect(at('/bereik').release).toBe('Gepubliceerd op 3 februari 2026 (uitgave 7)')
  expect(at('/bereik?periode=2026-01').release).toContain('Voorlopige cijfers van 3 februari 2026')
  expect(at('/bereik', { ...clerk, periods: [] }).release).toBe('Er zijn nog geen cijfers gepubliceerd')
  expect([at('/nu').release, at('/bereik', null).release]).toEqual(['', ''])
})
