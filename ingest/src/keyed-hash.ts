import { hash } from 'node:crypto'

const BLOCK_BYTES = 64
const DIGEST_BYTES = 32
const DIGEST_WORDS = DIGEST_BYTES / 4
/** The end of the text and its length in bits. */
const PADDING_BYTES = 9
/** Texts of which the hash is made here: up to four blocks. Longer ones are made faster by the runtime, and are rare. */
const SHORT_CHARACTERS_MAX = 240

/** The first 64 bits of a hash, as two numbers that are each little-endian. */
export interface HashHead {
  readonly first: number
  readonly second: number
}

/**
 * HMAC-SHA-256 (RFC 2104) under one key, for short texts at a high rate: every check-in looks up a card by one. `createHmac` imports
 * the key at every call, which takes ten times as long as the hash. Here the states behind the padded key stand ready, so a short
 * text costs two blocks of SHA-256 (FIPS 180-4), written out below, and neither call into the runtime nor garbage.
 */
export class KeyedHash {
  readonly #innerBlock: Buffer
  readonly #outerBlock: Buffer
  readonly #innerState: Int32Array
  readonly #outerState: Int32Array
  readonly #state = new Int32Array(DIGEST_WORDS)
  readonly #bytes = Buffer.alloc(SHORT_CHARACTERS_MAX + PADDING_BYTES + BLOCK_BYTES)

  /** @param key at most 64 bytes */
  constructor(key: Buffer) {
    if (key.length > BLOCK_BYTES) throw new RangeError(`A key has at most ${BLOCK_BYTES} bytes`)
    this.#innerBlock = Buffer.alloc(BLOCK_BYTES)
    this.#outerBlock = Buffer.alloc(BLOCK_BYTES)
    for (let i = 0; i < BLOCK_BYTES; i++) {
      this.#innerBlock[i] = (key[i] ?? 0) ^ 0x36
      this.#outerBlock[i] = (key[i] ?? 0) ^ 0x5c
    }
    this.#innerState = stateAfter(this.#innerBlock)
    this.#outerState = stateAfter(this.#outerBlock)
  }

  /** Hash of the UTF-8 text. */
  digest(text: string): Buffer {
    const state = this.#shortState(text)
    return state ? digestOf(state) : this.#digestOfLong(text)
  }

  /** The head of {@link digest}, without making the rest. */
  head(text: string): HashHead {
    const state = this.#shortState(text)
    if (state) return { first: swapped(state[0] ?? 0), second: swapped(state[1] ?? 0) }
    return headOf(this.#digestOfLong(text))
  }

  /** The eight words of the hash, valid until the next call; undefined for a text that is long or not ASCII. */
  #shortState(text: string): Int32Array | undefined {
    const bytes = this.#bytes
    const { length } = text
    if (length > SHORT_CHARACTERS_MAX) return undefined
    for (let i = 0; i < length; i++) {
      const unit = text.charCodeAt(i)
      if (unit > 0x7f) return undefined
      bytes[i] = unit
    }
    const end = endMessage(bytes, length)
    const state = this.#state
    state.set(this.#innerState)
    for (let at = 0; at < end; at += BLOCK_BYTES) addBlock(state, bytes, at)
    for (let i = 0; i < DIGEST_WORDS; i++) bytes.writeInt32BE(state[i] ?? 0, i * 4)
    endMessage(bytes, DIGEST_BYTES)
    state.set(this.#outerState)
    addBlock(state, bytes, 0)
    return state
  }

  #digestOfLong(text: string): Buffer {
    const inner = hash('sha256', Buffer.concat([this.#innerBlock, Buffer.from(text, 'utf8')]), 'buffer')
    return hash('sha256', Buffer.concat([this.#outerBlock, inner]), 'buffer')
  }
}

export function headOf(hash: Buffer): HashHead {
  return { first: hash.readUInt32LE(0), second: hash.readUInt32LE(4) }
}

/** Writes what ends a message of `length` bytes that stands behind one block; the answer is where its last block ends. */
function endMessage(bytes: Buffer, length: number): number {
  const end = Math.ceil((length + PADDING_BYTES) / BLOCK_BYTES) * BLOCK_BYTES
  bytes[length] = 0x80
  bytes.fill(0, length + 1, end - 4)
  bytes.writeInt32BE((BLOCK_BYTES + length) * 8, end - 4)
  return end
}

function digestOf(state: Int32Array): Buffer {
  const digest = Buffer.allocUnsafe(DIGEST_BYTES)
  for (let i = 0; i < DIGEST_WORDS; i++) digest.writeInt32BE(state[i] ?? 0, i * 4)
  return digest
}

function swapped(word: number): number {
  return ((word << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | (word >>> 24)) >>> 0
}

// The first 32 bits of the fractional parts of the square roots of the first 8 primes, and of the cube roots of the first 64.
const START = fractions(DIGEST_WORDS, Math.sqrt)
const ROUND_CONSTANTS = fractions(BLOCK_BYTES, Math.cbrt)

function fractions(count: number, root: (prime: number) => number): Int32Array {
  const words = new Int32Array(count)
  for (let candidate = 2, found = 0; found < count; candidate++) {
    let divisor = 2
    while (candidate % divisor !== 0) divisor++
    if (divisor < candidate) continue
    words[found++] = Math.floor((root(candidate) % 1) * 0x1_0000_0000)
  }
  return words
}

function stateAfter(block: Buffer): Int32Array {
  const state = START.slice()
  addBlock(state, block, 0)
  return state
}

const schedule = new Int32Array(BLOCK_BYTES)

/** The compression of SHA-256. The letters are those of the standard; words without `?? 0` are read inside their arrays. */
function addBlock(state: Int32Array, bytes: Buffer, at: number): void {
  const w = schedule
  for (let t = 0, from = at; t < 16; t++, from += 4) {
    w[t] = ((bytes[from] ?? 0) << 24) | ((bytes[from + 1] ?? 0) << 16) | ((bytes[from + 2] ?? 0) << 8) | (bytes[from + 3] ?? 0)
  }
  for (let t = 16; t < 64; t++) {
    const early = w[t - 15] ?? 0
    const late = w[t - 2] ?? 0
    const sigma0 = ((early >>> 7) | (early << 25)) ^ ((early >>> 18) | (early << 14)) ^ (early >>> 3)
    const sigma1 = ((late >>> 17) | (late << 15)) ^ ((late >>> 19) | (late << 13)) ^ (late >>> 10)
    w[t] = ((w[t - 16] ?? 0) + sigma0 + (w[t - 7] ?? 0) + sigma1) | 0
  }
  let a = state[0] ?? 0
  let b = state[1] ?? 0
  let c = state[2] ?? 0
  let d = state[3] ?? 0
  let e = state[4] ?? 0
  let f = state[5] ?? 0
  let g = state[6] ?? 0
  let h = state[7] ?? 0
  for (let t = 0; t < 64; t++) {
    const sum1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7))
    const t1 = (h + sum1 + (g ^ (e & (f ^ g))) + (ROUND_CONSTANTS[t] ?? 0) + (w[t] ?? 0)) | 0
    const sum0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10))
    const t2 = (sum0 + ((a & b) | (c & (a | b)))) | 0
    h = g
    g = f
    f = e
    e = (d + t1) | 0
    d = c
    c = b
    b = a
    a = (t1 + t2) | 0
  }
  state[0] = (state[0] ?? 0) + a
  state[1] = (state[1] ?? 0) + b
  state[2] = (state[2] ?? 0) + c
  state[3] = (state[3] ?? 0) + d
  state[4] = (state[4] ?? 0) + e
  state[5] = (state[5] ?? 0) + f
  state[6] = (state[6] ?? 0) + g
  state[7] = (state[7] ?? 0) + h
}
