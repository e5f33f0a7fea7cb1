import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { uploadTwice } from '../../drills/device-uploads.ts'
import { DrillStage } from '../../drills/drill.ts'
import type { OwnInstallation } from '../../installation/own-installation.ts'
import { AnswerBook } from '../../verdict/answer-book.ts'

const DOOR = { eventId: 'e', checkinCode: 'c', cardSystem: 1, deviceId: 'd', token: 't', clientId: 'i', clientSecret: 's' }
const VISITOR = { passholderId: 'p', uitpasNumber: '0930000000001', chipNumber: '', cardSystem: 1, hasSocialTariff: false }

let server: Server
let api = ''
/** What the API says of a scan that comes for the nth time. */
let answer: (time: number) => string
const times = new Map<string, number>()

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = ''
    request
      .on('data', (chunk) => (body += String(chunk)))
      .once('end', () => {
        const lines = body
          .trimEnd()
          .split('\n')
          .map((line) => {
            const { nonce } = JSON.parse(line) as { nonce: string }
            times.set(nonce, (times.get(nonce) ?? 0) + 1)
            return `{"nonce":"${nonce}",${answer(times.get(nonce) ?? 0)}}`
          })
        response.writeHead(200).end(lines.join('\n'))
      })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  api = `http://127.0.0.1:${(server.address() as AddressInfo).port}` // it listens on a TCP port
})
beforeEach(() => times.clear())
afterAll(() => server.close())

function stage(answers: AnswerBook) {
  const installation = { api } as unknown as OwnInstallation // all that an upload asks of it
  const hand = { door: DOOR, visitors: [VISITOR], answers, note: () => undefined, mayLose: () => undefined }
  return new DrillStage(installation, hand)
}

test('scans that are told again and again and get the same answer are counted once', async () => {
  const answers = new AnswerBook()
  answer = (time) => (time === 1 ? '"result":"accepted","receipt":"0.1-1"' : '"result":"replayed","receipt":"0.1-1"')
  expect(await uploadTwice(stage(answers), () => 0.1)).toEqual({ scans: 1_000, stored: 1_000, refused: 0 })
  expect(Math.min(...times.values())).toBeGreaterThanOrEqual(4)
  expect([...answers.accepted]).toEqual(['0.1-1'])
})

test('a scan that is stored a second time is named', async () => {
  answer = (time) => `"result":"accepted","receipt":"0.1-${time}"`
  await expect(uploadTwice(stage(new AnswerBook()), () => 0.1)).rejects.toThrow(
    /was answered "stored 0\.1-1", then "stored 0\.1-2"/,
  )
})
