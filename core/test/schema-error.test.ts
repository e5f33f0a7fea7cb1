import { SCHEMA_ERRORS_MAX, schemaErrors } from '@zuil/core'
import { describe, expect, test } from 'vitest'

describe('a validation error as a sentence', () => {
  const document = { uitpasNumber: 914, list: [], 'a/b': null }

  test.each([
    ['of Ajv', { missingProperty: 'eventId' }],
    ['of TypeBox', { requiredProperties: ['eventId'] }],
  ])('names a property that is missing, %s', (_title, params) => {
    expect(schemaErrors([{ keyword: 'required', instancePath: '', params }], document)).toEqual([
      { jsonPointer: '/', error: 'Required property "eventId" missing.' },
    ])
  })

  test.each([
    ['/uitpasNumber', 'The data (integer) must match the type: string'],
    ['/list', 'The data (array) must match the type: string'],
    ['/a~1b', 'The data (null) must match the type: string'],
    ['/list/0', 'The data (undefined) must match the type: string'],
  ])('says what is at %s', (instancePath, error) => {
    expect(schemaErrors([{ keyword: 'type', instancePath, params: { type: 'string' } }], document)).toEqual([
      { jsonPointer: instancePath, error },
    ])
  })

  test('of a union is given once', () => {
    const errors = ['type', 'type', 'anyOf'].map((keyword) => ({ keyword, instancePath: '/list', params: { type: 'string' } }))
    expect(schemaErrors(errors, document)).toHaveLength(1)
  })

  test('of a keyword without sentence has the words of the validator', () => {
    const error = { keyword: 'minimum', instancePath: '/points', params: {}, message: 'must be >= 0' }
    expect(schemaErrors([error], document)).toEqual([{ jsonPointer: '/points', error: 'The data must be >= 0.' }])
  })

  test('is not repeated without end', () => {
    const errors = Array.from({ length: 1_000 }, (_, index) => ({ keyword: 'type', instancePath: `/${index}`, params: {} }))
    expect(schemaErrors(errors, document)).toHaveLength(SCHEMA_ERRORS_MAX)
  })
})
