import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { FaultyFront } from '../../drills/faulty-front.ts'

let server: Server
let front: FaultyFront
let done: string[] = []

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = ''
    request
      .on('data', (chunk) => (body += String(chunk)))
      .once('end', () => {
        done.push(`${request.method} ${request.url} ${body}`)
        response.writeHead(201, { 'x-done': 'yes' }).end('done')
      })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  front = await FaultyFront.open((server.address() as AddressInfo).port) // it listens on a TCP port
})
beforeEach(() => {
  done = []
})
afterAll(async () => {
  await front[Symbol.asyncDispose]()
  server.close()
})

const send = (signal?: AbortSignal) =>
  fetch(`http://127.0.0.1:${front.port}/?query=INSERT`, { method: 'POST', body: 'rows', ...(signal && { signal }) })

test('a front that lets through gives the answer of what stands behind it', async () => {
  front.mode = 'passes'
  const answer = await send()
  expect([answer.status, answer.headers.get('x-done'), await answer.text()]).toEqual([201, 'yes', 'done'])
  expect(done).toEqual(['POST /?query=INSERT rows'])
})

test('one that refuses answers 500, and nothing is done', async () => {
  front.mode = 'refuses'
  expect((await send()).status).toBe(500)
  expect({ done, taken: front.taken('refuses') }).toEqual({ done: [], taken: 1 })
})

test('one that cuts breaks the connection when all was done', async () => {
  front.mode = 'cuts'
  await expect(send()).rejects.toThrow('fetch failed')
  expect(done).toEqual(['POST /?query=INSERT rows'])
})

test('one that is silent says nothing, and nothing is done', async () => {
  front.mode = 'is silent'
  const patience = new AbortController()
  const asked = send(patience.signal)
  await expect.poll(() => front.taken('is silent')).toBe(1)
  patience.abort()
  await expect(asked).rejects.toThrow('aborted')
  expect(done).toEqual([])
})
