import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ConfigError, readConfig } from '../src/config.ts'

describe('the settings of ingest', () => {
  test('have defaults for everything', () => {
    expect(readConfig({})).toMatchObject({
      data: resolve('data'),
      host: '127.0.0.1',
      port: 8081,
      redisUrl: 'redis://127.0.0.1:6390',
      lanes: 1,
      commitConnections: 2,
      issuer: '',
      internalUrl: 'http://127.0.0.1:8082',
      logLevel: 'info',
      grace: { beforeMs: 5 * 3_600_000, afterMs: 5 * 3_600_000 },
      numberProblem: 'invalid-uitpas-number',
    })
  })

  test.each([
    ['ZUIL_INGEST_PORT', '70000'],
    ['ZUIL_LANES', '0'],
    ['ZUIL_COMMIT_CONNECTIONS', '9'],
    ['ZUIL_LOG_LEVEL', 'loud'],
    ['ZUIL_GRACE_AFTER', '1441'],
    ['ZUIL_NUMBER_PROBLEM', 'invalid-number'],
    ['ZUIL_ISSUER', 'not a url'],
    ['ZUIL_SECRET', 'sekret'],
    ['ZUIL_REDIS_URL', 'http://user:sekret@host'],
  ])('refuse %s=%s by name, and never show a secret', (name, value) => {
    let error: unknown
    try {
      readConfig({ [name]: value })
    } catch (caught) {
      error = caught
    }
    expect(error).toBeInstanceOf(ConfigError)
    expect(error).toMatchObject({ setting: name, message: expect.stringContaining(name) })
    expect(String(error)).not.toContain('sekret')
  })
})
