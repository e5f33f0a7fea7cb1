import { createPrivateKey, createPublicKey, generateKeyPair, type KeyObject, randomUUID } from 'node:crypto'
import { link, mkdir, readFile, unlink, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { promisify } from 'node:util'
import { calculateJwkThumbprint, type JWK } from 'jose'

/** RSA 2048: what every OAuth library verifies; a token lives a day. */
const MODULUS_BITS = 2048

/** Key that signs access tokens. The public half is what `/certs` shows. */
export interface SigningKey {
  readonly privateJwk: JWK
  readonly publicJwk: JWK
}

/**
 * Reads the signing key of this installation, or makes it at first use. All ingest processes share the file, so the
 * first one to put it there wins and the others read it.
 *
 * @param file PEM, encrypted with `passphrase`, readable by the owner only
 * @throws {Error} when the file exists and the passphrase does not open it
 */
export async function openSigningKey(file: string, passphrase: string): Promise<SigningKey> {
  const pem = (await readIfPresent(file)) ?? (await createOnce(file, passphrase))
  return describeKey(unlock(pem, { file, passphrase }))
}

async function createOnce(file: string, passphrase: string): Promise<string> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: MODULUS_BITS })
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase }).toString()
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  const temporary = `${file}.${randomUUID()}`
  await writeFile(temporary, pem, { mode: 0o600, flush: true })
  try {
    await link(temporary, file)
    return pem
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error
    return await readFile(file, 'utf8')
  } finally {
    await unlink(temporary)
  }
}

function unlock(pem: string, source: { file: string; passphrase: string }): KeyObject {
  try {
    return createPrivateKey({ key: pem, passphrase: source.passphrase })
  } catch (cause) {
    throw new Error(
      `${source.file} was written under another installation secret: restore that secret, or remove the file ` +
        'and let every client fetch a new token',
      { cause },
    )
  }
}

async function describeKey(key: KeyObject): Promise<SigningKey> {
  const publicJwk: JWK = createPublicKey(key).export({ format: 'jwk' })
  const kid = await calculateJwkThumbprint(publicJwk)
  const members = { alg: 'RS256', use: 'sig', kid }
  return { privateJwk: { ...key.export({ format: 'jwk' }), ...members }, publicJwk: { ...publicJwk, ...members } }
}

async function readIfPresent(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined
    throw error
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
