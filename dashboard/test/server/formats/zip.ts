const END_OF_DIRECTORY = 0x06054b50
const DIRECTORY_ENTRY = 0x02014b50

/** The files in a zip archive (of a workbook), read by its directory. */
export function zipEntries(bytes: Buffer, inflate: (packed: Buffer) => Buffer): ReadonlyMap<string, string> {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]))
  if (end < 0 || bytes.readUInt32LE(end) !== END_OF_DIRECTORY) throw new Error('Not a zip archive')
  const files = new Map<string, string>()
  let at = bytes.readUInt32LE(end + 16)
  while (bytes.readUInt32LE(at) === DIRECTORY_ENTRY) {
    const [size, nameLength, extraLength, commentLength] = [
      bytes.readUInt32LE(at + 20),
      bytes.readUInt16LE(at + 28),
      bytes.readUInt16LE(at + 30),
      bytes.readUInt16LE(at + 32),
    ]
    const local = bytes.readUInt32LE(at + 42)
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28)
    const packed = bytes.subarray(start, start + size)
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength)
    files.set(name, (bytes.readUInt16LE(at + 10) === 0 ? packed : inflate(packed)).toString('utf8'))
    at += 46 + nameLength + extraLength + commentLength
  }
  return files
}
