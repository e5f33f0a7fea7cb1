/** What is noted: nothing about passholders, and of who reads no more than the id of the account or token. */
export const ACCESS_KINDS = ['sign-in', 'sign-out', 'export'] as const
export type AccessKind = (typeof ACCESS_KINDS)[number]

export interface AccessEntry {
  /** Epoch ms. */
  readonly at: number
  readonly kind: AccessKind
  /** Id of the account, or `token/…`. */
  readonly account: string
  /** Of an export the address with its question; else empty. */
  readonly what: string
}

/** Log of sign-ins and exports. Writing never fails a request: what cannot be written is reported. */
export interface AccessLog {
  write(entry: Omit<AccessEntry, 'at'>): void
  /** Newest first. */
  latest(count: number): Promise<readonly AccessEntry[]>
}
