import type { ApiClient } from '@zuil/core'
import { SIGN_IN_BACK_PATH } from '@zuil/core/contracts/sign-in'
import type { Secrets } from '../secrets.ts'
import { isSameSecret } from '../secrets.ts'
import type { ClientBook } from './token-issuer.ts'

/** Id of the app that the pages of the dashboard sign people in as, at the built-in issuer. */
export const DASHBOARD_CLIENT = 'zuil-dashboard'

/**
 * The clients of the registry, and the dashboard of this very installation: its secret is derived from that of the installation,
 * so that it needs no entry. It has no permission at the API, where nobody knows it.
 */
export function withDashboard(
  clients: ClientBook,
  { dashboardUrl, secrets }: { readonly dashboardUrl: string; readonly secrets: Pick<Secrets, 'token'> },
): ClientBook {
  const dashboard: ApiClient = {
    id: DASHBOARD_CLIENT,
    name: 'Zuil',
    grants: [],
    redirectUris: [new URL(SIGN_IN_BACK_PATH, dashboardUrl).href],
  }
  const secret = secrets.token('dashboard')
  return {
    client: (id) => (id === DASHBOARD_CLIENT ? dashboard : clients.client(id)),
    hasClientSecret: (id) => id === DASHBOARD_CLIENT || clients.hasClientSecret(id),
    verifyClientSecret: (id, given) =>
      id === DASHBOARD_CLIENT ? isSameSecret(given, secret) : clients.verifyClientSecret(id, given),
  }
}
