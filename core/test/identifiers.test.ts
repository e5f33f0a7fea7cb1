import { chipNumber, entityId, inszNumber, isEntityId, isUitpasNumber } from '@zuil/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

/** Numbers of publiq's public test data set. */
const REAL_NUMBERS = [
  '0900000095902',
  '0900000067513',
  '0900000031618',
  '0900010959113',
  '0900000002312',
  '0900000058918',
  '1000000520006',
  '0900000093204',
  '0900004518305',
  '0900011902815',
  '0900011903417',
  '0900000074519',
  '0900000020405',
  '0900000045410',
  '0900000191800',
]
/** Examples in the official documents whose check digit is wrong. */
const EXAMPLES_WITHOUT_CHECK = ['0560002524314', '0940002524123', '0930002523422']

describe('a UiTPAS number', () => {
  test.each(REAL_NUMBERS)('surprise 14: %s of the test data set is one, whether it starts with 0 or with 1', (number) => {
    expect(isUitpasNumber(number)).toBe(true)
  })

  test.each(EXAMPLES_WITHOUT_CHECK)(
    'surprise 14: the official example %s is one only when the check digit is not looked at',
    (number) => {
      expect([isUitpasNumber(number), isUitpasNumber(number, { checkDigit: false })]).toEqual([false, true])
    },
  )

  test.each([
    '',
    '090000009590',
    '09000000959021',
    '09000 00095902',
    '090000009590a',
    '٠٩٠٠٠٠٠٠٩٥٩٠٢',
    '-900000095902',
    '0900000095902\n',
  ])('is not the text %j', (text) => {
    expect(isUitpasNumber(text, { checkDigit: false })).toBe(false)
  })

  test('is no longer one when any single digit changes', () => {
    const change = fc.record({
      number: fc.constantFrom(...REAL_NUMBERS),
      place: fc.integer({ min: 0, max: 12 }),
      step: fc.integer({ min: 1, max: 9 }),
    })
    fc.assert(
      fc.property(change, ({ number, place, step }) => {
        const digit = (Number(number[place]) + step) % 10
        return !isUitpasNumber(`${number.slice(0, place)}${digit}${number.slice(place + 1)}`)
      }),
    )
  })
})

describe('a chip number', () => {
  test('is 14 hexadecimal digits, written in upper case', () => {
    expect(chipNumber('04784cdaee3880')).toBe('04784CDAEE3880')
  })

  test.each(['', '04784CDAEE388', '04784CDAEE38800', '04784CDAEE388G', '0x784CDAEE3880'])('is not the text %j', (text) => {
    expect(chipNumber(text)).toBeUndefined()
  })
})

describe('the id of an event, organizer or place', () => {
  test.each(['47B6FA21-ACB1-EA8F-2C231182C7DD0A19', '0ce87cbc-9299-4528-8d35-92225dc9489f', '5687', 'a'])('may be %s', (id) => {
    expect(isEntityId(id)).toBe(true)
  })

  test.each(['', '0ce87cbc-9299-4528-8d35-92225dc9489f0', '-a', 'a b', 'a/b', 'é', 'a\n'])('may not be %j', (id) => {
    expect(isEntityId(id)).toBe(false)
  })

  test('is looked up without regard to upper and lower case', () => {
    expect(entityId('47B6FA21-ACB1-EA8F-2C231182C7DD0A19')).toBe(entityId('47b6fa21-acb1-ea8f-2c231182c7dd0a19'))
  })
})

describe('an INSZ number', () => {
  test.each(['83030201540', '87022600190', '01010100126', '00000009007'])('%s checks', (text) => {
    expect(inszNumber(text)).toBe(text)
  })

  test.each(['87022600191', '01010100127', '8702260019', '870226001900', '87.02.26-001.90', ''])('%s is none', (text) => {
    expect(inszNumber(text)).toBeUndefined()
  })
})
