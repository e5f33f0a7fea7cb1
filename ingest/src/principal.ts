import type { ApiClient, Kiosk } from '@zuil/core'

/** Who speaks: an API client with a token, or a kiosk with its device id. */
export type Principal =
  | { readonly kind: 'client'; readonly client: ApiClient }
  | { readonly kind: 'kiosk'; readonly kiosk: Kiosk }

/** Names the principal where requests of different ones must not be mixed up. */
export function principalKey(principal: Principal): string {
  return principal.kind === 'client' ? `client/${principal.client.id}` : `kiosk/${principal.kiosk.id}`
}
