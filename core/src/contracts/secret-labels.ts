/**
 * Every key of an installation comes from one secret of 32 random bytes, written as 64 hexadecimal digits in
 * `data/keys/installation.key` (mode 600) or given as ZUIL_SECRET: HKDF-SHA-256 with this salt and the label as info,
 * 32 bytes each (`hkdfSync('sha256', secret, SECRET_SALT, label, 32)`). Tokens are those 32 bytes as hexadecimal text.
 */
export const SECRET_SALT = 'zuil'

export const SECRET_LABELS = [
  /** Keyed hashes of card, chip and passholder numbers. */
  'card-hash',
  /** Seals what the registry knows about persons. */
  'identity',
  /** Keyed check in the ids of transactions; its first 16 bytes. */
  'transaction-id',
  /** Keyed hashes of request keys and of the secrets that clients present. */
  'request',
  /** Short keyed hashes by which a request is known again; its first 16 bytes. */
  'idempotency',
  /** Bearer token of ingest towards the hub. */
  'internal',
  /** Bearer token of the operator: registry, import. */
  'operator',
  /** Signs the access tokens of the built-in issuer. */
  'tokens',
  /** Signs the cookies that hold a sign-in together. */
  'sign-in',
  /** Secret of the dashboard towards the built-in issuer. */
  'dashboard',
  /** Seals the cookies of who signed in at the dashboard. */
  'session',
  /** Record keys of holders, which published figures are rounded by. Never changed: two ways of rounding tell more than one. */
  'publication',
] as const
export type SecretLabel = (typeof SECRET_LABELS)[number]
