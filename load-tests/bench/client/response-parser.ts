/** A response may have this many bytes of header; more is no answer of ours. */
const HEADER_BYTES_MAX = 16_384
/** A line before a chunk: its length in hexadecimal digits, seldom with an extension. */
const CHUNK_LINE_BYTES_MAX = 256

const CR = 13
const LF = 10

export interface ResponseHead {
  readonly status: number
  /** `Zuil-Receipt`; empty without one or when it was not wanted. */
  readonly receipt: string
  /** `Connection: close`: the server ends the connection behind this response. */
  readonly isLast: boolean
}

export interface ResponseHandler {
  /** A response has arrived whole. */
  response(response: ResponseHead): void
  /** Whether to look for `Zuil-Receipt`, which costs a little. */
  readonly wantsReceipt: boolean
  /** A piece of the body, valid during the call only. Left out: bodies are skipped unread. */
  body?(bytes: Buffer): void
}

/** What the next bytes are; `chunk-end` is the line break behind a chunk. */
type State = 'header' | 'body' | 'chunk-line' | 'chunk' | 'chunk-end' | 'trailer'

/**
 * Reads HTTP/1.1 responses from a connection and does nothing else: status, length or chunks, and `Zuil-Receipt`. The way of
 * a response with `Content-Length` that comes in one piece is the short one.
 */
export class ResponseParser {
  readonly #handler: ResponseHandler
  #state: State = 'header'
  /** Bytes of an unfinished header or line. */
  #begun: Buffer = EMPTY
  /** Bytes of the body, or of the chunk, that are still to come. */
  #left = 0
  #head: ResponseHead = { status: 0, receipt: '', isLast: false }

  constructor(handler: ResponseHandler) {
    this.#handler = handler
  }

  /** @throws {Error} when the bytes are not a response this client understands. */
  feed(bytes: Buffer): void {
    let rest = bytes
    while (rest.length > 0) {
      if (this.#state === 'header') rest = this.#readHeader(rest)
      else if (this.#state === 'body' || this.#state === 'chunk') rest = this.#readBody(rest)
      else rest = this.#readLine(rest)
    }
  }

  #readHeader(bytes: Buffer): Buffer {
    const text = this.#begun.length === 0 ? bytes : Buffer.concat([this.#begun, bytes])
    const end = headerEnd(text)
    if (end < 0) {
      if (text.length > HEADER_BYTES_MAX) throw new Error(`A response header is longer than ${HEADER_BYTES_MAX} bytes`)
      this.#begun = Buffer.from(text)
      return EMPTY
    }
    this.#begun = EMPTY
    const status = statusOf(text)
    const receipt = this.#handler.wantsReceipt ? fieldOf(text, end, RECEIPT) : ''
    this.#head = { status, receipt, isLast: fieldOf(text, end, CONNECTION).toLowerCase() === 'close' }
    const length = status === 204 ? 0 : lengthOf(text, end)
    if (length === 0) this.#finish()
    else if (length < 0) this.#state = 'chunk-line'
    else {
      this.#state = 'body'
      this.#left = length
    }
    return text.length === end ? EMPTY : text.subarray(end)
  }

  #readBody(bytes: Buffer): Buffer {
    const piece = bytes.length <= this.#left ? bytes : bytes.subarray(0, this.#left)
    this.#handler.body?.(piece)
    this.#left -= piece.length
    if (this.#left === 0) {
      if (this.#state === 'chunk') this.#state = 'chunk-end'
      else this.#finish()
    }
    return piece.length === bytes.length ? EMPTY : bytes.subarray(piece.length)
  }

  #readLine(bytes: Buffer): Buffer {
    const text = this.#begun.length === 0 ? bytes : Buffer.concat([this.#begun, bytes])
    const end = text.indexOf(LF)
    if (end < 0) {
      if (text.length > CHUNK_LINE_BYTES_MAX)
        throw new Error(`A line between chunks is longer than ${CHUNK_LINE_BYTES_MAX} bytes`)
      this.#begun = Buffer.from(text)
      return EMPTY
    }
    this.#begun = EMPTY
    this.#lineRead(text.toString('latin1', 0, end).trim())
    return text.subarray(end + 1)
  }

  #lineRead(line: string): void {
    if (this.#state === 'trailer') {
      if (line === '') this.#finish()
      return
    }
    if (this.#state === 'chunk-end') {
      if (line !== '') throw new Error('A chunk is longer than it said')
      this.#state = 'chunk-line'
      return
    }
    if (!/^[0-9a-f]{1,8}(;|$)/i.test(line)) throw new Error(`Not the length of a chunk: ${JSON.stringify(line)}`)
    this.#left = Number.parseInt(line, 16)
    this.#state = this.#left === 0 ? 'trailer' : 'chunk'
  }

  #finish(): void {
    this.#state = 'header'
    this.#handler.response(this.#head)
  }
}

const EMPTY = Buffer.alloc(0)
const CONTENT_LENGTH = 'content-length:'
const TRANSFER_ENCODING = 'transfer-encoding:'
const CONNECTION = 'connection:'
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

/** Bytes of the body; -1 when it comes in chunks. */
function lengthOf(bytes: Buffer, end: number): number {
  const text = fieldOf(bytes, end, CONTENT_LENGTH)
  if (/^\d{1,10}$/.test(text)) return Number(text)
  if (fieldOf(bytes, end, TRANSFER_ENCODING).toLowerCase() === 'chunked') return -1
  throw new Error(`A response of unknown length: ${bytes.toString('latin1', 0, end)}`)
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
