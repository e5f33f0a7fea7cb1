import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { type Problem, problem } from '@zuil/core'

/** Errors of Node's HTTP parser that have a status of their own; every other one is a bad request. */
const STATUS_OF_CODE: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
}

/**
 * Answers what is not HTTP, or comes too slowly: there is no request to answer, only a socket, which is closed after
 * the problem document.
 */
export function answerClientError(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) {
    socket.destroy()
    return
  }
  const document = documentOf(error.code ?? '')
  const body = JSON.stringify(document)
  socket.end(
    `HTTP/1.1 ${document.status} ${STATUS_CODES[document.status] ?? 'Bad Request'}\r\n` +
      'Content-Type: application/problem+json\r\n' +
      `Content-Length: ${Buffer.byteLength(body)}\r\n` +
      `Connection: close\r\n\r\n${body}`,
  )
  // The peer may never read: what was written above is small enough for the kernel to have taken it.
  socket.destroySoon()
}

function documentOf(code: string): Problem {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return problem('request-timeout')
  const status = STATUS_OF_CODE[code] ?? 400
  return { type: 'about:blank', title: STATUS_CODES[status] ?? 'Bad Request', status }
}
