import { describe, expect, test } from 'vitest'
import type { Membership } from '../src/holder.ts'
import { previewMembership } from '../src/membership-preview.ts'

const NOW = Date.parse('2026-11-21T12:00:00+01:00')
const cardSystem = { id: 14, cities: [{ postalCode: '3630', name: 'Maasmechelen', nis: 73107 }] }

function membership(id: number, socialTariff: Membership['socialTariff'], status: Membership['status'] = 'ACTIVE'): Membership {
  return { cardSystem: id, status, socialTariff }
}

const preview = (memberships: readonly Membership[], socialTariff: boolean, homePostalCode = '3630') =>
  previewMembership({ memberships, homePostalCode }, { cardSystem, socialTariff, now: NOW })

describe('a new membership', () => {
  test('stands beside those of other card systems', () => {
    expect(preview([membership(5, 'NONE')], false)).toEqual({ type: 'NEW_MEMBERSHIP', addressChangeRequired: false })
    expect(preview([membership(5, 'ACTIVE')], false)).toEqual({ type: 'NEW_MEMBERSHIP', addressChangeRequired: false })
  })

  test('with the social tariff begins for residents, until 30 April of the next year', () => {
    expect(preview([], true)).toEqual({ type: 'NEW_MEMBERSHIP', addressChangeRequired: false, socialTariffEndDate: '2027-04-30' })
    expect(preview([], true, '9000').addressChangeRequired).toBe(true)
    const newYear = previewMembership(
      { memberships: [], homePostalCode: '3630' },
      { cardSystem, socialTariff: true, now: Date.parse('2026-12-31T23:30:00Z') },
    )
    expect(newYear.socialTariffEndDate).toBe('2028-04-30')
  })

  test.each([
    ['the same without the social tariff', membership(14, 'NONE'), false],
    ['the same with it', membership(14, 'ACTIVE'), true],
    ['the same in grace', membership(14, 'GRACE'), true],
    ['one whose right is expired, when none is asked for', membership(14, 'EXPIRED'), false],
    ['a blocked one', membership(14, 'NONE', 'BLOCKED'), false],
  ])('is not possible beside %s', (_what, present, socialTariff) => {
    expect(preview([present], socialTariff)).toEqual({ type: 'NOT_POSSIBLE', addressChangeRequired: false })
  })

  test.each([
    ['takes the right away', membership(14, 'ACTIVE'), false],
    ['gives the right', membership(14, 'NONE'), true],
    ['renews the right', membership(14, 'EXPIRED'), true],
    ['gives a suspended right back', membership(14, 'SUSPENDED'), true],
  ])('that %s replaces the one of its card system', (_what, present, socialTariff) => {
    expect(preview([membership(5, 'NONE'), present], socialTariff)).toMatchObject({
      type: 'REPLACE_MEMBERSHIP',
      replaced: present,
    })
  })

  test('with the social tariff replaces the right that somebody who moved has elsewhere, unless it is blocked there', () => {
    const elsewhere = membership(5, 'ACTIVE')
    expect(preview([elsewhere], true, '9000')).toMatchObject({
      type: 'REPLACE_MEMBERSHIP',
      replaced: elsewhere,
      addressChangeRequired: true,
    })
    expect(preview([membership(5, 'ACTIVE', 'BLOCKED')], true).type).toBe('NEW_MEMBERSHIP')
  })
})
