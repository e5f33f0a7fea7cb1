import { expect, test } from 'vitest'
import { PublisherStopped } from '../../src/index.ts'
import { publishDue } from '../../src/jobs/publish-due.ts'
import type { Log } from '../../src/log.ts'

const calmOfRelease = () => async () => undefined

test('a release that a stop cuts short is no failure of its job', async () => {
  const said: string[] = []
  const level = (name: string) => (_facts: object, message: string) => void said.push(`${name}: ${message}`)
  const log: Log = { info: level('info'), warn: level('warn'), error: level('error') }
  const stopped = { publishDue: async () => Promise.reject(new PublisherStopped()) }
  await publishDue({ publisher: stopped, calmOfRelease, log })({}, () => undefined)
  expect(said).toEqual(['info: A release waits for the next start'])
  const broken = { publishDue: async () => Promise.reject(new RangeError('of the test')) }
  await expect(publishDue({ publisher: broken, calmOfRelease, log })({}, () => undefined)).rejects.toThrow('of the test')
})
