import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { type Problem, problem } from '@zuil/core'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Language } from '../../lib/language.ts'
import type { AnswerTable } from '../formats/answer-table.ts'
import { FORMAT_NAMES, FORMATS, type FormatName, formatOfMediaType, isFormatName, MEDIA_TYPES } from '../formats/formats.ts'
import { acceptedType } from '../http/media-type.ts'
import { problems } from '../http/problem.ts'
import { answerWordsOf } from './answer-words.ts'

const packed = promisify(gzip)
/** Below this a packed answer is hardly shorter. */
const PACKED_BYTES_MIN = 1_024
/** Changes when the same question would be answered with other bytes by a newer version. */
const ANSWER_VERSION = 1

/** How an answer is wanted. */
export interface Wanted {
  readonly format: FormatName
  readonly language: Language
}

/** `?format=` counts first, because a spreadsheet cannot set a header; then `Accept`. */
export function formatOf(request: FastifyRequest, name: string | undefined): FormatName | Problem {
  if (name !== undefined)
    return isFormatName(name) ? name : problem('invalid-query', { detail: 'There is no such format', allowed: FORMAT_NAMES })
  const type = acceptedType(request.headers.accept, MEDIA_TYPES)
  return type === undefined ? problems.notAcceptable(MEDIA_TYPES) : formatOfMediaType(type)
}

/**
 * The tag of an answer: the same release and question give the same bytes for ever. Contains nothing of the figures, so it can
 * be compared before they are read.
 */
export function tagOf(parts: readonly unknown[], { format, language }: Wanted): string {
  const text = JSON.stringify([ANSWER_VERSION, format, language, ...parts])
  return `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`
}

/** Sets what a cache may know of the answer; true when the client has it already, and 304 is all it needs. */
export function isKnown(request: FastifyRequest, reply: FastifyReply, tag: string): boolean {
  reply.headers({ etag: tag, 'cache-control': 'private, no-cache', vary: 'accept, accept-encoding, authorization' })
  const known = request.headers['if-none-match'] ?? ''
  return known.split(',').some((each) => each.trim().replace(/^W\//, '') === tag)
}

/** A written answer, before it is packed for its way. */
export interface Written {
  readonly bytes: Buffer
  readonly fileName: string
  readonly format: FormatName
}

export async function writtenIn({ format, language }: Wanted, table: AnswerTable): Promise<Written> {
  const { write, ending } = FORMATS[format]
  return { bytes: await write(table, answerWordsOf(language).sheets), fileName: `${table.name}.${ending}`, format }
}

export async function sendWritten(request: FastifyRequest, reply: FastifyReply, written: Written): Promise<FastifyReply> {
  const { bytes, fileName, format } = written
  const { packs, mediaType } = FORMATS[format]
  reply.header('content-disposition', `${format === 'json' ? 'inline' : 'attachment'}; filename="${fileName}"`)
  reply.type(mediaType === 'text/csv' ? 'text/csv; charset=utf-8' : mediaType)
  const takesGzip = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))
  if (!packs || !takesGzip || bytes.length < PACKED_BYTES_MIN) return await reply.send(bytes)
  return await reply.header('content-encoding', 'gzip').send(await packed(bytes))
}
