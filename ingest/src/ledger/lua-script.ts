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
  return Promise.resolve(redis.sendCommand(new ScriptCall(name, args, { replyEncoding: 'utf8' })))
}

/**
 * A call with thousands of arguments, written at once. Most of them are ASCII alone; then a length in characters is one in bytes
 * and the text is copied as it stands, instead of being measured piece by piece and encoded as a whole.
 */
class ScriptCall extends Command {
  override toWritable(socket: object): string | Buffer {
    let text = `*${this.args.length + 1}\r\n$${this.name.length}\r\n${this.name}\r\n`
    for (const arg of this.args) {
      if (typeof arg !== 'string') return super.toWritable(socket)
      text += `$${arg.length}\r\n${arg}\r\n`
    }
    return Buffer.byteLength(text) === text.length ? Buffer.from(text, 'latin1') : super.toWritable(socket)
  }
}
