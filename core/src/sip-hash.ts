/** A 64-bit value as two 32-bit words. */
export interface Word64 {
  readonly high: number
  readonly low: number
}

/** Four 32-bit words, little-endian: the first holds bytes 0 to 3. */
export type Words = readonly [number, number, number, number]

/**
 * SipHash-2-4 (Aumasson and Bernstein, 2012) of a message of 16 bytes under a key of 16 bytes. Written with 32-bit words
 * in local variables: this runs for every transaction, and big integers or arrays take many times as long.
 */
export function sipHash(key: Words, message: Words): Word64 {
  const [k0, k1, k2, k3] = key
  let v0l = k0 ^ 0x70736575
  let v0h = k1 ^ 0x736f6d65
  let v1l = k2 ^ 0x6e646f6d
  let v1h = k3 ^ 0x646f7261
  let v2l = k0 ^ 0x6e657261
  let v2h = k1 ^ 0x6c796765
  let v3l = k2 ^ 0x79746573
  let v3h = k3 ^ 0x74656462
  // Two rounds a step: both halves of the message, the block with its length (16), and four rounds that finish.
  for (let step = 0; step < 5; step++) {
    const ml = step === 0 ? message[0] : step === 1 ? message[2] : 0
    const mh = step === 0 ? message[1] : step === 1 ? message[3] : step === 2 ? 16 << 24 : 0
    if (step === 3) v2l ^= 0xff
    v3l ^= ml
    v3h ^= mh
    for (let round = 0; round < 2; round++) {
      // v0 += v1; v1 = (v1 <<< 13) ^ v0; v0 <<<= 32 (in the names of the words that follow)
      let sum = (v0l >>> 0) + (v1l >>> 0)
      const ah = (v0h + v1h + (sum > 0xffffffff ? 1 : 0)) | 0
      const al = sum | 0
      const bl = ((v1l << 13) | (v1h >>> 19)) ^ al
      const bh = ((v1h << 13) | (v1l >>> 19)) ^ ah
      // v2 += v3; v3 = (v3 <<< 16) ^ v2
      sum = (v2l >>> 0) + (v3l >>> 0)
      const ch = (v2h + v3h + (sum > 0xffffffff ? 1 : 0)) | 0
      const cl = sum | 0
      const dl = ((v3l << 16) | (v3h >>> 16)) ^ cl
      const dh = ((v3h << 16) | (v3l >>> 16)) ^ ch
      // v0 += v3; v3 = (v3 <<< 21) ^ v0
      sum = (ah >>> 0) + (dl >>> 0)
      v0h = (al + dh + (sum > 0xffffffff ? 1 : 0)) | 0
      v0l = sum | 0
      v3l = ((dl << 21) | (dh >>> 11)) ^ v0l
      v3h = ((dh << 21) | (dl >>> 11)) ^ v0h
      // v2 += v1; v1 = (v1 <<< 17) ^ v2; v2 <<<= 32
      sum = (cl >>> 0) + (bl >>> 0)
      const eh = (ch + bh + (sum > 0xffffffff ? 1 : 0)) | 0
      const el = sum | 0
      v1l = ((bl << 17) | (bh >>> 15)) ^ el
      v1h = ((bh << 17) | (bl >>> 15)) ^ eh
      v2l = eh
      v2h = el
    }
    v0l ^= ml
    v0h ^= mh
  }
  return { high: (v0h ^ v1h ^ v2h ^ v3h) >>> 0, low: (v0l ^ v1l ^ v2l ^ v3l) >>> 0 }
}
