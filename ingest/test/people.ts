import type { IngestService } from './ingest-service.ts'
import { type App, type Credentials, personToken } from './sign-in.ts'
import { AMINA, BRAM, ORGANIZER, passholder, SECRET } from './small-registry.ts'

/** A public client: an app on a phone. */
export const APP: App = { client: 'phone-app', redirectUri: 'be.example.app:/terug' }
/** A confidential one: a site with a server. */
export const SITE: App = { client: 'site', redirectUri: 'https://site.example/terug?taal=nl', secret: SECRET }
/** Brings people, and may do nothing. */
export const POWERLESS: App = { client: 'powerless-app', redirectUri: 'https://powerless.example/' }

/** Amina, who has Sami in her family. */
export const MOTHER: Credentials = { email: 'amina@example.be', password: 'een lang wachtwoord' }
export const MOTHER_ACCOUNT = 'c0ffee00-0000-4000-8000-000000000001'
export const SAMI = { number: '0900004518305', chip: '04A1B2C3D45E86', id: '9c96f13c-90b4-4253-9e16-000000000010' } as const
/** Bram, who has nobody in his. */
export const NEIGHBOUR: Credentials = { email: 'bram@example.be', password: 'een ander wachtwoord' }
/** An account without a passholder. */
export const NOBODY: Credentials = { email: 'niemand@example.be', password: 'nog een wachtwoord' }

export const FAMILY_SINCE = '2025-10-11T13:20:00+00:00'

const PERMISSIONS = [
  'PASSHOLDERS_SELF_READ',
  'PASSHOLDERS_SELF_CHECKIN',
  'PASSHOLDERS_TRANSACTION_HISTORY',
  'PASSHOLDERS_FAMILY_MEMBERS',
  'PASSHOLDER_COUPONS_READ',
  'REWARDS_READ',
  'REWARDS_REDEEM',
  'REWARDS_PASSHOLDERS_READ',
]

/** Puts people and their apps into the small registry. */
export async function putPeople(service: IngestService): Promise<void> {
  const granted = [{ organizer: { id: ORGANIZER }, permissionDetails: PERMISSIONS.map((id) => ({ id })) }]
  await service.put('clients', [
    { id: APP.client, name: 'Punten op zak', redirectUris: [APP.redirectUri], permissions: granted },
    { id: SITE.client, name: 'Site <b>&</b> co', secret: SITE.secret, redirectUris: [SITE.redirectUri], permissions: granted },
    { id: POWERLESS.client, name: 'Zonder rechten', redirectUris: [POWERLESS.redirectUri], permissions: [] },
  ])
  await service.put('passholders', [
    {
      ...passholder(AMINA, { firstName: 'Amina', name: 'El Idrissi' }),
      inszNumber: '87051213311',
      familyMembers: [
        { uitpasNumber: AMINA.number, mainFamilyMember: true },
        { uitpasNumber: SAMI.number, icon: 'fox', creationDate: FAMILY_SINCE },
      ],
    },
    passholder(SAMI, { firstName: 'Sami', name: 'El Idrissi' }),
  ])
  await service.put('accounts', [
    { id: MOTHER_ACCOUNT, passholder: { id: AMINA.id }, email: 'Amina@Example.BE', password: MOTHER.password },
    { id: 'account-of-bram', passholder: { id: BRAM.id }, ...NEIGHBOUR },
    { id: 'account-of-nobody', ...NOBODY },
  ])
}

/** `Authorization` of somebody who signs in. */
export async function bearerOf(service: IngestService, who: Credentials, app = APP): Promise<{ authorization: string }> {
  return { authorization: `Bearer ${await personToken(service.app, app, who)}` }
}
