import { describe, expect, test } from 'vitest'
import { chipNumber, inszNumber, luhnDigit, SERIAL_MAX, uitpasNumber, uuid } from '../../population/identifiers.ts'

describe('identifiers of the simulated population', () => {
  test.each(['0900000095902', '0900000067513', '1000000520006', '0900010959113', '0900011903417'])(
    'the check digit of the public test card %s is the one publiq gave it',
    (number) => {
      expect(luhnDigit(number.slice(0, 12))).toBe(Number(number.at(-1)))
    },
  )

  test.each(['83030201540', '36051380284', '80010101392', '20010170215'])(
    'the national number %s has the check digits of its day',
    (insz) => {
      const [year, month, day] = [insz.slice(0, 2), insz.slice(2, 4), insz.slice(4, 6)]
      const century = insz === '20010170215' ? '20' : '19'
      expect(inszNumber(`${century}${year}-${month}-${day}`, Number(insz.slice(6, 9)))).toBe(insz)
    },
  )

  test('a UiTPAS number says on its twelfth digit whether the card is one for the social tariff', () => {
    expect([uitpasNumber('091', 7, false).at(11), uitpasNumber('091', 7, true).at(11)]).toEqual(['0', '1'])
  })

  test('a serial that does not fit a UiTPAS number is refused by its value', () => {
    expect(() => uitpasNumber('091', SERIAL_MAX + 1, false)).toThrow('100000000')
  })

  test('no two chips of a hundred thousand are alike, and all have 14 hexadecimal digits', () => {
    const chips = new Set(Array.from({ length: 100_000 }, (_, serial) => chipNumber(serial)))
    expect([chips.size, [...chips].every((chip) => /^04[0-9A-F]{8}6180$/.test(chip))]).toEqual([100_000, true])
  })

  test('ids are UUIDs of version 4', () => {
    expect(uuid(1, 2, 3)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  })
})
