import { gunzipSync, inflateRawSync } from 'node:zlib'
import { zipEntries } from './server/formats/zip.ts'

const GZIP = 0x1f8b
const ZIP = 0x504b

/**
 * Whether a number stands anywhere in an answer: as text in any usual writing, or as a whole or broken binary number of four
 * or eight bytes, also where a reader of the format would not look (below a null, in statistics, in a dictionary). What is
 * packed is unpacked first.
 */
export function findsValue(bytes: Buffer, value: number): boolean {
  return unpacked(bytes).some((part) => writings(value).some((writing) => part.includes(writing)))
}

function unpacked(bytes: Buffer): readonly Buffer[] {
  if (bytes.length < 2) return [bytes]
  if (bytes.readUInt16BE(0) === GZIP) return [gunzipSync(bytes)]
  if (bytes.readUInt16BE(0) === ZIP)
    return [bytes, ...[...zipEntries(bytes, inflateRawSync).values()].map((text) => Buffer.from(text))]
  return [bytes]
}

function writings(value: number): readonly Buffer[] {
  const texts = [String(value), value.toLocaleString('nl-BE'), value.toLocaleString('en'), value.toLocaleString('fr-BE')]
  const binary = [4, 8].flatMap((size) => {
    const [whole, broken, wholeBackwards] = [Buffer.alloc(size), Buffer.alloc(size), Buffer.alloc(size)]
    if (size === 4) {
      whole.writeInt32LE(value)
      wholeBackwards.writeInt32BE(value)
      broken.writeFloatLE(value)
    } else {
      whole.writeBigInt64LE(BigInt(value))
      wholeBackwards.writeBigInt64BE(BigInt(value))
      broken.writeDoubleLE(value)
    }
    return [whole, wholeBackwards, ...(size === 8 ? [broken] : [])]
  })
  return [...texts.map((text) => Buffer.from(text)), ...binary]
}
