/** A response may have this many bytes of header; more is no answer of ours. */
const HEADER_BYTES_MAX = 16_384

const CR = 13
const LF = 10

export interface ResponseHandler {
  /** A response has arrived whole. `receipt`: its `Zuil-Receipt` header, empty without one or when not {@link wantsReceipt}. */
  response(status: number, receipt: string): void
  readonly wantsReceipt: boolean
  /** A piece of the body, valid during the call only. Left out: bodies are skipped unread. */
  body?(bytes: Buffer): void
}

/**
 * Reads HTTP/1.1 responses of known length from a connection and does nothing else: status, `Content-Length` and
 * `Zuil-Receipt`. A test of it stands in test/bench/client.
 */
export class ResponseParser {
  readonly #handler: ResponseHandler
  #header: Buffer = Buffer.alloc(0)
  #bodyLeft = -1
  #status = 0
  #receipt = ''

  constructor(handler: ResponseHandler) {
    this.#handler = handler
  }

  /** @throws {Error} when the bytes are not a response this client understands. */
  feed(bytes: Buffer): void {
    let rest = bytes
    while (rest.length > 0) {
      rest = this.#bodyLeft < 0 ? this.#readHeader(rest) : this.#readBody(rest)
    }
  }

  #readHeader(bytes: Buffer): Buffer {
    const text = this.#header.length === 0 ? bytes : Buffer.concat([this.#header, bytes])
    const end = headerEnd(text)
    if (end < 0) {
      if (text.length > HEADER_BYTES_MAX) throw new Error(`A response header is longer than ${HEADER_BYTES_MAX} bytes`)
      this.#header = Buffer.from(text)
      return EMPTY
    }
    if (this.#header.length > 0) this.#header = EMPTY
    this.#status = statusOf(text)
    this.#receipt = this.#handler.wantsReceipt ? fieldOf(text, end, RECEIPT) : ''
    this.#bodyLeft = this.#status === 204 ? 0 : lengthOf(text, end)
    if (this.#bodyLeft === 0) this.#finish()
    return text.length === end ? EMPTY : text.subarray(end)
  }

  #readBody(bytes: Buffer): Buffer {
    const piece = bytes.length <= this.#bodyLeft ? bytes : bytes.subarray(0, this.#bodyLeft)
    this.#handler.body?.(piece)
    this.#bodyLeft -= piece.length
    if (this.#bodyLeft === 0) this.#finish()
    return piece.length === bytes.length ? EMPTY : bytes.subarray(piece.length)
  }

  #finish(): void {
    this.#bodyLeft = -1
    this.#handler.response(this.#status, this.#receipt)
  }
}

const EMPTY = Buffer.alloc(0)
const CONTENT_LENGTH = 'content-length:'
const RECEIPT = 'zuil-receipt:'

/** Index behind the empty line, or -1. */
function headerEnd(bytes: Buffer): number {
  for (let i = 3; i < bytes.length; i++) {
    if (bytes[i] === LF && bytes[i - 1] === CR && bytes[i - 2] === LF) return i + 1
  }
  return -1
}

function statusOf(bytes: Buffer): number {
  const digit = (index: number) => (bytes[index] ?? 0) - 48
  const status = digit(9) * 100 + digit(10) * 10 + digit(11)
  if (bytes[0] !== 72 || !(status >= 100 && status <= 599)) {
    throw new Error(`Not a response: ${JSON.stringify(bytes.toString('latin1', 0, 40))}`)
  }
  return status
}

function lengthOf(bytes: Buffer, end: number): number {
  const text = fieldOf(bytes, end, CONTENT_LENGTH)
  if (!/^\d{1,10}$/.test(text)) throw new Error(`A response without Content-Length: ${bytes.toString('latin1', 0, end)}`)
  return Number(text)
}

/** Value of the header field that `name` (lower case, with its colon) begins; empty without it. */
function fieldOf(bytes: Buffer, end: number, name: string): string {
  for (let i = 12; i < end; i++) {
    if (bytes[i] !== LF || !beginsWith(bytes, i + 1, name)) continue
    const from = i + 1 + name.length
    return bytes.toString('latin1', from, bytes.indexOf(CR, from)).trim()
  }
  return ''
}

function beginsWith(bytes: Buffer, at: number, name: string): boolean {
  // a name has letters and `-` and `:` only, which the bit 0x20 leaves as they are in lower case
  for (let i = 0; i < name.length; i++) {
    if (((bytes[at + i] ?? 0) | 0x20) !== name.charCodeAt(i)) return false
  }
  return true
}
