import type { Roles } from '@zuil/core/contracts/roles'
import type { AccessEntry, AccessLog } from '../src/server/access-log/access-log.ts'
import { Sessions } from '../src/server/sign-in/sessions.ts'
import type { SignInSettings } from '../src/server/sign-in/sign-in-routes.ts'

/** Sign-in at an issuer that nobody ever asks. */
export const SIGN_IN: SignInSettings = {
  issuer: 'http://127.0.0.1:9',
  clientId: 'zuil-dashboard',
  clientSecret: '',
  personClaims: ['sub'],
  publicUrl: new URL('http://127.0.0.1'),
  key: Buffer.alloc(32, 7),
  rolesInRegistry: false,
}

export function sessionsAt(clock: () => number): Sessions {
  return new Sessions({ key: SIGN_IN.key, secure: false, clock })
}

/** The `Cookie` header of somebody who signed in at that moment with these roles. */
export function cookieOf(account: string, roles: Roles, clock: () => number): string {
  const [cookie = ''] = sessionsAt(clock)
    .begin({ names: [account], roles })
    .split(';')
  return cookie
}

/** A log that a test reads. */
export class MemoryAccessLog implements AccessLog {
  readonly entries: Omit<AccessEntry, 'at'>[] = []

  write(entry: Omit<AccessEntry, 'at'>): void {
    this.entries.push(entry)
  }

  async latest(count: number): Promise<readonly AccessEntry[]> {
    return this.entries.map((entry) => ({ at: 0, ...entry })).slice(-count)
  }
}
