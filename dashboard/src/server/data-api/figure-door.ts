import { type Problem, problem, RateLimiter } from '@zuil/core'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { AccessLog } from '../access-log/access-log.ts'
import type { AnswerTable } from '../formats/answer-table.ts'
import { sendProblem } from '../http/problem.ts'
import { type Authentication, CHALLENGE, type Presented, type Reader } from '../scope/authentication.ts'
import { isKnown, sendWritten, type Wanted, writtenIn } from './answer.ts'

/** A workbook with a dozen queries refreshes at once; after that five requests a second are no person any more. */
const REQUESTS = { burst: 120, perSecond: 5 } as const
/** Bytes of one reader: a few full answers at once, then a megabyte a second. */
const BYTES = { burst: 64_000_000, perSecond: 1_000_000 } as const
const RATE_RETRY_SECONDS = 2
const UNAUTHORIZED = 401
const TOO_MANY = 429

export interface Exchange {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

/** An answer that is only made when the client does not have it yet. */
export interface Prepared {
  readonly tag: string
  readonly wanted: Wanted
  readonly table: () => Promise<AnswerTable>
}

/** A file that is no table; no cache keeps it. */
export interface WholeFile {
  readonly bytes: Buffer
  readonly fileName: string
  readonly mediaType: string
}

export interface FigureDoorOptions {
  readonly authentication: Authentication
  /** Every answer with figures is noted there. */
  readonly log: AccessLog
  /** Epoch ms. */
  readonly clock: () => number
}

/** The door to figures: who reads, how much of it, and whether they have it already. */
export class FigureDoor {
  readonly #authentication: Authentication
  readonly #requests: RateLimiter
  readonly #bytes: RateLimiter
  readonly #log: AccessLog

  constructor({ authentication, log, clock }: FigureDoorOptions) {
    this.#authentication = authentication
    this.#log = log
    this.#requests = new RateLimiter(REQUESTS, clock)
    this.#bytes = new RateLimiter(BYTES, clock)
  }

  /** Lets `prepare` see who reads, and sends what it prepared, or the problem it found. */
  async open(exchange: Exchange, prepare: (reader: Reader) => Promise<Prepared | Problem>): Promise<FastifyReply> {
    const { request, reply } = exchange
    const reader = await this.#readerOf(exchange)
    if (!reader) return reply
    const prepared = await prepare(reader)
    if ('type' in prepared) return refuse(reply, prepared)
    if (isKnown(request, reply, prepared.tag)) return await reply.code(304).send()
    const written = await writtenIn(prepared.wanted, await prepared.table())
    const waitForBytes = this.#bytes.take(reader.owner, written.bytes.length)
    if (waitForBytes > 0) return tooMany(reply, waitForBytes)
    this.#log.write({ kind: 'export', account: reader.owner, what: request.url })
    return await sendWritten(request, reply, written)
  }

  /** The same for a file that takes a while to make. */
  async openFile(exchange: Exchange, make: (reader: Reader) => Promise<WholeFile | Problem>): Promise<FastifyReply> {
    const { request, reply } = exchange
    const reader = await this.#readerOf(exchange)
    if (!reader) return reply
    const file = await make(reader)
    if ('type' in file) return refuse(reply, file)
    const waitForBytes = this.#bytes.take(reader.owner, file.bytes.length)
    if (waitForBytes > 0) return tooMany(reply, waitForBytes)
    this.#log.write({ kind: 'export', account: reader.owner, what: request.url })
    reply.header('content-disposition', `attachment; filename="${file.fileName}"`)
    return await reply.type(file.mediaType).send(file.bytes)
  }

  /**
   * Lets `work` change something for a person who comes with an access token. A session does not count here: another site could
   * have a browser send it.
   */
  async change({ request, reply }: Exchange, work: (reader: Reader) => Promise<object | Problem>): Promise<FastifyReply> {
    const { authorization } = request.headers
    const reader = await this.#readerOf({ request, reply }, { authorization })
    if (!reader) return reply
    const done = await work(reader)
    return 'type' in done ? refuse(reply, done) : await reply.send(done)
  }

  /** Who reads; nobody when a refusal was sent instead. A reply cannot be handed on from here: whoever awaits it gets nothing. */
  async #readerOf({ request, reply }: Exchange, presented: Presented = request.headers): Promise<Reader | undefined> {
    const reader = await this.#authentication.readerOf(presented, request.ip)
    if ('type' in reader) {
      refuse(reply, reader)
      return
    }
    const wait = this.#requests.take(reader.owner)
    if (wait === 0) return reader
    tooMany(reply, wait)
  }
}

function refuse(reply: FastifyReply, refusal: Problem): FastifyReply {
  if (refusal.status === UNAUTHORIZED) reply.header('www-authenticate', CHALLENGE)
  return sendProblem(reply, refusal, refusal.status === TOO_MANY ? RATE_RETRY_SECONDS : undefined)
}

function tooMany(reply: FastifyReply, seconds: number): FastifyReply {
  return sendProblem(reply.removeHeader('etag').header('cache-control', 'no-store'), problem('rate-limited'), seconds)
}
