import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose'

/** Between two attempts to fetch keys, good or bad: tokens with invented key ids must not become a flood at the issuer. */
export const KEYS_COOLDOWN_MS = 30_000
/** After this keys are fetched again in the background, so that a key the issuer withdrew stops counting. */
export const KEYS_AGE_MAX_MS = 600_000
const FETCH_TIMEOUT_MS = 3_000
/** A key set is a few kilobytes; more is not a key set. */
const DOCUMENT_BYTES_MAX = 256 * 1024

/** The issuer's keys were never read, so no token can be judged. Answered as 503, never as 401. */
export class KeysUnavailable extends Error {
  override readonly name = 'KeysUnavailable'
}

export interface IssuerKeysOptions {
  readonly issuer: string
  readonly fetch: typeof fetch
  readonly now: () => number
  readonly onError: (error: unknown) => void
}

/** Keys of a foreign issuer, found through its discovery document. The last good set stays when the issuer is away. */
export function issuerKeys(options: IssuerKeysOptions): JWTVerifyGetKey {
  let keys: JWTVerifyGetKey | undefined
  let attemptedAt = Number.NEGATIVE_INFINITY
  let pending: Promise<void> | undefined

  const refresh = async (): Promise<void> => {
    attemptedAt = options.now()
    try {
      keys = createLocalJWKSet(await fetchKeys(options))
    } catch (error) {
      options.onError(error)
    } finally {
      pending = undefined
    }
  }
  const refreshIfOlderThan = (ageMs: number): Promise<void> | undefined => {
    if (options.now() - attemptedAt >= ageMs) pending ??= refresh()
    return pending
  }

  return async (header, token) => {
    if (!keys) await refreshIfOlderThan(KEYS_COOLDOWN_MS)
    if (!keys) throw new KeysUnavailable(`No keys of ${options.issuer} yet`)
    void refreshIfOlderThan(KEYS_AGE_MAX_MS)
    try {
      return await keys(header, token)
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error
      await refreshIfOlderThan(KEYS_COOLDOWN_MS)
      return await keys(header, token)
    }
  }
}

async function fetchKeys(options: IssuerKeysOptions): Promise<JSONWebKeySet> {
  const discovery = await fetchJson(`${options.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, options)
  if (discovery.issuer !== options.issuer)
    throw new Error(`${options.issuer} presents itself as ${JSON.stringify(discovery.issuer)}`)
  const keySet = await fetchJson(String(discovery.jwks_uri), options)
  if (!Array.isArray(keySet.keys)) throw new Error(`The keys of ${options.issuer} are not a JSON Web Key Set`)
  return { keys: keySet.keys }
}

async function fetchJson(url: string, options: IssuerKeysOptions): Promise<Record<string, unknown>> {
  const response = await options.fetch(url, {
    redirect: 'error',
    signal: AbortSignal.timeout(FETCH_TIMEOUT_MS),
    headers: { accept: 'application/json' },
  })
  if (response.status !== 200) throw new Error(`${url} answered ${response.status}`)
  const document: unknown = JSON.parse(await readBounded(response, url))
  if (typeof document !== 'object' || document === null) throw new Error(`${url} is not a JSON object`)
  return { ...document }
}

async function readBounded(response: Response, url: string): Promise<string> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength
    if (bytes > DOCUMENT_BYTES_MAX) throw new Error(`${url} is larger than ${DOCUMENT_BYTES_MAX} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
