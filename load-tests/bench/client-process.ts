import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { LoadJob, LoadResult } from './client/job.ts'

/** The load client in a process of its own, so that it never shares a thread with what it measures or with the report. */
export class ClientProcess implements AsyncDisposable {
  readonly #child: ChildProcess = fork(fileURLToPath(new URL('./client/main.ts', import.meta.url)), { stdio: 'inherit' })

  /** @throws {Error} when the job is refused or the client dies. */
  async run(job: LoadJob): Promise<LoadResult> {
    const { promise, resolve, reject } = Promise.withResolvers<LoadResult>()
    const exited = (code: number | null) => reject(new Error(`The load client ended with code ${code}`))
    this.#child.once('exit', exited)
    this.#child.once('message', (message) => {
      // the child is client/main.ts, which answers in this shape only
      const answer = message as { result?: LoadResult; error?: string }
      if (answer.result) resolve(answer.result)
      else reject(new Error(answer.error ?? 'The load client gave no result'))
    })
    this.#child.send(job)
    try {
      return await promise
    } finally {
      this.#child.off('exit', exited)
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode !== null) return
    const exited = new Promise((resolve) => this.#child.once('exit', resolve))
    this.#child.disconnect()
    await exited
  }
}
