import net from 'node:net'
import { type ResponseHandler, ResponseParser } from './response-parser.ts'

const READ_BUFFER_BYTES = 65_536
/** A connection that hears nothing for this long, while it waits for a response, has failed. */
const RESPONSE_TIMEOUT_MS = 30_000

export interface Target {
  readonly host: string
  readonly port: number
}

/** One keep-alive connection with at most one request under way. Reads into one buffer of its own. */
export class Connection {
  readonly #socket: net.Socket

  private constructor(socket: net.Socket) {
    this.#socket = socket
  }

  /**
   * @param failed is called once when the connection cannot be used any more.
   * @throws {RangeError} for a target that is not this machine: this client can flood, so it stays on the loopback.
   */
  static open(target: Target, handler: ResponseHandler, failed: (error: Error) => void): Promise<Connection> {
    if (target.host !== '127.0.0.1' && target.host !== '::1') throw new RangeError(`${target.host} is not a loopback address`)
    const parser = new ResponseParser(handler)
    const { promise, resolve, reject } = Promise.withResolvers<Connection>()
    const socket: net.Socket = net.connect({
      ...target,
      noDelay: true,
      onread: {
        buffer: Buffer.allocUnsafeSlow(READ_BUFFER_BYTES),
        callback(length, buffer) {
          try {
            // Node hands back the buffer given above, a Buffer, typed as its base class
            parser.feed((buffer as Buffer).subarray(0, length))
          } catch (error) {
            socket.destroy(error instanceof Error ? error : new Error(String(error)))
          }
          return true
        },
      },
    })
    socket.setTimeout(RESPONSE_TIMEOUT_MS, () => socket.destroy(new Error('No response in time')))
    socket.once('connect', () => resolve(new Connection(socket)))
    let lastError = new Error('The server closed the connection')
    socket.once('error', (error) => {
      lastError = error
      reject(error)
    })
    socket.once('close', () => failed(lastError))
    return promise
  }

  /** `request` may be written anew once the response has arrived. */
  send(request: Buffer): void {
    this.#socket.write(request)
  }

  close(): void {
    this.#socket.removeAllListeners('close')
    this.#socket.destroy()
  }
}
