/** What is noted: nothing about passholders, and of people no more than the id of the account or token. */
export const ACCESS_KINDS = ['sign-in', 'sign-out', 'export', 'role-given', 'role-taken'] as const
export type AccessKind = (typeof ACCESS_KINDS)[number]

export interface AccessEntry {
  /** Epoch ms. */
  readonly at: number
  readonly kind: AccessKind
  /** Id of the account, `token/…`, or of a financial report `client/…` of the API, `signed-link` where nobody is known. */
  readonly account: string
  /** Of an export the address with its question, of a role the account that has or had it, and the role; else empty. */
  readonly what: string
}

/** Log of sign-ins, exports, and roles given and taken. Writing never fails a request: what cannot be written is reported. */
export interface AccessLog {
  write(entry: Omit<AccessEntry, 'at'>): void
  /** Newest first. */
  latest(count: number): Promise<readonly AccessEntry[]>
}
