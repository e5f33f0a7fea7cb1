import { constants, deflateRawSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { openEntry, type SealedEntry, sealEntry } from '../../src/registry/sealed-entry.ts'
import { Secrets } from '../../src/secrets.ts'

const NAME = { kind: 'holders', key: '12' } as const
const ZOE: SealedEntry = {
  stored:
    '[0,44021,"9000",1980,[[5,0,1,1767225599000]],[[12,"Zm9vYmFyYmF6cXV4cXV1eA","Zm9vYmFyYmF6cXV4cXV1eB",5,0,0]],"Zm9vYmFyYmF6cXV4cXV1eC"]',
  cards: [{ number: 12, uitpasNumber: '0914000123408', chipNumber: '04A1B2C3D45E80', cardType: 'NFC_CARD', cardSystem: 5 }],
  identity: {
    id: '9c96f13c-90b4-4253-9e16-2043aed495b5',
    firstName: 'Zoë',
    name: 'Çelik',
    dateOfBirth: '1980-05-05',
    gender: 'FEMALE',
    inszNumber: '',
    street: 'Kerkstraat 1',
    postalCode: '9000',
    city: 'Gent',
    uitpasNumber: '0914000123408',
  },
  data: { name: 'Çelik' },
}
/** As it was sealed when every entry was packed with codes of its own. */
const ZOE_BEFORE =
  'AfDhp7e1d5doZ3l+oIBrNPNY67W8gLilOGaJid83CIg0j0fpsK5dnSRbsjYoAVX84OVLangyb3QXzI5arfa5bX7WL0H2046Lb+8RvsdAhxdA0nbr24TnUoRsjmK5d7/lweKV6qxvfnadEyUxpy2+/lyw7efHD919gBOHw+Y/hg4JEl99C2pOMkDkmUzlmNI8/RTl1kRdWrhYJEtlCsOzrnCjx0596Vx5jlnIIDNnMc0jsKpQU/pMCmr6T3DHxPh9ngilIg8sk/5mqjAlzDlAA2r6fxmr8FWcdUR8YGlqMOea4WwtBx+P4Zeem/oAsxbQd0YR9Ms='

describe('a sealed entry', () => {
  const secrets = new Secrets(Buffer.alloc(32, 7))
  const entryOf = (text: string): SealedEntry => ({ stored: 's', data: { text } })

  test.each([
    ['of a person', ZOE],
    ['with nothing in it', { stored: '', data: null }],
    ['of which every character takes three bytes', entryOf('€'.repeat(4_060))],
    ['that is just too long for it', entryOf('€'.repeat(4_100))],
    ['that is much the same all over', entryOf('a'.repeat(200_000))],
    [
      'of an event with many occurrences',
      entryOf(JSON.stringify(Array.from({ length: 5_000 }, (_, day) => ({ day: day * 37 })))),
    ],
  ])('opens to what it was, %s', (_name, entry) => {
    expect(openEntry(secrets, NAME, sealEntry(secrets, NAME, entry))).toEqual(entry)
  })

  test('opens when it was sealed long ago', () => {
    expect(openEntry(secrets, NAME, ZOE_BEFORE)).toEqual(ZOE)
  })

  test('opens however much those codes stand for', () => {
    const entry = entryOf('abcdefghi'.repeat(2_000))
    const packed = deflateRawSync(JSON.stringify(entry), { strategy: constants.Z_FIXED })
    expect(openEntry(secrets, NAME, secrets.seal(packed, 'holders/12').toString('base64'))).toEqual(entry)
  })

  test('opens in its own place only', () => {
    const sealed = sealEntry(secrets, NAME, ZOE)
    expect(() => openEntry(secrets, { ...NAME, key: '13' }, sealed)).toThrow(/does not open/)
  })
})
