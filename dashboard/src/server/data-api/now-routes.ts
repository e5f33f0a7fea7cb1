import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { isLanguage } from '../../lib/language.ts'
import { acceptedType } from '../http/media-type.ts'
import { type Problem, problems, sendProblem } from '../http/problem.ts'
import type { LiveStreams, Subject } from '../live-stream/live-streams.ts'
import { ARROW_STREAM, nowArrow } from '../now/now-arrow.ts'
import type { NowBoard } from '../now/now-board.ts'
import { nowDocument } from '../now/now-document.ts'

const JSON_TYPE = 'application/json'
const NOW_TYPES = [JSON_TYPE, ARROW_STREAM] as const
/** The source is asked again within a second, so that a client need not wait long. */
const FIGURES_RETRY_SECONDS = 5
/** Readers leave at their own pace. */
const STREAM_RETRY_SECONDS = 30

export interface NowRoutesOptions {
  readonly board: NowBoard
  readonly streams: LiveStreams
}

/** The operations door of the data API: loads and counts, no persons, open to everybody. */
export function nowRoutes(api: FastifyInstance, { board, streams }: NowRoutesOptions): void {
  const schema = { tags: ['Nu'] }
  api.get('/now', { schema: { ...schema, summary: 'Check-ins of the last hour and of today' } }, (request, reply) =>
    answerNow(board, request, reply),
  )
  api.get('/now/stream', { schema: { ...schema, summary: 'The same, as server-sent events' } }, (request, reply) =>
    openStream(streams, request, reply),
  )
}

async function answerNow(board: NowBoard, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const type = acceptedType(request.headers.accept, NOW_TYPES)
  reply.header('vary', 'accept')
  if (!type) return sendProblem(reply, problems.notAcceptable(NOW_TYPES))
  const document = nowDocument(await board.snapshot())
  if (!document) return sendProblem(reply, problems.unavailable('There are no figures yet'), FIGURES_RETRY_SECONDS)
  if (type === ARROW_STREAM) {
    return reply
      .type(ARROW_STREAM)
      .header('content-disposition', 'inline; filename="now.arrows"')
      .send(Buffer.from(nowArrow(document)))
  }
  return reply.type(JSON_TYPE).send(JSON.stringify(document))
}

function openStream(streams: LiveStreams, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const subject = subjectOf(request)
  if (typeof subject === 'object') return sendProblem(reply, subject)
  if (streams.isFull()) {
    return sendProblem(reply, problems.unavailable('All places at the live stream are taken'), STREAM_RETRY_SECONDS)
  }
  reply.hijack()
  for (const [name, value] of Object.entries(reply.getHeaders())) {
    if (value !== undefined) reply.raw.setHeader(name, value)
  }
  streams.add(reply.raw, { subject, packed: /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? '')) })
  return reply
}

/** `?charts=nl` asks for the page with its charts in that language; without it the stream carries the figures. */
function subjectOf(request: FastifyRequest): Subject | Problem {
  // `as` holds: without a schema the query is an object of texts, or of lists where a name is repeated.
  const { charts } = request.query as { charts?: string | string[] }
  if (charts === undefined) return 'figures'
  return isLanguage(charts) ? charts : problems.notFound(`There are no charts in ${JSON.stringify(charts)}`)
}
