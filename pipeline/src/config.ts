import { LANES_MAX } from '@zuil/core/contracts/redis-keys'
import { FREE_BYTES_MIN } from './maintain/space-guard.ts'

/** Settings of the pipeline; every one stands in `.env.example`. */
export interface PipelineConfig {
  readonly dataFolder: string
  readonly redisUrl: string
  readonly lanes: number
  readonly freeBytesMin: number
}

export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly code = 'config-invalid'
}

/** @throws {ConfigError} naming the setting, its value and what it must be. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): PipelineConfig {
  return {
    dataFolder: environment.ZUIL_DATA || 'data',
    redisUrl: redisUrl(environment.ZUIL_REDIS_URL || 'redis://127.0.0.1:6390'),
    lanes: integer(environment, 'ZUIL_LANES', { fallback: 1, least: 1, most: LANES_MAX }),
    freeBytesMin: integer(environment, 'ZUIL_FREE_BYTES_MIN', {
      fallback: FREE_BYTES_MIN,
      least: 0,
      most: Number.MAX_SAFE_INTEGER,
    }),
  }
}

function redisUrl(text: string): string {
  const url = URL.parse(text)
  // the address may carry a password, so it is not repeated
  if (url?.protocol !== 'redis:' && url?.protocol !== 'rediss:')
    throw new ConfigError('ZUIL_REDIS_URL is not a redis:// or rediss:// address')
  return text
}

function integer(
  environment: Readonly<Record<string, string | undefined>>,
  name: string,
  bounds: { fallback: number; least: number; most: number },
): number {
  const text = environment[name]
  if (text === undefined || text === '') return bounds.fallback
  const value = Number(text)
  if (!Number.isSafeInteger(value) || value < bounds.least || value > bounds.most) {
    throw new ConfigError(`${name} is ${text}, but must be a whole number from ${bounds.least} to ${bounds.most}`)
  }
  return value
}
