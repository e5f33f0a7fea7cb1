import { describe, expect, test } from 'vitest'
import { ROLES_MAX, type Role, rolesOfClaim } from '../../src/contracts/roles.ts'

const EVERY_ROLE: readonly Role[] = [
  { role: 'publiq' },
  { role: 'region', cardSystem: 1 },
  { role: 'municipality', nis: 44021 },
  { role: 'organizer', organizer: 'org-1' },
  { role: 'settlement', cardSystem: 1 },
  { role: 'auditor' },
]

describe('the roles of a claim', () => {
  test('are those of the account', () => {
    expect(rolesOfClaim(EVERY_ROLE)).toEqual(EVERY_ROLE)
  })

  test.each([
    ['an unknown role', { role: 'king' }],
    ['a municipality without its code', { role: 'municipality' }],
    ['a code as text', { role: 'municipality', nis: '44021' }],
    ['a role with more than it has', { role: 'publiq', cardSystem: 1 }],
    ['a text', 'publiq'],
    ['nothing', null],
  ])('%s gives nothing, and the others stay', (_name, wrong) => {
    expect(rolesOfClaim([wrong, { role: 'auditor' }])).toEqual([{ role: 'auditor' }])
  })

  test.each([
    ['a text', 'publiq'],
    ['an object', { role: 'publiq' }],
    ['nothing', undefined],
    ['a list without end', Array.from({ length: ROLES_MAX + 1 }, () => ({ role: 'publiq' }))],
  ])('%s is no list of roles', (_name, claim) => {
    expect(rolesOfClaim(claim)).toEqual([])
  })
})
