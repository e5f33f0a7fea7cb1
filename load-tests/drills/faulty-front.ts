import { request as ask, createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/**
 * What stands between a client and an HTTP server may do to a request: let it through, answer 500 for it, never answer, or carry it
 * out and break the connection before the answer is there.
 */
export const FRONT_MODES = ['passes', 'refuses', 'is silent', 'cuts'] as const
export type FrontMode = (typeof FRONT_MODES)[number]

/** An HTTP server in front of another one, on 127.0.0.1, whose faults can be chosen while it runs. */
export class FaultyFront implements AsyncDisposable {
  mode: FrontMode = 'passes'
  readonly #server: Server
  readonly #upstream: number
  readonly #taken = new Map<FrontMode, number>()

  private constructor(upstream: number) {
    this.#upstream = upstream
    this.#server = createServer((request, response) => this.#take(request, response))
  }

  /** @param upstream port of the server behind it */
  static async open(upstream: number): Promise<FaultyFront> {
    const front = new FaultyFront(upstream)
    await new Promise<void>((resolve) => front.#server.listen(0, '127.0.0.1', resolve))
    return front
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port // it listens on a TCP port
  }

  /** Requests that came while it stood in a mode. */
  taken(mode: FrontMode): number {
    return this.#taken.get(mode) ?? 0
  }

  #take(request: IncomingMessage, response: ServerResponse): void {
    const { mode } = this
    this.#taken.set(mode, this.taken(mode) + 1)
    if (mode === 'is silent') return void request.resume()
    if (mode === 'refuses') {
      request.resume().once('end', () => response.writeHead(500).end('upstream is away'))
      return
    }
    const { method, headers, url } = request
    const upstream = ask({ host: '127.0.0.1', port: this.#upstream, method, headers, path: url }, (answer) => {
      if (mode === 'cuts') {
        answer.resume().once('end', () => request.socket.destroy())
        return
      }
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
    })
    upstream.once('error', () => request.socket.destroy())
    // who goes away has asked nothing
    response.once('close', () => upstream.destroy())
    request.pipe(upstream)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise<void>((resolve) => this.#server.close(() => resolve()))
  }
}
