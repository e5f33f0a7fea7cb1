import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { isUitpasNumber, ONLY_UITPAS, PERMISSIONS, REGISTRY_KINDS, type RegistryContext, type RegistryKind } from '@zuil/core'
import { parseAccount } from '@zuil/core/registry/account'
import { parseBonus } from '@zuil/core/registry/bonus'
import { parseCardSystem } from '@zuil/core/registry/card-system'
import { parseClient } from '@zuil/core/registry/client'
import { parseCoupon } from '@zuil/core/registry/coupon'
import { parseDataToken } from '@zuil/core/registry/data-token'
import { parseDistributionKey } from '@zuil/core/registry/distribution-key'
import { eventFromUitdatabank } from '@zuil/core/registry/event'
import { parseKiosk } from '@zuil/core/registry/kiosk'
import { parseMunicipality } from '@zuil/core/registry/municipality'
import { parseOrganizer } from '@zuil/core/registry/organizer'
import { parseCard, parseGroupPass, parsePassholder } from '@zuil/core/registry/passholder'
import { parseProgramme } from '@zuil/core/registry/programme'
import { parseReward } from '@zuil/core/registry/reward'
import { parseSettlementAgreement } from '@zuil/core/registry/settlement-agreement'
import { describe, expect, test } from 'vitest'

const FOLDER = join(import.meta.dirname, '../sample')
const FILE_BYTES_MAX = 1_000_000
const TEST_ORGANIZER = '0ce87cbc-9299-4528-8d35-92225dc9489f'

interface Line {
  readonly where: string
  readonly kind: RegistryKind
  readonly data: Record<string, unknown>
}

const files = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.ndjson'))
  .sort()
const lines = files.flatMap((file) =>
  readFileSync(join(FOLDER, file), 'utf8')
    .trim()
    .split('\n')
    .map((text, index): Line => ({ where: `${file}:${index + 1}`, ...JSON.parse(text) })),
)
const ofKind = (kind: RegistryKind) => lines.filter((line) => line.kind === kind).map((line) => line.data)
const [BELEEFPAS] = ofKind('programmes').map((data) => {
  const parsed = parseProgramme(data, { nisOf: () => 0, cardSystemsOf: () => [], programmes: ONLY_UITPAS })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors))
  return parsed.value
})
if (!BELEEFPAS) throw new Error('the sample has no programme')

/** Municipalities, organizers and programmes as the sample itself names them. */
const context: RegistryContext = {
  nisOf: (postalCode) =>
    Number(
      ofKind('municipalities').find(({ postalCodes }) => Array.isArray(postalCodes) && postalCodes.includes(postalCode))?.nis ??
        0,
    ),
  cardSystemsOf: (organizer) => (organizer === TEST_ORGANIZER ? [3, 5] : [1]),
  programmes: {
    programme: (id) => (id === BELEEFPAS.id ? BELEEFPAS : ONLY_UITPAS.programme(id)),
    programmeOf: (cardSystem) => (BELEEFPAS.cardSystems.includes(cardSystem) ? BELEEFPAS.id : 'uitpas'),
  },
}

const parsers = {
  municipalities: parseMunicipality,
  'card-systems': parseCardSystem,
  programmes: parseProgramme,
  organizers: parseOrganizer,
  'distribution-keys': parseDistributionKey,
  'settlement-agreements': parseSettlementAgreement,
  coupons: parseCoupon,
  events: eventFromUitdatabank,
  passholders: parsePassholder,
  accounts: parseAccount,
  'data-tokens': parseDataToken,
  'group-passes': parseGroupPass,
  cards: parseCard,
  bonuses: parseBonus,
  rewards: parseReward,
  kiosks: parseKiosk,
  clients: parseClient,
} satisfies Record<RegistryKind, (document: unknown, context: RegistryContext) => { readonly ok: boolean }>

const clientOf = (id: string) => ofKind('clients').find((data) => data.id === id)

describe('the sample registry', () => {
  test('every line is taken by the parser of its kind', () => {
    const refused = lines.flatMap((line) => {
      const parsed = parsers[line.kind](line.data, context)
      return parsed.ok ? [] : [`${line.where}: ${JSON.stringify(parsed)}`]
    })
    expect(refused).toEqual([])
  })

  test('every kind is shown, and a line needs only what stands before it', () => {
    const order = lines.map((line) => REGISTRY_KINDS.indexOf(line.kind))
    expect(new Set(lines.map((line) => line.kind))).toEqual(new Set(REGISTRY_KINDS))
    expect(order).toEqual([...order].sort((a, b) => a - b))
  })

  test('every pass of the file for trying out an import is taken, and needs what the sample has', () => {
    const text = readFileSync(join(FOLDER, 'import/beleefpas.ndjson'), 'utf8')
    const passes = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).data)
    expect(passes.map((pass) => parsePassholder({ ...pass, programme: 'beleefpas' }, context).ok)).toEqual(passes.map(() => true))
    const numbers = ofKind('passholders').map((data) => JSON.stringify(data))
    for (const { uitpasNumber } of passes.flatMap(({ pointsTo }) => pointsTo ?? [])) {
      expect(numbers.some((holder) => holder.includes(uitpasNumber))).toBe(true)
    }
  })

  test('the files are small enough to read', () => {
    for (const file of files) expect(statSync(join(FOLDER, file)).size).toBeLessThan(FILE_BYTES_MAX)
  })

  test('every holder lives in a municipality of the sample, and every number has its check digit', () => {
    for (const line of lines.filter(({ kind }) => kind === 'passholders' || kind === 'group-passes')) {
      const parsed = (line.kind === 'passholders' ? parsePassholder : parseGroupPass)(line.data, context)
      if (!parsed.ok) throw new Error(line.where)
      expect({ where: line.where, nis: parsed.value.holder.homeNis }).not.toEqual({ where: line.where, nis: 0 })
      for (const card of parsed.value.cards) expect(isUitpasNumber(card.uitpasNumber)).toBe(true)
    }
  })

  test('two passes start with enough points for the rewards that cost 4', () => {
    const bonuses = ofKind('bonuses').map(({ uitpasNumber, points }) => [uitpasNumber, points])
    expect(bonuses).toEqual([
      ['0900000095902', 30],
      ['0900000067513', 30],
    ])
    const costs = ofKind('rewards').flatMap(({ id, points }) => (points === 4 ? [id] : []))
    expect(costs).toEqual(['5687', '5823'])
  })

  test('birth date and gender of a passholder agree with the INSZ number', () => {
    const found = ofKind('passholders').map(({ inszNumber, dateOfBirth, gender }) => ({ inszNumber, dateOfBirth, gender }))
    expect(found).toEqual(ofKind('passholders').map(({ inszNumber }) => ({ inszNumber, ...readInsz(String(inszNumber)) })))
  })

  test('the sample client has every permission on the test organizer and none on the other', () => {
    const parsed = parseClient(clientOf('sample-client'), context)
    if (!parsed.ok) throw new Error('the client is refused')
    expect(parsed.value.client.grants).toEqual([{ organizer: TEST_ORGANIZER, cardSystems: [], permissions: [...PERMISSIONS] }])
  })

  test('people sign in through the sample app, which has no secret and nothing that is a counter’s', () => {
    const parsed = parseClient(clientOf('sample-app'), context)
    if (!parsed.ok) throw new Error('the app is refused')
    const { client, secret } = parsed.value
    expect([secret, client.redirectUris]).toEqual([undefined, ['http://127.0.0.1/terug']])
    expect(client.grants.flatMap(({ permissions }) => permissions)).not.toContain('CHECKINS_WRITE')
    const passholders = ofKind('passholders').map(({ id }) => id)
    for (const { passholder } of ofKind('accounts').filter((data) => data.passholder))
      expect(passholders).toContain((passholder as { id: string }).id)
  })

  test('two mothers have a daughter in their family', () => {
    const families = ofKind('passholders').flatMap((data) => {
      const parsed = parsePassholder(data, context)
      return parsed.ok && parsed.value.identity.family
        ? [[parsed.value.identity.firstName, parsed.value.identity.family.length]]
        : []
    })
    expect(families).toEqual([
      ['Ilse', 1],
      ['Samira', 1],
    ])
  })
})

/** Digits 1-6 are the birth date, 7-9 odd for men, the last two 97 minus the rest modulo 97, with a 2 before it from 2000. */
function readInsz(insz: string): { dateOfBirth: string; gender: string } {
  const number = Number(insz.slice(0, 9))
  const check = Number(insz.slice(9))
  const century = 97 - (number % 97) === check ? '19' : 97 - ((2_000_000_000 + number) % 97) === check ? '20' : undefined
  if (!century) throw new Error(`${insz} has a wrong check number`)
  return {
    dateOfBirth: `${century}${insz.slice(0, 2)}-${insz.slice(2, 4)}-${insz.slice(4, 6)}`,
    gender: Number(insz.slice(6, 9)) % 2 === 1 ? 'MALE' : 'FEMALE',
  }
}
