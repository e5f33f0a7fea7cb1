import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { eventId } from '../population/offer.ts'
import { currentNumber } from '../population/passholder.ts'
import type { Population } from '../population/population.ts'
import { visit } from '../population/visit.ts'
import type { Target } from './client/connection.ts'

/** The bare route as a process of its own (bare-route.ts). */
export class BareRoute implements AsyncDisposable {
  readonly target: Target
  readonly #child: ChildProcess

  private constructor(child: ChildProcess, port: number) {
    this.#child = child
    this.target = { host: '127.0.0.1', port }
  }

  static async start(): Promise<BareRoute> {
    const child = fork(fileURLToPath(new URL('./bare-route.ts', import.meta.url)), {
      env: { ...process.env, NODE_ENV: 'production' },
      stdio: 'inherit',
    })
    const port = await new Promise<number>((resolve, reject) => {
      child.once('exit', (code) => reject(new Error(`The bare route ended with code ${code}`)))
      // the child is bare-route.ts, which sends its port and nothing else
      child.once('message', (message) => resolve((message as { port: number }).port))
    })
    return new BareRoute(child, port)
  }

  get url(): string {
    return `http://${this.target.host}:${this.target.port}`
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

/** Status, names and lengths of the header fields, and members and length of the body of one check-in's answer. */
export async function answerOf(url: string, request: { token: string; population: Population; visit: number }): Promise<string> {
  const { passholder, event } = visit(request.population, request.visit)
  const response = await fetch(`${url}/checkins`, {
    method: 'POST',
    headers: { authorization: `Bearer ${request.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      eventId: eventId(request.population, event),
      uitpasNumber: currentNumber(request.population, passholder),
    }),
  })
  const body = await response.text()
  const fields = [...response.headers.keys()].filter((name) => name !== 'date').sort()
  return JSON.stringify({
    status: response.status,
    fields,
    members: Object.keys(JSON.parse(body)),
    bodyLength: Math.round(body.length / 10),
  })
}
