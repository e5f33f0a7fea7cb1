import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ResponseParser } from '../../../bench/client/response-parser.ts'

const CREATED =
  'HTTP/1.1 201 Created\r\nZuil-Receipt: 0.1795-3\r\ncontent-type: application/json\r\nContent-Length: 11\r\n\r\n{"points":1}'.slice(
    0,
    -1,
  )
const NO_CONTENT = 'HTTP/1.1 204 No Content\r\nDate: now\r\n\r\n'
const REFUSED = 'HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n'

const CHUNKED = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nab\n\r\nC;x=y\r\n0123456789ab\r\n0\r\nz: 1\r\n\r\n'

interface Seen {
  readonly responses: (readonly [number, string])[]
  body: string
}

function parse(pieces: readonly string[]): Seen {
  const seen: Seen = { responses: [], body: '' }
  const parser = new ResponseParser({
    wantsReceipt: true,
    response: ({ status, receipt, isLast }) => seen.responses.push([status, isLast ? `${receipt} and no more` : receipt]),
    body: (bytes) => {
      seen.body += bytes.toString()
    },
  })
  for (const piece of pieces) parser.feed(Buffer.from(piece))
  return seen
}

describe('ResponseParser', () => {
  test('reads status, receipt and body, whatever the case of the names', () => {
    expect(parse([CREATED])).toEqual({ responses: [[201, '0.1795-3']], body: '{"points":1' })
  })

  test('takes a 204 and an empty body for whole responses', () => {
    expect(parse([NO_CONTENT + REFUSED]).responses).toEqual([
      [204, ''],
      [400, ''],
    ])
  })

  test('reads a body that comes in chunks', () => {
    expect(parse([CHUNKED + NO_CONTENT])).toEqual({
      responses: [
        [200, ''],
        [204, ''],
      ],
      body: 'ab\n0123456789ab',
    })
  })

  test('notices that the server ends the connection', () => {
    expect(
      parse(['HTTP/1.1 201 Created\r\nConnection: close\r\nzuil-receipt: 0.1-1\r\ncontent-length: 0\r\n\r\n']).responses,
    ).toEqual([[201, '0.1-1 and no more']])
  })

  test('reads the same responses however the bytes are cut', () => {
    const text = CREATED + NO_CONTENT + CHUNKED + CREATED + REFUSED
    const whole = parse([text])
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: text.length }), { maxLength: 30 }), (cuts) => {
        const at = [0, ...cuts.sort((a, b) => a - b), text.length]
        const pieces = at.slice(1).map((end, i) => text.slice(at[i], end))
        expect(parse(pieces)).toEqual(whole)
      }),
    )
  })

  test('refuses what is no response, or one of unknown length', () => {
    expect(() => parse(['SSH-2.0-OpenSSH\r\n\r\n'])).toThrow('Not a response')
    expect(() => parse(['HTTP/1.1 200 OK\r\nserver: x\r\n\r\n'])).toThrow('unknown length')
    expect(() => parse(['HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nhello\r\n'])).toThrow('length of a chunk')
    expect(() => parse([`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(20_000)}`])).toThrow('longer than 16384')
  })
})
