import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Command, type Redis } from 'ioredis'
import { TextWriter } from '../text-writer.ts'
import { redisErrorCode } from './redis-error.ts'

/** Bytes that stand ready for a call; where they are more there is more room. */
const CALL_BYTES = 1_024

/** What a script is called with, in Redis' protocol. */
export interface EncodedArguments {
  readonly count: number
  readonly bytes: Buffer
}

/** A script in Redis. Its contract is the head of its last file; what stands before that is for it to call. */
export class LuaScript {
  readonly text: string
  readonly sha: string

  constructor(...files: readonly URL[]) {
    this.text = files.map((file) => readFileSync(file, 'utf8')).join('')
    this.sha = createHash('sha1').update(this.text).digest('hex')
  }

  /** `call`: the number of keys, the keys, the arguments. Loads the script when Redis does not know it (any more). */
  run(redis: Redis, call: readonly string[]): Promise<unknown> {
    const bytes = new TextWriter(CALL_BYTES)
    for (const argument of call) bytes.argument(argument)
    return this.runEncoded(redis, { count: call.length, bytes: bytes.view() })
  }

  /** As {@link run}; the bytes are copied. */
  runEncoded(redis: Redis, { count, bytes }: EncodedArguments): Promise<unknown> {
    const head = Buffer.from(`*${2 + count}\r\n$7\r\nevalsha\r\n$${this.sha.length}\r\n${this.sha}\r\n`)
    return this.#send(redis, Buffer.concat([head, bytes]))
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
