import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { problem } from '@zuil/core'
import { BATCH_LINES_MAX } from '@zuil/core/contracts/http-batch'
import { ProblemBody } from '@zuil/core/contracts/http-problem'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { hasPermission } from '../access.ts'
import { BatchDesk } from '../checkins/batch.ts'
import { principalOf, sendForbidden } from '../plugins/authentication.ts'
import { sendOverloaded, sendProblem } from '../plugins/problems.ts'
import type { RouteContext } from '../route-context.ts'

const NDJSON = 'application/x-ndjson'
/** Bytes of a batch, inflated: the most lines of about 300 bytes. */
export const BATCH_BYTES_MAX = 8 * 1024 * 1024
/** Batches at the same time: together they hold some 100 MB at the bound, and more would only wait for Redis. */
export const BATCHES_UNDER_WAY_MAX = 4

const inflate = promisify(gunzip)

/** `POST /batches`: what devices saw while they were offline, a line each, answered a line each. */
export function batchRoutes(app: FastifyInstance, context: RouteContext): void {
  const { services, authentication, backpressure, checkins } = context
  const desk = new BatchDesk(services, checkins)
  let underWay = 0

  app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser(NDJSON, { parseAs: 'buffer', bodyLimit: BATCH_BYTES_MAX }, (_request, body, done) =>
      done(null, body),
    )
    scope.post<{ Body: Buffer | undefined }>(
      '/batches',
      {
        onRequest: authentication.clientOrKiosk,
        bodyLimit: BATCH_BYTES_MAX,
        schema: {
          summary: 'Check-ins of a device that was offline, one a line',
          tags: ['Zuil'],
          consumes: [NDJSON],
          response: { '4xx': ProblemBody, '5xx': ProblemBody },
        },
      },
      async (request, reply) => {
        const principal = principalOf(request)
        if (principal.kind === 'client' && !hasPermission(principal.client, 'CHECKINS_WRITE')) {
          return sendForbidden(reply, 'CHECKINS_WRITE', 'of the events')
        }
        if (backpressure.refuses(reply, 'imports')) return reply
        if (underWay >= BATCHES_UNDER_WAY_MAX) return sendOverloaded(reply, 'Other batches are still being taken')
        underWay += 1
        try {
          const lines = await linesOf(request, reply)
          if (!lines) return reply
          // A line for each line; one JSON array for who asks for JSON only.
          if (!/^application\/json\b/i.test(request.headers.accept ?? '')) {
            return reply.header('content-type', NDJSON).send(await desk.take(principal, lines, '\n'))
          }
          const results = await desk.take(principal, lines, ',')
          return reply.header('content-type', 'application/json; charset=utf-8').send(inBrackets(results))
        } finally {
          underWay -= 1
        }
      },
    )
  })
}

/** A JSON array of what has a comma behind each element. */
function inBrackets(elements: Buffer): Buffer {
  return Buffer.concat([Buffer.from('['), elements.subarray(0, -1), Buffer.from(']')])
}

/** The lines of the body; undefined when it was answered here, because it is none or too large. */
async function linesOf(
  request: FastifyRequest<{ Body: Buffer | undefined }>,
  reply: FastifyReply,
): Promise<string[] | undefined> {
  const text = await textOf(request, reply)
  if (text === undefined) return undefined
  const lines = text.split('\n', BATCH_LINES_MAX + 2)
  if (lines.at(-1) === '') lines.pop()
  if (lines.length > BATCH_LINES_MAX) {
    sendProblem(reply, problem('body-too-large', { detail: `A batch has at most ${BATCH_LINES_MAX} lines` }))
    return undefined
  }
  if (lines.length === 0) {
    sendProblem(reply, problem('body/missing'))
    return undefined
  }
  return lines
}

async function textOf(request: FastifyRequest<{ Body: Buffer | undefined }>, reply: FastifyReply): Promise<string | undefined> {
  const { body } = request
  if (!body || body.length === 0) {
    sendProblem(reply, problem('body/missing'))
    return undefined
  }
  switch (request.headers['content-encoding'] ?? 'identity') {
    case 'identity':
      return body.toString('utf8')
    case 'gzip':
    case 'x-gzip':
      return await inflated(body, reply)
    default:
      sendProblem(reply, problem('header/unsupported-media-type', { detail: 'Content-Encoding is gzip or left out' }))
      return undefined
  }
}

async function inflated(body: Buffer, reply: FastifyReply): Promise<string | undefined> {
  try {
    return (await inflate(body, { maxOutputLength: BATCH_BYTES_MAX })).toString('utf8')
  } catch (error) {
    const isTooLarge = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
    sendProblem(
      reply,
      isTooLarge
        ? problem('body-too-large', { detail: `A batch has at most ${BATCH_BYTES_MAX} bytes, inflated` })
        : problem('body/invalid-syntax'),
    )
    return undefined
  }
}
