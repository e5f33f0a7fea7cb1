import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { BareRouteOrder } from './bare-route.ts'
import type { Target } from './client/connection.ts'

/** The bare route as a process of its own (bare-route.ts). */
export class BareRoute implements AsyncDisposable {
  readonly target: Target
  readonly #child: ChildProcess

  private constructor(child: ChildProcess, port: number) {
    this.#child = child
    this.target = { host: '127.0.0.1', port }
  }

  static async start(order: BareRouteOrder): Promise<BareRoute> {
    const child = fork(fileURLToPath(new URL('./bare-route.ts', import.meta.url)), {
      env: { ...process.env, NODE_ENV: 'production' },
      stdio: 'inherit',
    })
    const port = await new Promise<number>((resolve, reject) => {
      child.once('exit', (code) => reject(new Error(`The bare route ended with code ${code}`)))
      // the child is bare-route.ts, which sends its port and nothing else
      child.once('message', (message) => resolve((message as { port: number }).port))
      child.send(order)
    })
    return new BareRoute(child, port)
  }

  get pid(): number {
    if (this.#child.pid === undefined) throw new Error('The bare route does not run')
    return this.#child.pid
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const exited = new Promise((resolve) => this.#child.once('exit', resolve))
    this.#child.disconnect()
    await exited
  }
}
