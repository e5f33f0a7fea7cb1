import type { SignInSettings } from '@zuil/dashboard/server'
import { DASHBOARD_CLIENT, type Issuer, type Secrets } from '@zuil/ingest'
import type { Settings } from '../config.ts'

/** How people sign in at the pages: with the built-in issuer, or one of the operator's own. */
export function dashboardSignIn(settings: Settings, secrets: Secrets, issuer: Issuer): SignInSettings {
  const { id, secret } = settings.dashboardClient
  return {
    issuer: issuer.issuer,
    personClaims: issuer.personClaims,
    clientId: issuer.isBuiltIn ? DASHBOARD_CLIENT : id,
    clientSecret: issuer.isBuiltIn ? secrets.token('dashboard') : secret,
    publicUrl: new URL(settings.dashboardUrl),
    key: secrets.key('session'),
    // Its claims are those of the registry, which knows of a role that was taken away since.
    rolesInRegistry: issuer.isBuiltIn,
  }
}
