import { hash } from 'node:crypto'

const BLOCK_BYTES = 64
const DIGEST_BYTES = 32
/** Texts that fit are hashed without an allocation; longer ones are rare. */
const ROOM_BYTES = 1_024

/**
 * HMAC-SHA-256 (RFC 2104) under one key, for short texts at a high rate. `createHmac` imports the key at every call, which
 * takes ten times as long as the hash; here the padded key stands ready, and two plain hashes do the rest.
 */
export class KeyedHash {
  readonly #inner: Buffer
  readonly #outer: Buffer

  /** @param key at most 64 bytes */
  constructor(key: Buffer) {
    if (key.length > BLOCK_BYTES) throw new RangeError(`A key has at most ${BLOCK_BYTES} bytes`)
    this.#inner = Buffer.alloc(BLOCK_BYTES + ROOM_BYTES)
    this.#outer = Buffer.alloc(BLOCK_BYTES + DIGEST_BYTES)
    for (let i = 0; i < BLOCK_BYTES; i++) {
      this.#inner[i] = (key[i] ?? 0) ^ 0x36
      this.#outer[i] = (key[i] ?? 0) ^ 0x5c
    }
  }

  /** Hash of the UTF-8 text; `binary` is one character for each byte. */
  digest(text: string, encoding: 'hex' | 'binary'): string {
    this.#outer.write(hash('sha256', this.#innerBlock(text), 'binary'), BLOCK_BYTES, 'binary')
    return hash('sha256', this.#outer, encoding)
  }

  #innerBlock(text: string): Buffer {
    // Three bytes at most for each UTF-16 unit.
    if (text.length * 3 <= ROOM_BYTES) return this.#inner.subarray(0, BLOCK_BYTES + this.#inner.write(text, BLOCK_BYTES, 'utf8'))
    return Buffer.concat([this.#inner.subarray(0, BLOCK_BYTES), Buffer.from(text, 'utf8')])
  }
}
