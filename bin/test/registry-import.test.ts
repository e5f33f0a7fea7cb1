import { afterEach, expect, test, vi } from 'vitest'
import { readSettings } from '../config.ts'
import { putEntry, putRegistry } from '../registry-import.ts'

const settings = readSettings({ ZUIL_SECRET: 'a'.repeat(64) })
const FULL = '81 % of the memory of Redis is in use'

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/** An API that gives the same answer each time, asked by `put`: how often, over how long, and what is said in the end. */
async function asked(answer: () => Promise<Response>, put: () => Promise<unknown>) {
  vi.useFakeTimers()
  const ask = vi.fn(answer)
  vi.stubGlobal('fetch', ask)
  const startedAt = Date.now()
  const said = put().then(String, ({ message }: Error) => message)
  await vi.runAllTimersAsync()
  return { times: ask.mock.calls.length, seconds: (Date.now() - startedAt) / 1_000, said: await said }
}

const isAway = () => Promise.reject(new TypeError('fetch failed'))
const isFull = (retryAfter?: string) => async () =>
  Response.json({ detail: FULL }, { status: 503, headers: retryAfter === undefined ? {} : { 'retry-after': retryAfter } })
const many = () => putRegistry(settings, 'passholders', '[]')
const one = () => putEntry(settings, 'data-tokens', {})
const API = `The API at http://${settings.host}:${settings.ingestPort}`

test.each([
  ['many entries, it is away', isAway, many, 10, 9],
  ['one entry, it is away', isAway, one, 10, 9],
])('%s: asked again until it may have started', async (_what, answer, put, times, seconds) => {
  const said = `${API} does not answer as it should: start Zuil first (npm start).`
  expect(await asked(answer, put)).toEqual({ times, seconds, said })
})

test.each([
  ['many entries', isFull(), many, 121, 120],
  ['many entries, to come back after 5 s', isFull('5'), many, 25, 120],
  ['many entries, to come back after an hour', isFull('3600'), many, 5, 120],
  ['many entries, to come back on a day', isFull('Sun, 22 Nov 2026 10:00:00 GMT'), many, 121, 120],
  ['one entry', isFull(), one, 4, 3],
  ['one entry, to come back after 5 s', isFull('5'), one, 1, 0],
])('%s, Redis is full: waits as it is told, within a bound, and says the reason', async (_what, answer, put, times, seconds) => {
  const consequence = put === one ? 'Nothing was changed' : 'What it took until here stays'
  const said = `${API} takes no entries for now: ${FULL}. ${consequence}; give the same again later.`
  expect(await asked(answer, put)).toEqual({ times, seconds, said })
})
