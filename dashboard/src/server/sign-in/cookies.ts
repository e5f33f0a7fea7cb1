import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject, randomBytes } from 'node:crypto'

const NONCE_BYTES = 12
const TAG_BYTES = 16
/** What a browser keeps of one cookie; a session with a hundred roles stays below it. */
const COOKIE_BYTES_MAX = 4_000

export interface CookieOptions {
  /** Addresses below this one get it. */
  readonly path: string
  /** Seconds; absent: until the browser closes. */
  readonly maxAge?: number
  /** Only over https; its name says so too, so that nothing else can set it. */
  readonly secure: boolean
}

/** Never read by a script, never sent along by another site except when somebody follows a link. */
export function setCookie(name: string, value: string, { path, maxAge, secure }: CookieOptions): string {
  const age = maxAge === undefined ? '' : `; Max-Age=${maxAge}`
  return `${name}=${value}; Path=${path}; HttpOnly; SameSite=Lax${age}${secure ? '; Secure' : ''}`
}

/** The value of a cookie in a request's header; the first, where there are several of the name. */
export function cookieIn(header: string | undefined, name: string): string | undefined {
  const part = header?.split(/; */).find((each) => each.startsWith(`${name}=`))
  return part?.slice(name.length + 1)
}

/** What only this installation can write and read: AES-256-GCM, for one purpose, as base64url. */
export class SealedText {
  readonly #key: KeyObject

  /** @param key 32 bytes */
  constructor(key: Buffer) {
    this.#key = createSecretKey(key)
  }

  /** @throws {RangeError} when it is more than a cookie holds */
  seal(value: unknown, purpose: string): string {
    const nonce = randomBytes(NONCE_BYTES)
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce).setAAD(Buffer.from(purpose))
    const body = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()])
    const text = Buffer.concat([nonce, body, cipher.getAuthTag()]).toString('base64url')
    if (text.length > COOKIE_BYTES_MAX) throw new RangeError(`A cookie of ${text.length} bytes would be thrown away`)
    return text
  }

  /** What was sealed for the purpose; undefined when it was not, or by another key. */
  open(text: string, purpose: string): unknown {
    const bytes = Buffer.from(text.slice(0, COOKIE_BYTES_MAX), 'base64url')
    if (bytes.length < NONCE_BYTES + TAG_BYTES) return undefined
    const decipher = createDecipheriv('aes-256-gcm', this.#key, bytes.subarray(0, NONCE_BYTES)).setAAD(Buffer.from(purpose))
    decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES))
    try {
      const body = decipher.update(bytes.subarray(NONCE_BYTES, bytes.length - TAG_BYTES))
      return JSON.parse(Buffer.concat([body, decipher.final()]).toString('utf8'))
    } catch {
      // changed on the way, or sealed by a key that is gone: as good as none
      return undefined
    }
  }
}
