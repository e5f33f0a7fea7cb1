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

  /** `call`: the number of keys, the keys, the arguments. Loads the script when Redis does not know it (any more). */
  run(redis: Redis, call: readonly string[]): Promise<unknown> {
    return this.#send(redis, bytesOf(['evalsha', this.sha, ...call]))
  }

  async #send(redis: Redis, bytes: Buffer): Promise<unknown> {
    try {
      return await redis.sendCommand(new ScriptCall(bytes))
    } catch (error) {
      // The one error after which it is certain that nothing ran.
      if (redisErrorCode(error) !== 'NOSCRIPT') throw error
      await redis.script('LOAD', this.text)
      return await redis.sendCommand(new ScriptCall(bytes))
    }
  }
}

/** A call as it goes over the line: while Redis works on it, thousands of arguments would be looked through as garbage. */
class ScriptCall extends Command {
  readonly #bytes: Buffer

  constructor(bytes: Buffer) {
    super('evalsha', [], { replyEncoding: 'utf8' })
    this.#bytes = bytes
  }

  override toWritable(): Buffer {
    return this.#bytes
  }
}

/**
 * A command in Redis' protocol. Most texts are ASCII alone; then a length in characters is one in bytes, and all is written at once
 * instead of being measured piece by piece.
 */
function bytesOf(args: readonly string[]): Buffer {
  let text = `*${args.length}\r\n`
  for (const arg of args) text += `$${arg.length}\r\n${arg}\r\n`
  if (Buffer.byteLength(text) === text.length) return Buffer.from(text, 'latin1')
  const parts = args.map((arg) => `$${Buffer.byteLength(arg)}\r\n${arg}\r\n`)
  return Buffer.from(`*${args.length}\r\n${parts.join('')}`)
}
