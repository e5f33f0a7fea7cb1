const KEY_BYTES = 16
const BLOCK_BYTES = 8
const ALPHABET = Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_')
const DIGEST_CHARACTERS = 22

/**
 * SipHash-2-4 with 128 bits (Aumasson and Bernstein, 2012) under one key: for what is kept of requests, several of them for each
 * check-in, where HMAC would take ten times as long. Nobody who lacks the key can make two texts meet or lead a hash back to one.
 * Written with 32-bit words in local variables, as in @zuil/core's sip-hash: big integers take many times as long.
 */
export class ShortHash {
  readonly #key: readonly [number, number, number, number]

  /** @param key 16 bytes */
  constructor(key: Buffer) {
    if (key.length !== KEY_BYTES) throw new RangeError(`A key has ${KEY_BYTES} bytes`)
    this.#key = [key.readInt32LE(0), key.readInt32LE(4), key.readInt32LE(8), key.readInt32LE(12)]
  }

  /** Hash of the UTF-8 text: 22 characters of base64url. */
  digest(text: string): string {
    const bytes = Buffer.from(text, 'utf8')
    return this.digestOf(bytes, bytes.length)
  }

  /** Hash of the first `length` bytes. */
  digestOf(bytes: Buffer, length: number): string {
    return sipHash128(this.#key, bytes, length)
  }
}

function sipHash128(key: readonly [number, number, number, number], bytes: Buffer, length: number): string {
  let v0l = key[0] ^ 0x70736575
  let v0h = key[1] ^ 0x736f6d65
  let v1l = key[2] ^ 0x6e646f6d ^ 0xee
  let v1h = key[3] ^ 0x646f7261
  let v2l = key[0] ^ 0x6e657261
  let v2h = key[1] ^ 0x6c796765
  let v3l = key[2] ^ 0x79746573
  let v3h = key[3] ^ 0x74656462
  let firstLow = 0
  let firstHigh = 0
  const blocks = Math.floor(length / BLOCK_BYTES) + 1
  // Two rounds for each block, then twice four rounds that finish: after each of these, half of the hash.
  for (let step = 0; step < blocks + 4; step++) {
    let ml = 0
    let mh = 0
    if (step < blocks) {
      const at = step * BLOCK_BYTES
      ml = wordAt(bytes, at, length)
      mh = wordAt(bytes, at + 4, length)
      if (step === blocks - 1) mh |= length << 24
    }
    if (step === blocks) v2l ^= 0xee
    if (step === blocks + 2) {
      firstLow = v0l ^ v1l ^ v2l ^ v3l
      firstHigh = v0h ^ v1h ^ v2h ^ v3h
      v1l ^= 0xdd
    }
    v3l ^= ml
    v3h ^= mh
    for (let round = 0; round < 2; round++) {
      const al = (v0l + v1l) | 0
      const ah = (v0h + v1h + (al >>> 0 < v0l >>> 0 ? 1 : 0)) | 0
      const bl = ((v1l << 13) | (v1h >>> 19)) ^ al
      const bh = ((v1h << 13) | (v1l >>> 19)) ^ ah
      const cl = (v2l + v3l) | 0
      const ch = (v2h + v3h + (cl >>> 0 < v2l >>> 0 ? 1 : 0)) | 0
      const dl = ((v3l << 16) | (v3h >>> 16)) ^ cl
      const dh = ((v3h << 16) | (v3l >>> 16)) ^ ch
      v0l = (ah + dl) | 0
      v0h = (al + dh + (v0l >>> 0 < ah >>> 0 ? 1 : 0)) | 0
      v3l = ((dl << 21) | (dh >>> 11)) ^ v0l
      v3h = ((dh << 21) | (dl >>> 11)) ^ v0h
      const el = (cl + bl) | 0
      const eh = (ch + bh + (el >>> 0 < cl >>> 0 ? 1 : 0)) | 0
      v1l = ((bl << 17) | (bh >>> 15)) ^ el
      v1h = ((bh << 17) | (bl >>> 15)) ^ eh
      v2l = eh
      v2h = el
    }
    v0l ^= ml
    v0h ^= mh
  }
  return base64Of(firstLow, firstHigh, v0l ^ v1l ^ v2l ^ v3l, v0h ^ v1h ^ v2h ^ v3h)
}

/** Four bytes, little-endian; what stands behind the text is 0. */
function wordAt(bytes: Buffer, at: number, length: number): number {
  if (at + 4 <= length) {
    return (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24)
  }
  let word = 0
  for (let i = at; i < length; i++) word |= (bytes[i] ?? 0) << ((i - at) * 8)
  return word
}

const digest = Buffer.alloc(DIGEST_CHARACTERS)

/** Four words, each little-endian, as bytes in base64url. */
function base64Of(a: number, b: number, c: number, d: number): string {
  const [i, j, k, l] = [swapped(a), swapped(b), swapped(c), swapped(d)]
  writePair(0, i >>> 20)
  writePair(2, i >>> 8)
  writePair(4, (i << 4) | (j >>> 28))
  writePair(6, j >>> 16)
  writePair(8, j >>> 4)
  writePair(10, (j << 8) | (k >>> 24))
  writePair(12, k >>> 12)
  writePair(14, k)
  writePair(16, l >>> 20)
  writePair(18, l >>> 8)
  writePair(20, l << 4)
  return digest.toString('latin1')
}

/** Two characters for the lower 12 bits. */
function writePair(at: number, bits: number): void {
  digest[at] = ALPHABET[(bits >>> 6) & 63] ?? 0
  digest[at + 1] = ALPHABET[bits & 63] ?? 0
}

function swapped(word: number): number {
  return (word << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | (word >>> 24)
}
