import { createServer, type Server } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sendPoison } from '../../drills/poison.ts'

const DOOR = { eventId: 'e', checkinCode: 'c', cardSystem: 1, deviceId: 'd', token: 't', clientId: 'i', clientSecret: 's' }

let server: Server
let api = ''
let answer: (path: string) => { readonly status: number; readonly text: string }

beforeAll(async () => {
  server = createServer((request, response) => {
    request.resume().once('end', () => {
      const { status, text } = answer(request.url ?? '')
      response.writeHead(status).end(text)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  api = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
})
afterAll(() => server.close())

test('a server that refuses everything, lines of a batch for themselves, has passed', async () => {
  answer = (path) => (path === '/batches' ? { status: 200, text: '{"line":1,"result":"refused"}' } : { status: 400, text: '{}' })
  expect(await sendPoison(api, DOOR)).toBeGreaterThan(300)
})

test.each([
  ['/checkins', 500, ''],
  ['/checkins', 201, '{}'],
  ['/batches', 200, '{"line":1,"result":"accepted"}'],
])('%s that answers %i to poison is named', async (path, status, text) => {
  answer = (asked) => (asked === path ? { status, text } : { status: 400, text: '{}' })
  await expect(sendPoison(api, DOOR)).rejects.toThrow(`${path} answered ${status}`)
})
