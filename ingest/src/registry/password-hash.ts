import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

/** As OWASP advises for scrypt with 32 MB: some 150 ms of one core. */
const COST = { N: 32_768, r: 8, p: 3, maxmem: 64 * 1024 * 1024 }
const SALT_BYTES = 16
const HASH_BYTES = 32
const FORMAT = /^scrypt\$(\d{1,7})\$(\d{1,2})\$(\d{1,2})\$([\w-]{22})\$([\w-]{43})$/

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt)

/** `scrypt$N$r$p$salt$hash`, so that a later cost does not lock anybody out. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES)
  const hash = await derive(password, salt, HASH_BYTES, COST)
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64url'), hash.toString('base64url')].join('$')
}

/** What no password has: comparing with it takes as long as with a true one. */
export const NO_PASSWORD = ['scrypt', COST.N, COST.r, COST.p, 'A'.repeat(22), 'A'.repeat(43)].join('$')

/** False for a text that is no hash. */
export async function isPassword(password: string, text: string): Promise<boolean> {
  const [, N, r, p, salt, hash] = FORMAT.exec(text) ?? []
  if (salt === undefined || hash === undefined) return false
  const cost = { N: Number(N), r: Number(r), p: Number(p), maxmem: COST.maxmem }
  const derived = await derive(password, Buffer.from(salt, 'base64url'), HASH_BYTES, cost)
  return timingSafeEqual(derived, Buffer.from(hash, 'base64url'))
}
