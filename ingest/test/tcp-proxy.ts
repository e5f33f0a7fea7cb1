import { connect, createServer, type Server, type Socket } from 'node:net'

/** A proxy in front of Redis that can lose a reply: the request arrived and was carried out, its answer never comes. */
export class TcpProxy implements AsyncDisposable {
  readonly port: number
  readonly #server: Server
  readonly #sockets: Set<Socket>
  readonly #state: { dropNextReply: boolean; refuse: boolean }

  private constructor(
    server: Server,
    port: number,
    parts: { sockets: Set<Socket>; state: { dropNextReply: boolean; refuse: boolean } },
  ) {
    this.#server = server
    this.port = port
    this.#sockets = parts.sockets
    this.#state = parts.state
  }

  static async start(target: number): Promise<TcpProxy> {
    const sockets = new Set<Socket>()
    const state = { dropNextReply: false, refuse: false }
    const server = createServer((client) => {
      if (state.refuse) {
        client.destroy()
        return
      }
      const upstream = connect(target, '127.0.0.1')
      for (const socket of [client, upstream]) {
        sockets.add(socket)
        socket.on('error', () => {})
        socket.on('close', () => {
          sockets.delete(socket)
          client.destroy()
          upstream.destroy()
        })
      }
      client.on('data', (bytes) => upstream.write(bytes))
      upstream.on('data', (bytes) => {
        if (!state.dropNextReply) {
          client.write(bytes)
          return
        }
        state.dropNextReply = false
        client.destroy()
        upstream.destroy()
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('A TCP server has an address with a port')
    return new TcpProxy(server, address.port, { sockets, state })
  }

  /** The next bytes that come back are thrown away, with the connection. */
  dropNextReply(): void {
    this.#state.dropNextReply = true
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#state.refuse = true
    for (const socket of this.#sockets) socket.destroy()
    await new Promise((resolve) => this.#server.close(resolve))
  }
}
