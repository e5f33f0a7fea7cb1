import { afterEach, expect, test, vi } from 'vitest'
import { readSettings } from '../config.ts'
import { putRegistry } from '../registry-import.ts'

const settings = readSettings({ ZUIL_SECRET: 'a'.repeat(64) })
const FULL = '81 % of the memory of Redis is in use'

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

test.each([
  ['is away', () => Promise.reject(new TypeError('fetch failed')), 10, /does not answer as it should: start Zuil first/],
  [
    'is full',
    () => Promise.resolve(Response.json({ detail: FULL }, { status: 503 })),
    120,
    /takes no entries for now: 81 % of the memory of Redis is in use\. What it took/,
  ],
] as const)('an API that %s is asked again for a while, and then the reason is said', async (_what, answer, times, said) => {
  vi.useFakeTimers()
  const ask = vi.fn(answer)
  vi.stubGlobal('fetch', ask)
  const put = expect(putRegistry(settings, 'passholders', '[]')).rejects.toThrow(said)
  await vi.runAllTimersAsync()
  await put
  expect(ask).toHaveBeenCalledTimes(times)
})
