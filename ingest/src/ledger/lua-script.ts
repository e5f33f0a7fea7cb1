import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Command, type Redis } from 'ioredis'
import { redisErrorCode } from './redis-error.ts'

/** A script in Redis. Its contract is the head of its file. */
export class LuaScript {
  readonly text: string
  readonly sha: string

  constructor(file: URL) {
    this.text = readFileSync(file, 'utf8')
    this.sha = createHash('sha1').update(this.text).digest('hex')
  }

  /** `call`: the number of keys, the keys, the arguments. Sends the text when Redis does not know the script (any more). */
  async run(redis: Redis, call: readonly string[]): Promise<unknown> {
    try {
      return await send(redis, 'evalsha', [this.sha, ...call])
    } catch (error) {
      // The one error after which it is certain that nothing ran.
      if (redisErrorCode(error) !== 'NOSCRIPT') throw error
      return await send(redis, 'eval', [this.text, ...call])
    }
  }
}

function send(redis: Redis, name: string, args: string[]): Promise<unknown> {
  return Promise.resolve(redis.sendCommand(new Command(name, args, { replyEncoding: 'utf8' })))
}
