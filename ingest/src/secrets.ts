import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
  randomFillSync,
  timingSafeEqual,
} from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import type { IdKey } from '@zuil/core'
import { SECRET_SALT, type SecretLabel } from '@zuil/core/contracts/secret-labels'
import { type HashHead, KeyedHash } from './keyed-hash.ts'
import { ShortHash } from './short-hash.ts'
import type { TextWriter } from './text-writer.ts'

const SECRET_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16
/** First byte of what is sealed, so that another algorithm can follow without guessing. */
const SEAL_FORMAT = 1
/** Nonces that are drawn at once: asking the system for twelve bytes takes as long as enciphering a kilobyte. */
const NONCES_DRAWN = 256
/** Bytes of the key of a short hash. */
const SHORT_KEY_BYTES = 16
/** Bytes kept of a keyed hash: 128 bits never collide by accident among millions of cards. */
const HASH_BYTES = 16

export const SECRET_FILE = join('keys', 'installation.key')

/** The installation's secret cannot be used; the message names the file or setting and what to do. */
export class SecretError extends Error {
  override readonly name = 'SecretError'
  readonly code = 'secret-unusable'
}

/**
 * The installation's secret: from the setting, else from `<data>/keys/installation.key`, which is created at the first
 * start. Processes that start together agree on one file: it is linked into place, and the first link wins.
 *
 * @throws {SecretError} when the text is no secret or others may read the file.
 */
export function installationSecret(dataFolder: string, setting = ''): Buffer {
  if (setting !== '') return parseSecret(setting, 'ZUIL_SECRET')
  const file = join(dataFolder, SECRET_FILE)
  if (!existsSync(file)) createSecretFile(file)
  if ((statSync(file).mode & 0o077) !== 0) {
    throw new SecretError(`${file} may be read by others: run chmod 600 on it.`)
  }
  return parseSecret(readFileSync(file, 'utf8').trim(), file)
}

function parseSecret(text: string, origin: string): Buffer {
  if (!/^[0-9a-fA-F]{64}$/.test(text)) {
    throw new SecretError(`${origin} must hold 64 hexadecimal digits (32 random bytes); it holds ${text.length} characters.`)
  }
  return Buffer.from(text, 'hex')
}

function createSecretFile(file: string): void {
  const folder = dirname(file)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const temporary = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`
  const descriptor = openSync(temporary, 'wx', 0o600)
  try {
    writeSync(descriptor, `${randomBytes(SECRET_BYTES).toString('hex')}\n`)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
  try {
    linkSync(temporary, file)
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error
  } finally {
    unlinkSync(temporary)
  }
  const folderDescriptor = openSync(folder, 'r')
  try {
    fsyncSync(folderDescriptor)
  } finally {
    closeSync(folderDescriptor)
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}

/** The keys of one installation. Nothing here is ever logged or written out. */
export class Secrets {
  readonly #secret: Buffer
  /** As an object: the key itself costs each seal 12 µs more, because Node tries it for an object first. */
  readonly #identity: KeyObject
  readonly #request: Buffer
  readonly #cardHash: KeyedHash
  readonly #requestHash: KeyedHash
  readonly #contentHash: KeyedHash
  readonly #idempotencyHash: ShortHash
  readonly #nonces = Buffer.alloc(NONCES_DRAWN * NONCE_BYTES)
  /** Where the next one begins; each is used once. */
  #nextNonce = this.#nonces.length

  constructor(secret: Buffer) {
    this.#secret = secret
    this.#identity = createSecretKey(this.key('identity'))
    this.#request = this.key('request')
    this.#cardHash = new KeyedHash(this.key('card-hash'))
    this.#requestHash = new KeyedHash(this.#request)
    this.#contentHash = new KeyedHash(this.key('identity'))
    this.#idempotencyHash = new ShortHash(this.key('idempotency').subarray(0, SHORT_KEY_BYTES))
  }

  /** 32 bytes for one purpose. */
  key(label: SecretLabel): Buffer {
    return Buffer.from(hkdfSync('sha256', this.#secret, SECRET_SALT, label, SECRET_BYTES))
  }

  /** Token for `operator` or `internal`, secret of the `dashboard`: 64 hexadecimal digits. */
  token(label: 'operator' | 'internal' | 'dashboard'): string {
    return this.key(label).toString('hex')
  }

  /** Key of transaction ids. */
  idKey(): IdKey {
    const bytes = this.key('transaction-id')
    return { words: [bytes.readUInt32LE(0), bytes.readUInt32LE(4), bytes.readUInt32LE(8), bytes.readUInt32LE(12)] }
  }

  /** Keyed hash of a UiTPAS number; 16 bytes. */
  cardHash(uitpasNumber: string): Buffer {
    return hashOf(this.#cardHash, 'card', uitpasNumber)
  }

  /** Keyed hash of a chip number, upper case; 16 bytes. */
  chipHash(chipNumber: string): Buffer {
    return hashOf(this.#cardHash, 'chip', chipNumber.toUpperCase())
  }

  /** The head of {@link cardHash}: enough to look a card up. */
  cardHead(uitpasNumber: string): HashHead {
    return this.#cardHash.head(`card\0${uitpasNumber}`)
  }

  /** The head of {@link chipHash}. */
  chipHead(chipNumber: string): HashHead {
    return this.#cardHash.head(`chip\0${chipNumber.toUpperCase()}`)
  }

  /** Keyed hash of the id of a passholder or group pass; 16 bytes. */
  holderHash(passholderId: string): Buffer {
    return hashOf(this.#cardHash, 'holder', passholderId.toLowerCase())
  }

  /** Keyed hash of an INSZ number; 16 bytes. */
  inszHash(insz: string): Buffer {
    return hashOf(this.#cardHash, 'insz', insz)
  }

  /** Keyed hash of the id of an account; 16 bytes. */
  accountHash(accountId: string): Buffer {
    return hashOf(this.#cardHash, 'account', accountId)
  }

  /** Keyed hash of an e-mail address, lower case; 16 bytes. */
  emailHash(email: string): Buffer {
    return hashOf(this.#cardHash, 'email', email)
  }

  /** Keyed hash of anything about a request; 32 hexadecimal digits. `purpose` keeps the uses apart. */
  requestHash(purpose: string, text: string): string {
    return this.#requestHash.digest(`${purpose}\0${text}`).toString('hex', 0, HASH_BYTES)
  }

  /** Short keyed hash of what makes a request known again, as UTF-8; 22 characters of base64url. */
  idempotencyHash(text: TextWriter): string {
    return this.#idempotencyHash.digestOf(text.room, text.length)
  }

  /** What is kept of a client's secret; 64 hexadecimal digits. */
  clientSecretHash(clientId: string, secret: string): string {
    return createHmac('sha256', this.#request).update(`client\0${clientId}\0${secret}`).digest('hex')
  }

  /** What is kept of the secret of a token of the data API; 64 hexadecimal digits. */
  dataTokenHash(tokenId: string, secret: string): string {
    return createHmac('sha256', this.#request).update(`data-token\0${tokenId}\0${secret}`).digest('hex')
  }

  /** Seals for `context`: format byte, nonce, ciphertext, tag. */
  seal(content: string | Buffer, context: string): Buffer {
    const nonce = this.#nonce()
    const cipher = createCipheriv('aes-256-gcm', this.#identity, nonce)
    cipher.setAAD(Buffer.from(context))
    const body = typeof content === 'string' ? cipher.update(content, 'utf8') : cipher.update(content)
    return Buffer.concat([Buffer.of(SEAL_FORMAT), nonce, body, cipher.final(), cipher.getAuthTag()])
  }

  /** Valid until the next one. */
  #nonce(): Buffer {
    if (this.#nextNonce === this.#nonces.length) {
      randomFillSync(this.#nonces)
      this.#nextNonce = 0
    }
    const nonce = this.#nonces.subarray(this.#nextNonce, this.#nextNonce + NONCE_BYTES)
    this.#nextNonce += NONCE_BYTES
    return nonce
  }

  /** @throws {SecretError} when it was sealed by another secret, for another context, or was changed. */
  open(sealed: Buffer, context: string): string {
    return this.openBytes(sealed, context).toString('utf8')
  }

  /** As {@link open}, for what was sealed as bytes. */
  openBytes(sealed: Buffer, context: string): Buffer {
    if (sealed.length < 1 + NONCE_BYTES + TAG_BYTES || sealed[0] !== SEAL_FORMAT) {
      throw new SecretError(`What is sealed for ${context} has an unknown format.`)
    }
    const decipher = createDecipheriv('aes-256-gcm', this.#identity, sealed.subarray(1, 1 + NONCE_BYTES))
    decipher.setAAD(Buffer.from(context))
    decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES))
    try {
      const content = decipher.update(sealed.subarray(1 + NONCE_BYTES, sealed.length - TAG_BYTES))
      // Checks the tag; of this cipher no content is left for the end.
      decipher.final()
      return content
    } catch (cause) {
      throw new SecretError(`What is sealed for ${context} does not open with this installation's secret.`, { cause })
    }
  }

  /** Keyed hash of what an entry of the registry says, to recognise what is there already; 22 characters. */
  contentHash(text: string): string {
    return hashOf(this.#contentHash, 'content', text).toString('base64url')
  }
}

function hashOf(key: KeyedHash, purpose: string, text: string): Buffer {
  return key.digest(`${purpose}\0${text}`).subarray(0, HASH_BYTES)
}

/** Compares two secrets in the same time wherever they differ. */
export function isSameSecret(a: string, b: string): boolean {
  const left = createHmac('sha256', SECRET_SALT).update(a).digest()
  const right = createHmac('sha256', SECRET_SALT).update(b).digest()
  return timingSafeEqual(left, right)
}
