import type { ApiClient, Kiosk } from '@zuil/core'
import type { Person } from './tokens/token-verifier.ts'

/** Who speaks: an API client or a person, with a token; a client that only says its id; or a kiosk with its device id. */
export type Principal =
  | { readonly kind: 'client'; readonly client: ApiClient }
  /** Somebody who signed in, through a client that has to have the permission. */
  | { readonly kind: 'person'; readonly client: ApiClient; readonly person: Person }
  /** Anybody can say the id of a client: good for public data only. */
  | { readonly kind: 'identified'; readonly client: ApiClient }
  | { readonly kind: 'kiosk'; readonly kiosk: Kiosk }

/** Who carries a permission: a client, for itself or for who signed in through it. */
export type TokenPrincipal = Extract<Principal, { kind: 'client' | 'person' }>

/** Names the principal where requests of different ones must not be mixed up; only ever hashed with a key. */
export function principalKey(principal: Principal): string {
  switch (principal.kind) {
    case 'client':
      return `client/${principal.client.id}`
    case 'person':
      return `person/${principal.client.id}/${[...principal.person.names, principal.person.inszNumber].join('\0')}`
    case 'identified':
      return `identified/${principal.client.id}`
    case 'kiosk':
      return `kiosk/${principal.kiosk.id}`
  }
}
