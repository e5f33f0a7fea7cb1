import net from 'node:net'

/** Longest answer read: INFO has some 6 kB. */
const ANSWER_BYTES_MAX = 1_000_000

/**
 * A connection to Redis for the few questions of a benchmark (INFO, GET, DBSIZE …): answers are text, integers as text,
 * nothing as an empty text. One question at a time.
 */
export class RedisLine {
  readonly #socket: net.Socket
  #received = ''
  #waiting: PromiseWithResolvers<string> | undefined

  private constructor(socket: net.Socket) {
    this.#socket = socket
    socket.setEncoding('latin1')
    socket.on('data', (text) => this.#receive(String(text)))
    socket.on('close', () => this.#waiting?.reject(new Error('Redis closed the connection')))
    socket.on('error', (error) => this.#waiting?.reject(error))
  }

  static async open(port: number): Promise<RedisLine> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const socket = net.connect({ host: '127.0.0.1', port, noDelay: true }, resolve)
    socket.once('error', reject)
    await promise
    socket.off('error', reject)
    return new RedisLine(socket)
  }

  /** @throws {Error} with Redis' own text when it refuses the command. */
  async ask(...words: readonly string[]): Promise<string> {
    if (this.#waiting) throw new Error('A question is under way')
    this.#waiting = Promise.withResolvers<string>()
    const parts = words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`)
    this.#socket.write(`*${words.length}\r\n${parts.join('')}`)
    try {
      return await this.#waiting.promise
    } finally {
      this.#waiting = undefined
    }
  }

  close(): void {
    this.#socket.destroy()
  }

  #receive(text: string): void {
    this.#received += text
    const answer = readAnswer(this.#received)
    if (!answer) return
    this.#received = ''
    if (answer.isError) this.#waiting?.reject(new Error(`Redis: ${answer.text}`))
    else this.#waiting?.resolve(answer.text)
  }
}

/** The answer that stands in `received`, or undefined while it is not whole. Only one is ever under way. */
export function readAnswer(received: string): { text: string; isError: boolean } | undefined {
  const lineEnd = received.indexOf('\r\n')
  if (lineEnd < 0) return undefined
  const [kind, rest] = [received.charAt(0), received.slice(1, lineEnd)]
  if (kind !== '$') return { text: rest, isError: kind === '-' }
  if (rest === '-1') return { text: '', isError: false }
  const [from, length] = [lineEnd + 2, Number(rest)]
  if (length > ANSWER_BYTES_MAX) return { text: `the answer has ${length} bytes`, isError: true }
  if (received.length < from + length + 2) return undefined
  return { text: received.slice(from, from + length), isError: false }
}
