import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Redis } from 'ioredis'

/** A Lua script beside this file, run by its hash and sent whole when Redis does not know it (any more). */
export interface Script {
  run(redis: Redis, keys: readonly string[], args: readonly string[]): Promise<unknown>
}

export function loadScript(name: 'seal' | 'loaded'): Script {
  const source = readFileSync(new URL(`./${name}.lua`, import.meta.url), 'utf8')
  const sha = createHash('sha1').update(source).digest('hex')
  return {
    async run(redis, keys, args) {
      try {
        return await redis.evalsha(sha, keys.length, ...keys, ...args)
      } catch (error) {
        if (!isNoScript(error)) throw error
        return await redis.eval(source, keys.length, ...keys, ...args)
      }
    },
  }
}

/** NOSCRIPT is the code that Redis puts before its message: nothing ran. */
function isNoScript(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('NOSCRIPT')
}
