import type { Redis } from 'ioredis'
import { Registry } from '../../src/registry/registry.ts'
import { RegistryStore } from '../../src/registry/registry-store.ts'
import { Secrets } from '../../src/secrets.ts'
import type { RedisServer } from '../redis-server.ts'

const READ_TIMEOUT_MS = 3_000

export const SECRETS = new Secrets(Buffer.alloc(32, 7))

export const GHENT = {
  nis: 44021,
  name: 'Gent',
  postalCodes: ['9000', '9050'],
  latitude: 51.05,
  longitude: 3.72,
  inhabitants: 270_000,
  inhabitantsYear: 2025,
}

export const ORGANIZER = {
  id: '0ce87cbc-9299-4528-8d35-92225dc9489f',
  name: 'Bibliotheek',
  address: { postalCode: '9000', city: 'Gent' },
  cardSystems: [{ id: 5 }, { id: 3 }],
}

export const EVENT = {
  '@id': 'https://io.uitdatabank.be/event/5a0967f9-cc06-4c3c-9206-30481a767434',
  name: { nl: 'Bezoek aan de bib' },
  calendarType: 'permanent',
  organizer: { '@id': `https://io.uitdatabank.be/organizers/${ORGANIZER.id}` },
  location: { '@id': 'https://io.uitdatabank.be/place/8248e289-c986-4006-902f-b0616dcbcde7' },
  uitpas: { checkinCode: 'QXWPLMA' },
}

export const AMINA = '9c96f13c-90b4-4253-9e16-2043aed495b5'

interface PassholderOptions {
  readonly id?: string
  readonly uitpasNumber?: string
  readonly chipNumber?: string
  readonly status?: string
  readonly firstName?: string
  readonly cardSystem?: number
}

/** A passholder with one card. */
export function aPassholder(options: PassholderOptions = {}) {
  const { id = AMINA, uitpasNumber = '0900000095902', chipNumber = '04784CDAEE3880', status = 'ACTIVE', cardSystem = 5 } = options
  return {
    id,
    name: 'El Idrissi',
    firstName: options.firstName ?? 'Amina',
    dateOfBirth: '1987-05-12',
    inszNumber: '87051213311',
    address: { street: 'Veldstraat 12', postalCode: '9000', city: 'Gent' },
    cardSystemMemberships: [
      {
        cardSystem: { id: cardSystem },
        uitpasNumber,
        currentCard: { uitpasNumber, chipNumber, cardType: 'NFC_CARD', status },
        status: 'ACTIVE',
        socialTariff: { status: 'ACTIVE', endDate: '2027-04-30T21:59:59+00:00', inGracePeriod: false },
      },
    ],
  }
}

/** Different passholders with different cards. */
export function passholders(count: number, from = 0) {
  return Array.from({ length: count }, (_, index) => {
    const digits = String(from + index).padStart(10, '0')
    return aPassholder({ id: `holder-${digits}`, uitpasNumber: `090${digits}`, chipNumber: `04AB${digits}` })
  })
}

export interface Opened extends AsyncDisposable {
  readonly redis: Redis
  readonly registry: Registry
  readonly store: RegistryStore
  /** What the feed reported. */
  readonly errors: readonly unknown[]
}

/** A loaded registry and its store on a server. */
export async function openRegistry(server: RedisServer, { lanes = 1, secrets = SECRETS } = {}): Promise<Opened> {
  // As the service connects: a read that is lost with its Redis ends.
  const redis = server.connect({ commandTimeout: READ_TIMEOUT_MS })
  const errors: unknown[] = []
  const onError = (error: unknown) => void errors.push(error)
  const registry = new Registry({ redis, connect: () => server.connect(), lanes, secrets, onError })
  await registry.load()
  const store = new RegistryStore({ redis, lanes, secrets, registry, now: Date.now })
  return { redis, registry, store, errors, [Symbol.asyncDispose]: () => registry.close() }
}
