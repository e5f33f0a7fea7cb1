import { expect, test } from 'vitest'
import { formatOf, unbroken } from '../../src/lib/format.ts'

/** Saturday 21 November 2026, 13:03:07 UTC; winter time in Brussels. */
const WINTER = Date.parse('2026-11-21T13:03:07Z')
const SUMMER = Date.parse('2026-07-21T22:30:00Z')

test('Dutch numbers have a point for thousands and a comma for decimals', () => {
  const format = formatOf('nl')
  expect([format.count(1234567), format.mean(8.44), format.mean(42.4), format.share(1, 8)]).toEqual([
    '1.234.567',
    '8,4',
    '42',
    '12,5%',
  ])
})

test('French numbers have thin spaces and a space before the percent sign', () => {
  const format = formatOf('fr')
  expect([format.count(1234567), format.share(1, 8)].map((text) => text.replaceAll(/\s/gu, ' '))).toEqual(['1 234 567', '12,5 %'])
})

test('English numbers have a comma for thousands', () => {
  expect(formatOf('en').count(1234567)).toBe('1,234,567')
})

test('a share of nothing is a dash and never a number', () => {
  expect(formatOf('nl').share(0, 0)).toBe('–')
})

test('times are those of Brussels, in summer and in winter, with hours from 00', () => {
  const format = formatOf('nl')
  expect([format.second(WINTER), format.minute(SUMMER)]).toEqual(['14:03:07', '00:30'])
})

test('a day is written in words and does not shift by a time zone', () => {
  expect([formatOf('nl').day('2026-11-21'), formatOf('fr').day('2026-11-21'), formatOf('en').day('2026-11-21')]).toEqual([
    'zaterdag 21 november 2026',
    'samedi 21 novembre 2026',
    'Saturday, 21 November 2026',
  ])
})

test('a lag is said in the unit a reader would use', () => {
  const format = formatOf('nl')
  expect([1_000, 34_000, 300_000, 7_200_000, -5].map((ms) => format.duration(ms))).toEqual([
    '1 seconde',
    '34 seconden',
    '5 minuten',
    '2 uur',
    '0 seconden',
  ])
})

test('numbers have as many decimals as they are given, amounts and lists the marks of their language', () => {
  const { decimal, percent, euro, list } = formatOf('nl')
  expect([decimal(1234.56, 1), percent(12.34, 1), euro(1250, 0).replaceAll(/\s/gu, ' '), list(['a', 'b', 'c'])]).toEqual([
    '1.234,6',
    '12,3%',
    '€ 1.250',
    'a, b en c',
  ])
})

test('a range and a word with a hyphen stay on one line, and what a dash stands between does not', () => {
  expect(unbroken('check-ins bij 0–11 jaar, 2024 – 2025')).toBe('check-\u2060ins bij 0–\u206011 jaar, 2024 – 2025')
})
